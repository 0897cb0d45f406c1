//! Setting up an authenticator app. The secret is shown first and kept when its first code is right:
//! until then it travels with the form, sealed, for the person it was made for. Security keys are
//! set up in [`key`].

mod key;

pub use key::{finish_key, finish_key_by_api};

use super::pending::PendingId;
use super::prove::{self, Attempt, Context, Entered};
use super::{FactorRefused, link, recovery, rules, user_config};
use crate::app::App;
use crate::error::ServiceError;
use crate::mail::letters::second_factor::Happening;
use crate::mail::{Letterhead, notice};
use crate::random;
use crate::sign_in::known_browser;
use data_encoding::BASE32_NOPAD;
use domain::admin::{Admin, AdminId};
use domain::audit::{Event, Kind};
use domain::second_factor::totp::{AppSecret, DIGITS, Found, PERIOD, Window};
use domain::second_factor::{Demand, Factor, Provider};
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use store::audit_events;
use store::database::Connection;
use store::second_factors::{code_failures, people};

/// How long a secret waits for its first code.
const PATIENCE: SignedDuration = SignedDuration::from_mins(30);

/// Random bytes of a secret: 160 bits, as RFC 4226 recommends.
const SECRET_LENGTH: usize = 20;

/// A secret that an app is to take.
pub struct Proposal {
    /// In base32, for people to type.
    pub secret: SecretString,
    /// The same as an address of the scheme `otpauth`, for a QR code.
    pub address: SecretString,
    /// The same for a hidden field, for this person only.
    pub sealed: SecretString,
}

#[derive(Deserialize, Serialize)]
struct Sealed {
    admin: AdminId,
    secret: String,
    made_at: i64,
}

/// Somebody who has set a factor up on their way in.
pub struct Enrolled {
    /// The way in.
    pub entered: Entered,
    /// Their recovery codes, to be shown once; empty where they had some already.
    pub recovery_codes: Vec<SecretString>,
}

/// Proposes a new secret to `admin`.
pub async fn propose_app(app: &App, admin: &Admin) -> Result<Proposal, ServiceError> {
    seal(app, admin, new_secret()?, app.now()).await
}

/// A secret that nobody has yet, in base32.
pub(super) fn new_secret() -> Result<SecretString, ServiceError> {
    let bytes = random::bytes::<SECRET_LENGTH>()?;
    Ok(SecretString::from(BASE32_NOPAD.encode(&bytes)))
}

/// The proposal that a form brings back, since the person's app may have taken it already; a new one
/// where it is no good.
pub async fn propose_app_again(
    app: &App,
    admin: &Admin,
    sealed: &SecretString,
) -> Result<Proposal, ServiceError> {
    let Some(opened) = open(app, admin.id, sealed) else {
        return propose_app(app, admin).await;
    };
    let made_at = Timestamp::from_second(opened.made_at).unwrap_or(Timestamp::MIN);
    seal(app, admin, SecretString::from(opened.secret), made_at).await
}

/// Sets an app up on the way in, for who has nothing yet and a link to do so with, and lets them in.
pub async fn finish_app(
    app: &App,
    attempt: &Attempt,
    token: &SecretString,
    sealed: &SecretString,
    code: &SecretString,
) -> Result<Result<Enrolled, FactorRefused>, ServiceError> {
    let context = Context::read(app).await?;
    let rules = rules::load(app).await?;
    let (mut transaction, pending) = match prove::hold(app, &attempt.id).await? {
        Ok(held) => held,
        Err(refused) => return Ok(Err(refused)),
    };
    let (admin, now) = (&pending.admin, context.now);
    if rules.demand(pending.enrolled) != Demand::Enrolment {
        return Ok(Err(FactorRefused::AlreadySetUp));
    }
    if !rules.allowed().contains(&Provider::Google) {
        return Ok(Err(FactorRefused::NotAllowed));
    }
    if !link::is_good(app, &mut transaction, admin, token, now).await? {
        return Ok(Err(FactorRefused::LinkNeeded));
    }
    let (secret, step) = match first_code(app, admin, sealed, code, context.window, now) {
        Ok(found) => found,
        Err(refused) => return Ok(Err(refused)),
    };
    let head = &context.head;
    let codes = keep_app(app, &mut transaction, head, admin, (&secret, step), now).await?;
    let cookie = attempt.browser.as_ref();
    let browser = known_browser::recognise(app, &mut transaction, cookie, admin.id, now).await?;
    let shown = (Factor::App, browser);
    let entered = prove::enter(app, transaction, &context, pending, attempt, shown).await?;
    app.wake_mail_sender();
    Ok(entered.map(|entered| Enrolled {
        entered,
        recovery_codes: codes,
    }))
}

/// Whether the person of a pending sign-in has a link that lets them set something up.
pub async fn has_link(
    app: &App,
    id: &PendingId,
    token: &SecretString,
) -> Result<bool, ServiceError> {
    let Some(pending) = super::pending::find(app, id).await? else {
        return Ok(false);
    };
    let mut connection = app.database().connection().await?;
    link::is_good(app, &mut connection, &pending.admin, token, app.now()).await
}

/// The secret that a form brought back and the step of its first code, if that is right.
pub(super) fn first_code(
    app: &App,
    admin: &Admin,
    sealed: &SecretString,
    code: &SecretString,
    window: Window,
    now: Timestamp,
) -> Result<(SecretString, i64), FactorRefused> {
    let opened = open(app, admin.id, sealed).ok_or(FactorRefused::Stale)?;
    let secret = SecretString::from(opened.secret);
    let found = AppSecret::from_base32(&secret).map(|app| app.find(code, window, now));
    match found {
        Some(Found::Good(step)) => Ok((secret, step)),
        Some(Found::ClockIsOff(by)) => Err(FactorRefused::ClockIsOff(by)),
        _ => Err(FactorRefused::WrongCode),
    }
}

/// Keeps an app's secret, in a transaction that holds the account; the code of `step` is used. Links
/// from before are void. Returns recovery codes for who has none.
pub(super) async fn keep_app(
    app: &App,
    connection: &mut Connection,
    head: &Letterhead,
    admin: &Admin,
    (secret, step): (&SecretString, i64),
    now: Timestamp,
) -> Result<Vec<SecretString>, ServiceError> {
    store_app(app, connection, admin, (secret, step)).await?;
    conclude(app, connection, head, admin, Provider::Google, now).await
}

/// Stores an app's secret, active from now on, with the code of `step` used. Nobody has guessed at it
/// yet.
pub(super) async fn store_app(
    app: &App,
    connection: &mut Connection,
    admin: &Admin,
    (secret, step): (&SecretString, i64),
) -> Result<(), ServiceError> {
    let mut config = user_config::load(app, connection, admin).await?;
    config.set_totp_secret(app.keyring(), secret, random::bytes()?);
    user_config::save(app, connection, admin, &config).await?;
    code_failures::delete_of(connection, admin.id).await?;
    people::forget_steps(connection, admin.id).await?;
    people::take_step(connection, admin.id, step).await?;
    Ok(())
}

/// What follows whenever a factor was set up: earlier links are void, the owner is told, and who has
/// no recovery codes gets some.
pub(super) async fn conclude(
    app: &App,
    connection: &mut Connection,
    head: &Letterhead,
    admin: &Admin,
    provider: Provider,
    now: Timestamp,
) -> Result<Vec<SecretString>, ServiceError> {
    announce(app, connection, head, admin, provider, now).await?;
    if recovery::count_left(app, connection, admin).await? > 0 {
        return Ok(Vec::new());
    }
    recovery::issue(app, connection, admin, now).await
}

/// The same without recovery codes, for where nobody would see them.
pub(super) async fn announce(
    app: &App,
    connection: &mut Connection,
    head: &Letterhead,
    admin: &Admin,
    provider: Provider,
    now: Timestamp,
) -> Result<(), ServiceError> {
    people::void_tokens(connection, admin.id, now.as_second()).await?;
    let event = Event {
        at: now,
        actor: admin.username.clone(),
        kind: Kind::SecondFactorEnrolled {
            admin: admin.id,
            provider: provider.code(),
        },
    };
    audit_events::append(connection, &event).await?;
    let happening = Happening::Enrolled(provider);
    notice::second_factor(app, connection, head, admin, happening, now).await
}

async fn seal(
    app: &App,
    admin: &Admin,
    secret: SecretString,
    made_at: Timestamp,
) -> Result<Proposal, ServiceError> {
    let base_url = app.configuration().await?.base_url()?;
    let sealed = Sealed {
        admin: admin.id,
        secret: secret.expose_secret().to_owned(),
        made_at: made_at.as_second(),
    };
    let text = serde_json::to_string(&sealed)
        .map(SecretString::from)
        .map_err(|error| ServiceError::Fault(error.to_string()))?;
    let keyring = app.keyring();
    let sealed = keyring.encrypt(text.expose_secret().as_bytes(), random::bytes()?);
    Ok(Proposal {
        address: address(&base_url, admin, &secret),
        secret,
        sealed: sealed.into(),
    })
}

fn open(app: &App, admin: AdminId, sealed: &SecretString) -> Option<Sealed> {
    let text = app.keyring().decrypt_text(sealed.expose_secret()).ok()?;
    let opened: Sealed = serde_json::from_str(text.expose_secret()).ok()?;
    let age = app.now().as_second().checked_sub(opened.made_at)?;
    let is_fresh = (0..PATIENCE.as_secs()).contains(&age);
    (opened.admin == admin && is_fresh).then_some(opened)
}

/// As Commerce writes it: the person by mail address, the shop by its host.
pub(super) fn address(base_url: &str, admin: &Admin, secret: &SecretString) -> SecretString {
    let parsed = url::Url::parse(base_url).ok();
    let host = parsed.as_ref().and_then(|url| url.host_str());
    let issuer = host.unwrap_or("localhost");
    let label = admin.email.as_deref().unwrap_or(&admin.username);
    let encode = |text: &str| -> String {
        let encoded: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
        encoded.replace('+', "%20")
    };
    SecretString::from(format!(
        "otpauth://totp/{issuer}:{label}?secret={secret}&issuer={issuer}&algorithm=SHA1\
         &digits={DIGITS}&period={PERIOD}",
        issuer = encode(issuer),
        label = encode(label),
        secret = secret.expose_secret(),
    ))
}
