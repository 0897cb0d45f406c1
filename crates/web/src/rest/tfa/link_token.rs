//! The token of a link in an address, where a program only asks with it.

use super::super::refusal::{Refusal, Trouble};
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use secrecy::SecretString;
use serde::Deserialize;

/// `?tfaToken=…`.
pub(crate) struct LinkToken(pub(crate) SecretString);

#[derive(Deserialize)]
struct Asked {
    #[serde(rename = "tfaToken")]
    tfa_token: String,
}

impl<S: Send + Sync> FromRequestParts<S> for LinkToken {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Trouble> {
        let asked = Query::<Asked>::from_request_parts(parts, state).await;
        let missing = |_| Refusal::required(&["tfaToken"]).into();
        asked
            .map(|Query(asked)| Self(asked.tfa_token.into()))
            .map_err(missing)
    }
}
