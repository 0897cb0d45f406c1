//! `GET /rest/V1/tfa/providers-to-activate/{userId}`: what an admin is still to set up.

use super::super::refusal::Trouble;
use super::keeper::Keeper;
use super::user_id::UserId;
use super::{provider, refusal};
use crate::{Door, rest};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use service::second_factor::programs;

pub(crate) async fn get(
    Keeper(caller): Keeper,
    UserId(who): UserId,
    State(door): State<Door>,
) -> Result<Response, Trouble> {
    match programs::of(&door.app, caller, who).await? {
        Ok(lists) => Ok(rest::answer(
            StatusCode::OK,
            &provider::described(&lists.to_activate),
        )),
        Err(refused) => Err(refusal::refusal(refused).into()),
    }
}
