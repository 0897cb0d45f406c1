//! The web API, as far as it concerns signing in: paths and bodies are Commerce's to the letter,
//! because the programs that use them were written against Commerce.

pub(crate) mod admin_token;
mod caller;
mod fields;
pub(crate) mod me;
mod refusal;
mod scope;
pub(crate) mod tfa;
mod token;
pub(crate) mod words;

use crate::problem::Problem;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// Whether an answer to this path has to be JSON.
pub(crate) fn is_below(path: &str) -> bool {
    path == "/rest" || path.starts_with("/rest/")
}

/// An answer as Commerce's web API gives it.
fn answer(status: StatusCode, body: &impl Serialize) -> Response {
    let content_type = [(header::CONTENT_TYPE, "application/json; charset=utf-8")];
    match serde_json::to_string(body) {
        Ok(body) => (status, content_type, body).into_response(),
        Err(error) => Problem::fault(&error).into_response(),
    }
}
