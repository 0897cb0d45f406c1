//! What a page's script asks a security key: JSON, to a form that is sent by it. Where there is
//! nothing to ask, the script sends its form without an answer and lets the page say why.

use crate::problem::Problem;
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use service::second_factor::FactorRefused;

/// The options that a use case gives, or why it gives none.
pub(super) fn answer(asked: Result<String, FactorRefused>) -> Result<Response, Problem> {
    match asked {
        Ok(options) => give(&options, None),
        Err(refused) => Ok(refuse(refused.code())),
    }
}

/// The options of a ceremony, with what the form is to bring back beside the answer.
pub(crate) fn give(options: &str, ticket: Option<&str>) -> Result<Response, Problem> {
    let options: Value = serde_json::from_str(options).map_err(|error| Problem::fault(&error))?;
    let answer = match ticket {
        Some(ticket) => json!({ "publicKey": options, "ticket": ticket }),
        None => json!({ "publicKey": options }),
    };
    Ok(Json(answer).into_response())
}

/// Nothing is asked; `code` is the stable one of a refusal.
pub(crate) fn refuse(code: &'static str) -> Response {
    (StatusCode::FORBIDDEN, Json(json!({ "refused": code }))).into_response()
}
