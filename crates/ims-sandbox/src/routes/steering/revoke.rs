//! `POST /sandbox/revoke`: a person is signed out everywhere.

use axum::{
    extract::{Form, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use super::back;
use crate::provider::SharedProvider;

#[derive(Deserialize)]
pub(super) struct Wanted {
    email: String,
}

pub(super) async fn post(
    State(provider): State<SharedProvider>,
    Form(wanted): Form<Wanted>,
) -> Response {
    match provider.find_person(Some(&wanted.email)) {
        Some(person) => {
            provider.revoke_tokens_of(person);
            back().into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
