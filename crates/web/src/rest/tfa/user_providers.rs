//! `/rest/V1/tfa/user-providers/{userId}`: what an admin may use, and the list that Commerce stores
//! for them and asks nobody for.

use super::super::fields::Fields;
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
            &provider::described(&lists.usable),
        )),
        Err(refused) => Err(refusal::refusal(refused).into()),
    }
}

pub(crate) async fn put(
    Keeper(caller): Keeper,
    UserId(who): UserId,
    State(door): State<Door>,
    mut fields: Fields,
) -> Result<Response, Trouble> {
    fields.require(&["providersCodes"])?;
    let codes = fields.text("providersCodes")?;
    match programs::set_list(&door.app, caller, who, &codes).await? {
        Ok(()) => Ok(rest::answer(StatusCode::OK, &true)),
        Err(refused) => Err(refusal::refusal(refused).into()),
    }
}
