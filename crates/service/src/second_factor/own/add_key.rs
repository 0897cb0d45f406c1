//! One more security key for oneself, and what the browser is told of those there are.

use super::change::{Change, Changed, Wish};
use super::judge::Aim;
use super::{OwnProblem, OwnRefused, is_asked};
use crate::app::App;
use crate::error::ServiceError;
use crate::second_factor::security_key::challenge::{Purpose, Question};
use crate::second_factor::security_key::set_up::{self, Answer};
use crate::second_factor::security_key::{keys, shop};
use crate::second_factor::{FactorRefused, rules};
use crate::session::Current;
use crate::switch;
use data_encoding::BASE64URL_NOPAD;
use domain::second_factor::Provider;
use domain::sign_in_mode::SignInMode;
use secrecy::SecretString;

/// How many keys a person can have.
pub const MOST_KEYS: usize = 20;

/// The passkeys that are good, for the browser to forget all others (`signalAllAcceptedCredentials`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The name that keys are bound to.
    pub rp_id: String,
    /// The person's user handle, in base64url.
    pub user_handle: String,
    /// The ids of their keys, in base64url.
    pub ids: Vec<String>,
}

/// What the browser is to ask a new key: the JSON of `PublicKeyCredentialCreationOptions`, binary
/// values in base64url. The answer goes to [`add_key`].
pub async fn begin_key(
    app: &App,
    current: &Current,
) -> Result<Result<String, FactorRefused>, ServiceError> {
    if switch::current(app).await?.1 == SignInMode::AdobeIms {
        return Ok(Err(FactorRefused::IntegrationIsOn));
    }
    let rules = rules::load(app).await?;
    let may = rules.is_required() && is_asked(current);
    if !may || !rules.allowed().contains(&Provider::U2fKey) {
        return Ok(Err(FactorRefused::NotAllowed));
    }
    let shop = shop::load(app).await?;
    let mut connection = app.database().connection().await?;
    let (admin, question) = (&current.admin, question(current));
    set_up::options(app, &mut connection, &shop, admin, question, app.now()).await
}

/// Keeps a new key under a name. `answer` is the browser's JSON to [`begin_key`].
pub async fn add_key(
    app: &App,
    current: &Current,
    wish: Wish<'_>,
    answer: &SecretString,
    name: &str,
) -> Result<Result<Changed, OwnRefused>, ServiceError> {
    let shop = shop::load(app).await?;
    let mut change = match Change::begin(app, current, wish, Aim::AddKey).await? {
        Ok(change) => change,
        Err(refused) => return Ok(Err(refused)),
    };
    let (admin, now) = (change.admin, change.now);
    let answer = Answer {
        question: question(current),
        json: answer,
        name,
        shows_codes: true,
    };
    let transaction = &mut change.transaction;
    let by = (&shop, &change.head);
    match set_up::keep(app, transaction, by, admin, &answer, now).await? {
        Ok(codes) => change.finish(codes).await.map(Ok),
        Err(FactorRefused::InvalidName) => Ok(Err(change.refuse(OwnProblem::InvalidName))),
        Err(refused) => Ok(Err(change.refuse(OwnProblem::Key(refused)))),
    }
}

/// What the browser may offer from now on; nothing where the person has no user handle yet, or keys
/// cannot be used here.
pub async fn accepted_keys(app: &App, current: &Current) -> Result<Option<Accepted>, ServiceError> {
    let Ok(shop) = shop::load(app).await? else {
        return Ok(None);
    };
    let admin = &current.admin;
    let mut connection = app.database().connection().await?;
    let Some(handle) = keys::handle(&mut connection, admin.id).await? else {
        return Ok(None);
    };
    let held = keys::held(app, &mut connection, admin).await?;
    let encode = |bytes: &[u8]| BASE64URL_NOPAD.encode(bytes);
    Ok(Some(Accepted {
        rp_id: shop.party.id().to_owned(),
        user_handle: encode(&handle),
        ids: held.iter().map(|held| encode(&held.key.id)).collect(),
    }))
}

fn question(current: &Current) -> Question<'_> {
    Question {
        purpose: Purpose::Own,
        subject: current.id_hash(),
    }
}
