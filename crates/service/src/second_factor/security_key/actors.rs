//! A shop whose keys are bound to `luma.test`, and people on their way into it.

use crate::second_factor::actors;
use crate::second_factor::enrol::{Enrolled, finish_key};
use crate::second_factor::pending::PendingId;
use crate::second_factor::prove::{self, Attempt, Entered, Proof};
use crate::second_factor::{FactorRefused, link, security_key};
use crate::sign_in::password::SignInRefused;
use crate::testing::{PASSWORD, Shop};
use domain::admin::Admin;
use domain::audit::Door;
use secrecy::{ExposeSecret, SecretString};
use webauthn::testing::Authenticator;

/// The page that keys are used at.
pub(in crate::second_factor) const ORIGIN: &str = "https://luma.test";

/// Makes the shop ask for second factors, and binds its keys.
pub(in crate::second_factor) async fn bind(shop: &Shop) {
    actors::ask(shop);
    shop.set("web/secure/base_url", "https://luma.test/").await;
    shop.set("postern/passkey/rp_id", "luma.test").await;
}

/// A key that has never been used.
pub(in crate::second_factor) fn authenticator() -> Authenticator {
    Authenticator::new("luma.test", ORIGIN)
}

/// A sign-in whose password was right.
pub(in crate::second_factor) async fn pending(shop: &Shop, username: &str) -> PendingId {
    match shop.sign_in(username, PASSWORD).await {
        Err(SignInRefused::FactorNeeded(id)) => id,
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("a factor is needed"),
    }
}

pub(in crate::second_factor) fn attempt(id: &PendingId, door: Door) -> Attempt {
    Attempt {
        id: id.clone(),
        door,
        ip: "192.0.2.7".to_owned(),
        browser: None,
    }
}

/// The token of a link for somebody.
pub(in crate::second_factor) async fn token(shop: &Shop, admin: &Admin) -> SecretString {
    let link = link::make(&shop.app, admin).await.unwrap();
    let link = url::Url::parse(link.expose_secret()).unwrap();
    let (_, token) = link.query_pairs().next().unwrap();
    SecretString::from(token.into_owned())
}

/// Sets somebody's first key up on their way in.
pub(in crate::second_factor) async fn set_up(
    shop: &Shop,
    admin: &Admin,
    authenticator: &mut Authenticator,
) -> Result<Enrolled, FactorRefused> {
    let id = pending(shop, &admin.username).await;
    let token = token(shop, admin).await;
    let asked = security_key::begin_set_up(&shop.app, &id, &token).await;
    let answer = authenticator.create(&asked.unwrap()?).into();
    let attempt = attempt(&id, Door::Page);
    let finished = finish_key(&shop.app, &attempt, &token, &answer, "Laptop").await;
    finished.unwrap()
}

/// Shows an answer at a sign-in.
pub(in crate::second_factor) async fn show(
    shop: &Shop,
    id: &PendingId,
    answer: String,
) -> Result<Entered, FactorRefused> {
    let proof = Proof::SecurityKey(answer.into());
    let attempt = attempt(id, Door::Page);
    prove::prove(&shop.app, &attempt, &proof).await.unwrap()
}

/// Signs in with password and key.
pub(in crate::second_factor) async fn enter(
    shop: &Shop,
    username: &str,
    authenticator: &mut Authenticator,
) -> Result<Entered, FactorRefused> {
    let id = pending(shop, username).await;
    let asked = security_key::ask(&shop.app, &id).await.unwrap()?;
    show(shop, &id, authenticator.get(&asked)).await
}

/// The code of a refusal, or `in`.
pub(in crate::second_factor) fn told<T>(outcome: &Result<T, FactorRefused>) -> &'static str {
    match outcome {
        Ok(_) => "in",
        Err(refused) => refused.code(),
    }
}
