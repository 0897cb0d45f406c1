//! The stages of a sign-in with a second factor, on each engine: what gets somebody in, and
//! everything that does not. A second factor is never skipped.

mod connections;
mod enrolment;
mod guessing;
mod links;
mod never_skipped;
mod pending;
mod recovery;
mod standing;

use super::actors::{self, SECRET, ask, code, equip};
use super::prove::{self, Attempt, Proof};
use super::security_key::actors::{attempt, pending, told};
use super::{FactorRefused, enrol, link};
use crate::second_factor::pending::PendingId;
use crate::testing::{Shop, each_engine};
use domain::audit::Door;
use secrecy::{ExposeSecret, SecretString};

/// Ann with an app, in a shop that asks for second factors.
async fn asking(shop: &Shop) {
    equip(shop, &shop.ann().await, true, &[]).await;
    ask(shop);
}

/// Shows what was typed at a sign-in: `in`, or the code of the refusal.
async fn show(shop: &Shop, attempt: &Attempt, proof: Proof) -> &'static str {
    told(&prove::prove(&shop.app, attempt, &proof).await.unwrap())
}

/// The same with a code, at the page.
async fn type_code(shop: &Shop, id: &PendingId, code: &str) -> &'static str {
    let proof = Proof::AppCode(code.into());
    show(shop, &attempt(id, Door::Page), proof).await
}

/// A code of Ann's app that nobody has used.
fn fresh_code(shop: &Shop) -> String {
    shop.wait(jiff::SignedDuration::from_secs(30));
    code(shop, SECRET).expose_secret().to_owned()
}

/// The token of a link for Ann.
async fn token(shop: &Shop) -> SecretString {
    super::security_key::actors::token(shop, &shop.ann().await).await
}
