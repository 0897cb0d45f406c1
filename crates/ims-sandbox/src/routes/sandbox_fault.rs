//! `PUT` and `DELETE /sandbox/fault`: misbehave, and behave again.

use axum::{
    extract::{Json, State},
    http::StatusCode,
};
use serde::Deserialize;

use crate::{fault::Fault, provider::SharedProvider};

#[derive(Deserialize)]
pub(super) struct Wanted {
    path: String,
    fault: Fault,
}

pub(super) async fn put(
    State(provider): State<SharedProvider>,
    Json(wanted): Json<Wanted>,
) -> StatusCode {
    provider.set_fault(&wanted.path, wanted.fault);
    StatusCode::NO_CONTENT
}

pub(super) async fn delete(State(provider): State<SharedProvider>) -> StatusCode {
    provider.clear_faults();
    StatusCode::NO_CONTENT
}
