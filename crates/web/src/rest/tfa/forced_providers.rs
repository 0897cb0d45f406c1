//! `GET /rest/V1/tfa/forced-providers`: what everybody must have set up.

use super::super::refusal::Trouble;
use super::keeper::Keeper;
use super::{provider, refusal};
use crate::{Door, rest};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use service::second_factor::programs;

pub(crate) async fn get(
    Keeper(caller): Keeper,
    State(door): State<Door>,
) -> Result<Response, Trouble> {
    match programs::forced(&door.app, caller).await? {
        Ok(forced) => Ok(rest::answer(StatusCode::OK, &provider::described(&forced))),
        Err(refused) => Err(refusal::refusal(refused).into()),
    }
}
