//! `/rest/V1/tfa/default-provider-code/{userId}`: which provider comes first for an admin.

use super::super::fields::Fields;
use super::super::refusal::Trouble;
use super::keeper::Keeper;
use super::refusal;
use super::user_id::UserId;
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
    match programs::default(&door.app, caller, who).await? {
        Ok(code) => Ok(rest::answer(StatusCode::OK, &code)),
        Err(refused) => Err(refusal::refusal(refused).into()),
    }
}

pub(crate) async fn put(
    Keeper(caller): Keeper,
    UserId(who): UserId,
    State(door): State<Door>,
    mut fields: Fields,
) -> Result<Response, Trouble> {
    fields.require(&["providerCode"])?;
    let code = fields.text("providerCode")?;
    match programs::set_default(&door.app, caller, who, &code).await? {
        Ok(()) => Ok(rest::answer(StatusCode::OK, &true)),
        Err(refused) => Err(refusal::refusal(refused).into()),
    }
}
