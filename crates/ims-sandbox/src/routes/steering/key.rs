//! `POST /sandbox/key`: another key takes the place of the current one.

use axum::{extract::State, response::Redirect};

use super::back;
use crate::provider::SharedProvider;

pub(super) async fn post(State(provider): State<SharedProvider>) -> Redirect {
    provider.keys.rotate();
    back()
}
