//! Who calls the web API, for handlers that are for admins alone: an extractor, so that a handler
//! which names it cannot forget to ask.

use super::refusal::{Refusal, Trouble};
use crate::Door;
use crate::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use domain::admin::{Admin, Role};
use service::web_api::{self, ApiRefused};

/// An admin, by the token that came with the request.
pub(crate) struct ApiCaller {
    /// The account.
    pub(crate) admin: Admin,
    /// What it may do.
    pub(crate) role: Role,
}

impl FromRequestParts<Door> for ApiCaller {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, door: &Door) -> Result<Self, Trouble> {
        Self::of(parts, door, "self").await
    }
}

impl ApiCaller {
    /// The admin of a request for these resources.
    pub(super) async fn of(
        parts: &Parts,
        door: &Door,
        resources: &'static str,
    ) -> Result<Self, Trouble> {
        let known = door.lease.known();
        let header = authorization(&parts.headers);
        match web_api::authenticate(&door.app, header, known).await? {
            Ok(caller) => Ok(Self {
                admin: caller.admin,
                role: caller.role,
            }),
            // Nobody can tell whether the token holds: that is neither yes nor no.
            Err(ApiRefused::ModeUnknown | ApiRefused::Unreachable) => {
                Err(Problem::Unavailable { incident: None }.into())
            }
            Err(_) => Err(Refusal::not_authorized(resources).into()),
        }
    }
}

/// The header, where there is exactly one.
fn authorization(headers: &HeaderMap) -> Option<&str> {
    let mut all = headers.get_all(header::AUTHORIZATION).iter();
    let first = all.next()?;
    match all.next() {
        None => first.to_str().ok(),
        Some(_) => None,
    }
}
