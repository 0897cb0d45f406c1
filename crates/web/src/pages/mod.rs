//! The pages, one file each, with the template of the same name in `templates/pages/`.

pub(crate) mod account;
pub(crate) mod adobe_callback;
pub(crate) mod adobe_sign_in;
pub(crate) mod change_password;
pub(crate) mod configuration;
mod denied;
mod enter;
pub(crate) mod extend_session;
pub(crate) mod forgot_password;
mod home;
pub(crate) mod language;
pub(crate) mod no_permission;
pub(crate) mod passkey;
mod password_rules;
pub(crate) mod reset_password;
pub(crate) mod second_factor;
pub(crate) mod sessions;
pub(crate) mod sign_in;
pub(crate) mod sign_out;
pub(crate) mod signed_out;

use crate::problem::Problem;
use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use secrecy::SecretString;
use serde::{Deserialize, Deserializer};

/// Renders a page.
fn page(status: StatusCode, template: &impl Template) -> Result<Response, Problem> {
    Ok((status, Html(template.render()?)).into_response())
}

/// Sends the browser on with GET, also after a POST (RFC 9700 section 4.12 on 303).
pub(crate) fn see_other(address: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response()
}

/// Takes a form field straight into a type that does not print.
fn secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SecretString, D::Error> {
    String::deserialize(deserializer).map(SecretString::from)
}
