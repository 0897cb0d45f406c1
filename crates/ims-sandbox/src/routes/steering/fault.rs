//! `PUT`, `DELETE` and `POST /sandbox/fault`: misbehave, and behave again.

use axum::{
    extract::{Form, Json, State},
    http::StatusCode,
    response::Redirect,
};
use serde::Deserialize;

use super::back;
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

/// What the page sends; without a fault, every path behaves again.
#[derive(Deserialize)]
pub(super) struct Chosen {
    #[serde(default)]
    path: String,
    fault: Option<Fault>,
}

pub(super) async fn post(
    State(provider): State<SharedProvider>,
    Form(chosen): Form<Chosen>,
) -> Redirect {
    match chosen.fault {
        Some(fault) => provider.set_fault(&chosen.path, fault),
        None => provider.clear_faults(),
    }
    back()
}
