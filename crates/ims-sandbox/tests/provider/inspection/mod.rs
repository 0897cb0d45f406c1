//! A strict client that says all that it finds wrong in a whole sign-in and its sequel.
//!
//! It is written from the standards and shares nothing with what it looks at; without a twist it
//! must find nothing.

mod documents;
mod identity;
mod ims;
mod sign_in;

use data_encoding::BASE64URL_NOPAD;
use ims_sandbox::Options;
use jsonwebtoken::{DecodingKey, decode_header, jwk::JwkSet};
use serde_json::Value;

use crate::actor::{Actor, At, ann_and_bob};

/// What is wrong, in the order in which it was found.
#[derive(Debug, Default)]
pub(crate) struct Findings(Vec<&'static str>);

impl Findings {
    /// Notes it unless it is as it should be.
    fn expect(&mut self, is_so: bool, wrong: &'static str) {
        if !is_so {
            self.0.push(wrong);
        }
    }

    pub(crate) fn contains(&self, wrong: &str) -> bool {
        self.0.contains(&wrong)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A stand-in that issues everything it can.
pub(crate) fn talkative() -> Actor {
    Actor::start(Options {
        jwt_access_tokens: true,
        ims_id_tokens: true,
        ..ann_and_bob()
    })
}

/// Walks through everything.
pub(crate) async fn inspect(actor: &Actor) -> Findings {
    let mut findings = Findings::default();
    documents::inspect(actor, &mut findings).await;
    sign_in::inspect(actor, &mut findings).await;
    ims::inspect(actor, &mut findings).await;
    identity::inspect_logout_tokens(actor, &mut findings).await;
    findings
}

/// Header or claims, with nothing checked.
fn part_of(token: &str, part: usize) -> Option<Value> {
    let part = token.split('.').nth(part)?;
    serde_json::from_slice(&BASE64URL_NOPAD.decode(part.as_bytes()).ok()?).ok()
}

pub(crate) fn header_of(token: &str) -> Value {
    part_of(token, 0).unwrap_or_default()
}

/// The claims of a token, with nothing checked.
pub(crate) fn claims_of(token: &str) -> Value {
    part_of(token, 1).unwrap_or_default()
}

/// The published key that a token names.
pub(crate) async fn key_of(actor: &Actor, at: At, token: &str) -> Option<DecodingKey> {
    let path = match at {
        At::Ims => "/ims/keys",
        At::OpenId => "/oidc/jwks",
    };
    let set: JwkSet = actor.get(path).await.json().await.ok()?;
    let kid = decode_header(token).ok()?.kid?;
    DecodingKey::from_jwk(set.find(&kid)?).ok()
}
