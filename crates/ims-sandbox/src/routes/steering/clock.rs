//! `POST /sandbox/clock`: time passes.

use axum::{
    extract::{Form, State},
    response::Redirect,
};
use jiff::SignedDuration;
use serde::Deserialize;

use super::back;
use crate::provider::SharedProvider;

#[derive(Deserialize)]
pub(super) struct Wanted {
    seconds: i64,
}

pub(super) async fn post(
    State(provider): State<SharedProvider>,
    Form(wanted): Form<Wanted>,
) -> Redirect {
    provider.advance_clock(SignedDuration::from_secs(wanted.seconds));
    back()
}
