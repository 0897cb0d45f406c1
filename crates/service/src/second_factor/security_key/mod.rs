//! Security keys and passkeys (Web Authentication, level 3): what is asked of them, and which answers
//! are taken. The checks of an answer itself are in the crate `webauthn`.
//!
//! ```text
//!  question ──▶ challenge, nothing stored ──▶ browser ──▶ answer ──▶ verified ──▶ challenge used up
//! ```

pub(crate) mod binding;
pub(super) mod challenge;
mod forgotten;
pub(super) mod keys;
pub(super) mod set_up;
pub(super) mod shop;

use self::challenge::{Purpose, Question};
pub use self::forgotten::{Forgotten, forgotten};
use self::shop::KeyShop;
use super::pending::{self, Pending, PendingId};
use super::{FactorRefused, link, rules, user_config};
use crate::app::App;
use crate::error::ServiceError;
use crate::switch;
use domain::admin::Admin;
use domain::audit::Door;
use domain::second_factor::{Demand, Enrolled, Provider, Rules};
use domain::sign_in_mode::SignInMode;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use store::database::Connection;
use webauthn::options::Request;
use webauthn::{Assertion, UserVerification};

/// What the browser is to ask a security key at a sign-in under way: the JSON of
/// `PublicKeyCredentialRequestOptions`, binary values in base64url.
pub async fn ask(app: &App, id: &PendingId) -> Result<Result<String, FactorRefused>, ServiceError> {
    ask_at(app, id, Door::Page).await
}

/// The same for the web API, which has no cookie: the question is bound to the person instead of to
/// the sign-in, so that the answer may come with another one.
pub async fn ask_by_api(
    app: &App,
    id: &PendingId,
) -> Result<Result<String, FactorRefused>, ServiceError> {
    ask_at(app, id, Door::Api).await
}

async fn ask_at(
    app: &App,
    id: &PendingId,
    door: Door,
) -> Result<Result<String, FactorRefused>, ServiceError> {
    let pending = match find(app, id).await? {
        Ok(pending) => pending,
        Err(refused) => return Ok(Err(refused)),
    };
    if !pending.enrolled.has(Provider::U2fKey) {
        return Ok(Err(FactorRefused::NotAllowed));
    }
    let shop = match shop::load(app).await? {
        Ok(shop) => shop,
        Err(refused) => return Ok(Err(refused)),
    };
    let mut connection = app.database().connection().await?;
    let held = keys::held(app, &mut connection, &pending.admin).await?;
    let subject = subject(&pending, door);
    let request = Request {
        party: &shop.party,
        challenge: &sign_in(&subject, door).challenge(app, app.now())?,
        user: UserVerification::Discouraged,
        allowed: &keys::descriptors(&held),
    };
    Ok(Ok(request.to_json()))
}

/// What the browser is to ask a new key on the way in, for who has nothing yet and the `token` of a
/// link: the JSON of `PublicKeyCredentialCreationOptions`. The answer goes to
/// [`super::enrol::finish_key`].
pub async fn begin_set_up(
    app: &App,
    id: &PendingId,
    token: &SecretString,
) -> Result<Result<String, FactorRefused>, ServiceError> {
    let pending = match find(app, id).await? {
        Ok(pending) => pending,
        Err(refused) => return Ok(Err(refused)),
    };
    let (shop, rules) = (shop::load(app).await?, rules::load(app).await?);
    let mut connection = app.database().connection().await?;
    let (admin, enrolled) = (&pending.admin, pending.enrolled);
    let may = may_set_up(app, &mut connection, (admin, &rules), enrolled, token).await?;
    if let Err(refused) = may {
        return Ok(Err(refused));
    }
    let question = set_up(&pending);
    set_up::options(app, &mut connection, &shop, admin, question, app.now()).await
}

/// The same for the web API, where the token alone says who it is. The answer goes to
/// [`super::enrol::finish_key_by_api`].
pub async fn begin_set_up_by_api(
    app: &App,
    admin: &Admin,
    token: &SecretString,
) -> Result<Result<String, FactorRefused>, ServiceError> {
    if switch::current(app).await?.1 == SignInMode::AdobeIms {
        return Ok(Err(FactorRefused::IntegrationIsOn));
    }
    let (shop, rules) = (shop::load(app).await?, rules::load(app).await?);
    let mut connection = app.database().connection().await?;
    let config = user_config::load(app, &mut connection, admin).await?;
    let enrolled = user_config::enrolled(app, admin, &config)?;
    let may = may_set_up(app, &mut connection, (admin, &rules), enrolled, token).await?;
    if let Err(refused) = may {
        return Ok(Err(refused));
    }
    let subject = admin.id.to_string();
    let question = set_up_by_api(&subject);
    set_up::options(app, &mut connection, &shop, admin, question, app.now()).await
}

/// Whether keys can be used at a page of this host: they are bound to one name for ever.
pub async fn is_usable_at(app: &App, host: &str) -> Result<bool, ServiceError> {
    let shop = shop::load(app).await?;
    Ok(shop.is_ok_and(|shop| shop.party.is_usable_at(host)))
}

/// Whether somebody may set up their first factor as a key, with the `token` of a link. The rules
/// are read before, since that may take a connection of its own.
pub(super) async fn may_set_up(
    app: &App,
    connection: &mut Connection,
    (admin, rules): (&Admin, &Rules),
    enrolled: Enrolled,
    token: &SecretString,
) -> Result<Result<(), FactorRefused>, ServiceError> {
    if rules.demand(enrolled) != Demand::Enrolment {
        return Ok(Err(FactorRefused::AlreadySetUp));
    }
    if !rules.allowed().contains(&Provider::U2fKey) {
        return Ok(Err(FactorRefused::NotAllowed));
    }
    let is_good = link::is_good(app, connection, admin, token, app.now()).await?;
    Ok(is_good.then_some(()).ok_or(FactorRefused::LinkNeeded))
}

/// Whether a security key of the person answered what it was asked in this sign-in, or at this door.
pub(super) async fn check(
    app: &App,
    connection: &mut Connection,
    shop: &Result<KeyShop, FactorRefused>,
    (pending, door): (&Pending, Door),
    answer: &SecretString,
    now: Timestamp,
) -> Result<Result<(), FactorRefused>, ServiceError> {
    if !pending.enrolled.has(Provider::U2fKey) {
        return Ok(Err(FactorRefused::NotAllowed));
    }
    let shop = match shop {
        Ok(shop) => shop,
        Err(refused) => return Ok(Err(refused.clone())),
    };
    let assertion = match Assertion::read(answer.expose_secret()) {
        Ok(assertion) => assertion,
        Err(refusal) => return Ok(Err(refusal.into())),
    };
    let subject = subject(pending, door);
    let showing = keys::Showing {
        shop,
        question: sign_in(&subject, door),
        is_alone: false,
    };
    let admin = &pending.admin;
    let shown = keys::show(app, connection, admin, &showing, &assertion, now).await?;
    Ok(shown.map_err(FactorRefused::from))
}

async fn find(app: &App, id: &PendingId) -> Result<Result<Pending, FactorRefused>, ServiceError> {
    if switch::current(app).await?.1 == SignInMode::AdobeIms {
        return Ok(Err(FactorRefused::IntegrationIsOn));
    }
    let found = pending::find(app, id).await?;
    Ok(found.ok_or(FactorRefused::NotPending))
}

/// Whom a question at a sign-in is put to.
fn subject(pending: &Pending, door: Door) -> String {
    match door {
        Door::Page | Door::Provider => pending.id_hash.clone(),
        Door::Api => pending.admin.id.to_string(),
    }
}

fn sign_in(subject: &str, door: Door) -> Question<'_> {
    let purpose = match door {
        Door::Page | Door::Provider => Purpose::SignIn,
        Door::Api => Purpose::SignInByApi,
    };
    Question { purpose, subject }
}

/// The question for the first key of who is on their way in.
pub(super) fn set_up(pending: &Pending) -> Question<'_> {
    Question {
        purpose: Purpose::SetUp,
        subject: &pending.id_hash,
    }
}

/// The same at the web API; `subject` is the number of the account.
pub(super) fn set_up_by_api(subject: &str) -> Question<'_> {
    Question {
        purpose: Purpose::SetUpByApi,
        subject,
    }
}

#[cfg(test)]
pub(super) mod actors;
#[cfg(test)]
mod tests;
