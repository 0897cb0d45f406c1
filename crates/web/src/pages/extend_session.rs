//! "I am still here": keeps a session from ending while its owner reads or writes. Scripts ask for
//! JSON and learn how long the session lasts now; a form is led back to where it was.

use super::{see_other, sign_in};
use crate::Door;
use crate::form_key;
use crate::front::Front;
use crate::problem::Problem;
use crate::visitor::Visitor;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Form, Json};
use serde::Deserialize;
use service::session::{self, Found};

#[derive(Deserialize)]
pub(crate) struct ExtendForm {
    #[serde(default)]
    form_key: String,
    #[serde(default)]
    back: String,
}

pub(crate) async fn post(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    headers: HeaderMap,
    form: Result<Form<ExtendForm>, FormRejection>,
) -> Result<Response, Problem> {
    let Form(form) = form?;
    let wants_json = headers
        .get(header::ACCEPT)
        .is_some_and(|accept| accept.as_bytes() == b"application/json");
    door.mode()?;
    let found = match &visitor.session_id {
        Some(id) if form_key::is_of(&door, id, &form.form_key) => {
            session::extend(&door.app, id, door.lease.known()).await?
        }
        _ => Found::None,
    };
    match found {
        Found::Current(current) if wants_json => {
            let left = current.expires_at.duration_since(door.app.now()).as_secs();
            Ok(Json(serde_json::json!({ "expires_in": left })).into_response())
        }
        Found::Current(_) => {
            let back = front.own_address(&form.back).unwrap_or_else(|| front.home());
            Ok(see_other(&back))
        }
        Found::Ended(_) | Found::None if wants_json => {
            let hint = serde_json::json!({ "sign_in": front.home() });
            Ok((StatusCode::UNAUTHORIZED, Json(hint)).into_response())
        }
        Found::Ended(_) | Found::None => {
            sign_in::ask(&front, &visitor, &door, StatusCode::UNAUTHORIZED).await
        }
    }
}
