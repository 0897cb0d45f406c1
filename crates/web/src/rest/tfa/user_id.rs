//! The id of an admin in an address.

use super::super::refusal::{Refusal, Trouble};
use crate::problem::Problem;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use domain::admin::AdminId;
use std::collections::HashMap;

/// The last part of the address, a number.
pub(crate) struct UserId(pub(crate) AdminId);

impl<S: Send + Sync> FromRequestParts<S> for UserId {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Trouble> {
        let path = Path::<HashMap<String, String>>::from_request_parts(parts, state).await;
        let Path(parts) = path.map_err(|_| Problem::NotFound)?;
        let id = parts.get("user_id").and_then(|id| id.parse().ok());
        let wrong = || Refusal::wrong_type("userId", "int").into();
        id.map(Self).ok_or_else(wrong)
    }
}
