//! Where a provider says that somebody has signed out there (OpenID Connect Back-Channel Logout 1.0,
//! section 2.5). It is no browser: no cookie is read, and the signature of what it sends is all that
//! counts. While the integration is off there is no such address.

use crate::Door;
use crate::front::Front;
use crate::problem::Problem;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::sign_in_mode::SignInMode;
use serde::Deserialize;
use service::session::back_channel::{self, LogoutRefused};

/// The largest body, in bytes.
pub(crate) const LARGEST_BODY: usize = 16 * 1024;

/// Section 2.8: the one error there is.
const INVALID_REQUEST: &str = r#"{"error":"invalid_request"}"#;

#[derive(Deserialize)]
pub(crate) struct LogoutForm {
    #[serde(default)]
    logout_token: String,
}

pub(crate) async fn post(
    _front: Front,
    State(door): State<Door>,
    form: Result<Form<LogoutForm>, FormRejection>,
) -> Result<Response, Problem> {
    if door.mode()? == SignInMode::Commerce {
        return Err(Problem::NotFound);
    }
    let Ok(Form(form)) = form else {
        return Ok(invalid("logout_token.malformed"));
    };
    match back_channel::log_out(&door.app, &form.logout_token).await? {
        Ok(_) => Ok(StatusCode::OK.into_response()),
        Err(LogoutRefused::NobodyIsAsked) => Err(Problem::NotFound),
        Err(LogoutRefused::Token(code)) => Ok(invalid(code)),
        Err(LogoutRefused::Unchecked) => Err(Problem::Unavailable { incident: None }),
    }
}

fn invalid(code: &'static str) -> Response {
    tracing::info!(code, "a logout token was refused");
    let content_type = [(header::CONTENT_TYPE, "application/json")];
    (StatusCode::BAD_REQUEST, content_type, INVALID_REQUEST).into_response()
}

#[cfg(test)]
mod tests;
