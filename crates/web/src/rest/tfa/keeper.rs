//! Who looks after the second factors of others: an extractor, so that a handler which names it
//! cannot forget to ask for a token. Whether the role allows it is asked by what is called then.

use super::super::caller::ApiCaller;
use super::super::refusal::Trouble;
use super::module::Module;
use super::refusal::RESOURCE;
use crate::Door;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use domain::admin::AdminId;

/// The id of the admin whose token came with the request.
pub(crate) struct Keeper(pub(crate) AdminId);

impl FromRequestParts<Door> for Keeper {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, door: &Door) -> Result<Self, Trouble> {
        Module::from_request_parts(parts, door).await?;
        let caller = ApiCaller::of(parts, door, RESOURCE).await?;
        Ok(Self(caller.admin.id))
    }
}
