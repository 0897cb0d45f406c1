//! `GET /rest/V1/tfa/installed-providers`: every provider there is, and whether it is available.

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
    match programs::installed(&door.app, caller).await? {
        Ok(()) => Ok(rest::answer(StatusCode::OK, &provider::all())),
        Err(refused) => Err(refusal::refusal(refused).into()),
    }
}
