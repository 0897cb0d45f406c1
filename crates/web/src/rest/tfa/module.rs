//! The address of a module that is on.

use super::super::refusal::Trouble;
use super::super::scope::Scope;
use crate::Door;
use crate::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use service::second_factor::rules;

/// An address below `/rest/V1/tfa` while somebody is asked for second factors. Where nobody is,
/// Commerce's module is off, and its addresses are none.
pub(crate) struct Module;

impl FromRequestParts<Door> for Module {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, door: &Door) -> Result<Self, Trouble> {
        Scope::from_request_parts(parts, door).await?;
        match rules::load(&door.app).await?.is_required() {
            true => Ok(Self),
            false => Err(Problem::NotFound.into()),
        }
    }
}
