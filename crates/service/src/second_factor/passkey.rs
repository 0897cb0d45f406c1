//! Signing in with a passkey alone. The authenticator verifies its user by a PIN or a finger, so that
//! one gesture shows possession and one more thing: both factors.
//!
//! It is offered only where Commerce's module for second factors is on and keys are among what the
//! shop takes: elsewhere nobody has set one up, or the shop has said that a key is not enough.
//!
//! A lock after wrong passwords does not stop it. The lock is there against guessing, a signature
//! cannot be guessed, and whoever knows a user name could else keep its owner out at will. Nor does
//! such a sign-in lift the lock: it says nothing of who guessed.
//!
//! An anonymous visitor leaves nothing behind: the question is in the ticket and in the challenge, and
//! only an answer with a right signature is written down.

use super::prove::{Context, Entered};
use super::security_key::challenge::{Purpose, Question};
use super::security_key::keys::{self, Showing};
use super::security_key::shop::{self, KeyShop};
use super::{FactorRefused, recovery, rules};
use crate::app::App;
use crate::error::ServiceError;
use crate::mail::letters::second_factor::Happening;
use crate::mail::notice;
use crate::random;
use crate::sign_in::Verified;
use crate::sign_in::conclusion;
use crate::sign_in::entrance::Entrance;
use crate::sign_in::known_browser;
use crate::sign_in::password::SignInRefused;
use crate::sign_in::throttle::Sending;
use crate::switch;
use commerce::second_factor::credential_digest;
use data_encoding::BASE64URL_NOPAD;
use domain::admin::{Admin, AdminId};
use domain::audit::{Door, Event, Kind};
use domain::lockout::Lockout;
use domain::second_factor::{Factor, Provider};
use domain::sign_in::{Evidence, Refusal, judge};
use domain::sign_in_mode::SignInMode;
use domain::throttle::Form;
use domain::username::Username;
use secrecy::{ExposeSecret, SecretString};
use store::database::Transaction;
use store::second_factors::security_keys;
use store::{admins, audit_events, user_expirations};
use webauthn::options::Request;
use webauthn::{Assertion, UserVerification};

/// What a browser asks for a passkey with.
pub struct Begun {
    /// The JSON of `PublicKeyCredentialRequestOptions`, binary values in base64url.
    pub options: String,
    /// For this browser alone to bring back, good for five minutes.
    pub ticket: SecretString,
}

/// Somebody who comes with a passkey.
pub struct Attempt {
    /// What [`Begun::ticket`] was, from the browser that was given it.
    pub ticket: SecretString,
    /// What the browser answered, as JSON.
    pub answer: SecretString,
    /// Page or web API.
    pub door: Door,
    /// The sender's address, as far as it is to be believed; empty where there is none.
    pub ip: String,
    /// The browser's id, of the cookie that an earlier sign-in left.
    pub browser: Option<SecretString>,
}

/// Why nobody is let in. The codes are stable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasskeyRefused {
    /// Passkeys are not among what this shop takes.
    NotOffered,
    /// The question is too old, of another browser, or was answered before.
    Stale,
    /// The answer was refused, by this code.
    Key(&'static str),
    /// The passkey counts as if there were two of it.
    ClonedKey,
    /// What refuses a password refuses a passkey as well.
    SignIn(SignInRefused),
}

impl PasskeyRefused {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotOffered => "passkey.not_offered",
            Self::Stale => "passkey.stale",
            Self::Key(code) => code,
            Self::ClonedKey => "factor.cloned_key",
            Self::SignIn(refused) => refused.code(),
        }
    }
}

/// Whether the sign-in page is to offer it.
pub async fn is_offered(app: &App) -> Result<bool, ServiceError> {
    Ok(offer(app).await?.is_ok())
}

/// Begins a sign-in of whoever has a passkey here. Nothing is written.
pub async fn begin(app: &App) -> Result<Result<Begun, PasskeyRefused>, ServiceError> {
    let (shop, _) = match offer(app).await? {
        Ok(offer) => offer,
        Err(refused) => return Ok(Err(refused)),
    };
    let ticket = SecretString::from(BASE64URL_NOPAD.encode(&random::bytes::<32>()?));
    let request = Request {
        party: &shop.party,
        challenge: &question(&ticket).challenge(app, app.now())?,
        user: UserVerification::Required,
        allowed: &[],
    };
    Ok(Ok(Begun {
        options: request.to_json(),
        ticket,
    }))
}

/// Lets in whose passkey answered.
pub async fn sign_in(
    app: &App,
    attempt: &Attempt,
) -> Result<Result<Entered, PasskeyRefused>, ServiceError> {
    let answered = look_at(app, attempt).await?;
    let refused = answered.as_ref().err().map(PasskeyRefused::code);
    app.metrics().count_sign_in(attempt.door, refused);
    Ok(answered)
}

/// The shop and the epoch, where passkeys are taken.
async fn offer(app: &App) -> Result<Result<(KeyShop, i64), PasskeyRefused>, ServiceError> {
    let (record, mode) = switch::current(app).await?;
    if mode == SignInMode::AdobeIms {
        let refused = SignInRefused::IntegrationIsOn;
        return Ok(Err(PasskeyRefused::SignIn(refused)));
    }
    let rules = rules::load(app).await?;
    if !rules.is_required() || !rules.allowed().contains(&Provider::U2fKey) {
        return Ok(Err(PasskeyRefused::NotOffered));
    }
    let shop = shop::load(app).await?;
    Ok(shop
        .map(|shop| (shop, record.epoch))
        .map_err(|_| PasskeyRefused::NotOffered))
}

async fn look_at(
    app: &App,
    attempt: &Attempt,
) -> Result<Result<Entered, PasskeyRefused>, ServiceError> {
    let (shop, seen) = match offer(app).await? {
        Ok(offer) => offer,
        Err(refused) => return Ok(Err(refused)),
    };
    let context = Context::read(app).await?;
    let assertion = match Assertion::read(attempt.answer.expose_secret()) {
        Ok(assertion) => assertion,
        Err(refusal) => return Ok(Err(PasskeyRefused::Key(refusal.code()))),
    };
    let unknown = PasskeyRefused::Key(webauthn::Refusal::Unknown.code());
    let Some(owner) = owner(app, assertion.id()).await? else {
        return Ok(Err(unknown));
    };
    let mut transaction = app.database().begin().await?;
    let Some(epoch) = switch::hold_for_password(&mut transaction, seen).await? else {
        let refused = SignInRefused::IntegrationIsOn;
        return Ok(Err(PasskeyRefused::SignIn(refused)));
    };
    let Some(admin) = admins::lock(&mut transaction, owner).await? else {
        return Ok(Err(unknown));
    };
    let showing = Showing {
        shop: &shop,
        question: question(&attempt.ticket),
        is_alone: true,
    };
    let now = context.now;
    let shown = keys::show(app, &mut transaction, &admin, &showing, &assertion, now).await?;
    match shown.map_err(FactorRefused::from) {
        Ok(()) => {}
        Err(FactorRefused::ClonedKey) => {
            return warn(app, transaction, &context, &admin, attempt.door)
                .await
                .map(Err);
        }
        Err(refused) => return Ok(Err(of(&refused))),
    }
    enter(app, transaction, &context, (admin, epoch), attempt).await
}

/// Whose passkey has this id. Outside of the transaction that holds their account: what that reads
/// first must be the account, or it would read everything else as it was before it had to wait.
async fn owner(app: &App, id: &[u8]) -> Result<Option<AdminId>, ServiceError> {
    let mut connection = app.database().connection().await?;
    let row = security_keys::find(&mut connection, &credential_digest(id)).await?;
    Ok(row.map(|row| row.admin))
}

/// Judges the account as after a right password, and lets its owner in.
async fn enter(
    app: &App,
    mut transaction: Transaction,
    context: &Context,
    (admin, epoch): (Admin, i64),
    attempt: &Attempt,
) -> Result<Result<Entered, PasskeyRefused>, ServiceError> {
    let now = context.now;
    let evidence = Evidence {
        admin: Some(&admin),
        is_right: true,
        lockout: Lockout::default(),
        expires_at: user_expirations::find(&mut transaction, admin.id).await?,
        is_throttled: false,
    };
    if let Err(refusal) = judge(evidence, now) {
        return refuse(transaction, context, &admin, attempt.door, refusal)
            .await
            .map(Err);
    }
    let cookie = attempt.browser.as_ref();
    let browser = known_browser::recognise(app, &mut transaction, cookie, admin.id, now).await?;
    let username = Username::typed(&admin.username);
    let entrance = Entrance {
        door: attempt.door,
        factor: Some(Factor::Passkey),
        actor: admin.username.clone(),
        sending: Sending {
            form: Form::SignIn,
            subject: username.key(),
            ip: &attempt.ip,
        },
        browser_id: cookie,
        now,
    };
    let introduction = entrance
        .let_in(app, &mut transaction, &admin, browser)
        .await?;
    let codes_left = recovery::count_left(app, &mut transaction, &admin).await?;
    transaction.commit().await?;
    let lifetime = &context.policy.lifetime;
    Ok(Ok(Entered {
        verified: Verified {
            password_age: lifetime.age(admin.password_set_at, now),
            admin,
            epoch,
            browser: introduction,
            factor: Some(Factor::Passkey),
            grant: None,
        },
        back: None,
        kept: None,
        codes_left,
    }))
}

/// Writes down that the key was right and its owner may not come in.
async fn refuse(
    mut transaction: Transaction,
    context: &Context,
    admin: &Admin,
    door: Door,
    refusal: Refusal,
) -> Result<PasskeyRefused, ServiceError> {
    let actor = admin.username.clone();
    if refusal == Refusal::Expired {
        let (id, actor) = (admin.id, actor.clone());
        conclusion::expire(&mut transaction, id, actor, context.now).await?;
    }
    let event = Event {
        at: context.now,
        actor: actor.clone(),
        kind: Kind::SignInRefused {
            username: actor,
            reason: refusal.code(),
            door,
        },
    };
    audit_events::append(&mut transaction, &event).await?;
    transaction.commit().await?;
    Ok(PasskeyRefused::SignIn(refusal.into()))
}

/// Tells the owner that there may be two of their key. The account stays open: that is no reason to
/// keep them out.
async fn warn(
    app: &App,
    mut transaction: Transaction,
    context: &Context,
    admin: &Admin,
    door: Door,
) -> Result<PasskeyRefused, ServiceError> {
    let (head, now) = (&context.head, context.now);
    let happening = Happening::ClonedKey;
    notice::second_factor(app, &mut transaction, head, admin, happening, now).await?;
    let event = Event {
        at: now,
        actor: admin.username.clone(),
        kind: Kind::SecondFactorRefused {
            admin: admin.id,
            reason: FactorRefused::ClonedKey.code(),
            door,
        },
    };
    audit_events::append(&mut transaction, &event).await?;
    transaction.commit().await?;
    app.wake_mail_sender();
    Ok(PasskeyRefused::ClonedKey)
}

/// The words for what is the browser's own business: the page was open for too long, or is another.
fn of(refused: &FactorRefused) -> PasskeyRefused {
    use webauthn::Refusal::{Challenge, Expired, Purpose, Replayed};
    let code = refused.code();
    let is_stale = [Challenge, Expired, Purpose, Replayed]
        .iter()
        .any(|refusal| refusal.code() == code);
    match refused {
        FactorRefused::Key(_) if is_stale => PasskeyRefused::Stale,
        FactorRefused::Key(code) => PasskeyRefused::Key(code),
        _ => PasskeyRefused::Stale,
    }
}

fn question(ticket: &SecretString) -> Question<'_> {
    Question {
        purpose: Purpose::Passkey,
        subject: ticket.expose_secret(),
    }
}

#[cfg(test)]
mod tests;
