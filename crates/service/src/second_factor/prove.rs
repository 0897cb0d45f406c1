//! Showing a second factor at a sign-in, in one transaction that holds the account: of attempts
//! made at once each is judged after the other, and a code is taken by one of them.

use super::guard::Guard;
use super::pending::{self, Pending, PendingId};
use super::security_key::shop::{self, KeyShop};
use super::{FactorRefused, recovery, rules, security_key, user_config};
use crate::app::App;
use crate::error::ServiceError;
use crate::mail::letters::second_factor::Happening;
use crate::mail::{Letterhead, notice};
use crate::sign_in::Verified;
use crate::sign_in::entrance::Entrance;
use crate::sign_in::known_browser::{self, Recognised};
use crate::sign_in::policy::SignInPolicy;
use crate::sign_in::throttle::Sending;
use crate::switch;
use domain::admin::Admin;
use domain::audit::{Door, Event, Kind};
use domain::second_factor::totp::{AppSecret, Found, Window};
use domain::second_factor::{Factor, Provider};
use domain::sign_in_mode::SignInMode;
use domain::throttle::Form;
use domain::username::Username;
use jiff::Timestamp;
use secrecy::SecretString;
use store::database::{Connection, Transaction};
use store::second_factors::people;
use store::{admins, audit_events, pending_sign_ins};

/// What is shown.
pub enum Proof {
    /// The code of an authenticator app, as typed.
    AppCode(SecretString),
    /// A recovery code, as typed.
    RecoveryCode(SecretString),
    /// The answer of a security key, as the browser's JSON.
    SecurityKey(SecretString),
}

/// Who shows it, and how they come.
pub struct Attempt {
    /// The sign-in it belongs to.
    pub id: PendingId,
    /// Page or web API.
    pub door: Door,
    /// The sender's address, as far as it is to be believed; empty where there is none.
    pub ip: String,
    /// The browser's id, of the cookie that an earlier sign-in left.
    pub browser: Option<SecretString>,
}

/// Somebody who is let in.
pub struct Entered {
    /// For whom a session is to be opened, or a token made.
    pub verified: Verified,
    /// Where they wanted to go.
    pub back: Option<String>,
    /// What they had typed before, sealed.
    pub kept: Option<String>,
    /// How many recovery codes are left.
    pub codes_left: u32,
}

/// What an attempt is judged by, read before its transaction.
pub(super) struct Context {
    pub(super) policy: SignInPolicy,
    pub(super) window: Window,
    pub(super) head: Letterhead,
    pub(super) now: Timestamp,
    pub(super) limit: domain::second_factor::code_limit::CodeLimit,
    pub(super) shop: Result<KeyShop, FactorRefused>,
}

impl Context {
    pub(super) async fn read(app: &App) -> Result<Self, ServiceError> {
        let settings = app.configuration().await?;
        Ok(Self {
            policy: SignInPolicy::read(&settings)?,
            window: rules::window(&settings)?,
            limit: rules::limit(&settings)?,
            head: Letterhead::new(app, &settings)?,
            shop: shop::by(app, &settings)?,
            now: app.now(),
        })
    }
}

/// Lets in who shows a factor of theirs.
pub async fn prove(
    app: &App,
    attempt: &Attempt,
    proof: &Proof,
) -> Result<Result<Entered, FactorRefused>, ServiceError> {
    let context = Context::read(app).await?;
    let (mut transaction, pending) = match hold(app, &attempt.id).await? {
        Ok(held) => held,
        Err(refused) => return Ok(Err(refused)),
    };
    let (id, now) = (pending.admin.id, context.now);
    let cookie = attempt.browser.as_ref();
    let browser = known_browser::recognise(app, &mut transaction, cookie, id, now).await?;
    let guard = Guard::new(app, id, browser.as_ref(), &attempt.ip, context.limit);
    let shown = (proof, attempt.door);
    let checked = check(app, &mut transaction, &context, &pending, &guard, shown).await?;
    let factor = match checked {
        Ok(factor) => factor,
        Err(refused) => {
            refuse(
                app,
                transaction,
                &context,
                &pending,
                &guard,
                (&refused, proof, attempt.door),
            )
            .await?;
            return Ok(Err(refused));
        }
    };
    guard.clear(&mut transaction).await?;
    if factor == Factor::RecoveryCode {
        let happening = Happening::RecoveryCodeUsed;
        let (head, admin) = (&context.head, &pending.admin);
        notice::second_factor(app, &mut transaction, head, admin, happening, now).await?;
    }
    let entered = enter(
        app,
        transaction,
        &context,
        pending,
        attempt,
        (factor, browser),
    )
    .await?;
    app.wake_mail_sender();
    Ok(entered)
}

/// The sign-in, in a transaction that holds its account.
pub(super) async fn hold(
    app: &App,
    id: &PendingId,
) -> Result<Result<(Transaction, Pending), FactorRefused>, ServiceError> {
    if switch::current(app).await?.1 == SignInMode::AdobeIms {
        return Ok(Err(FactorRefused::IntegrationIsOn));
    }
    let Some(seen) = pending::find(app, id).await? else {
        return Ok(Err(FactorRefused::NotPending));
    };
    let mut transaction = app.database().begin().await?;
    let epoch = switch::hold_for_password(&mut transaction, seen.stored.epoch).await?;
    if epoch.is_none() {
        return Ok(Err(FactorRefused::IntegrationIsOn));
    }
    admins::hold(&mut transaction, seen.admin.id).await?;
    let held = pending::find_in(app, &mut transaction, id).await?;
    Ok(held
        .map(|pending| (transaction, pending))
        .ok_or(FactorRefused::NotPending))
}

/// Lets a person in whose factor was shown or just set up. The sign-in is over with it.
pub(super) async fn enter(
    app: &App,
    mut transaction: Transaction,
    context: &Context,
    pending: Pending,
    attempt: &Attempt,
    (factor, browser): (Factor, Option<Recognised>),
) -> Result<Result<Entered, FactorRefused>, ServiceError> {
    if !pending_sign_ins::delete(&mut transaction, &pending.id_hash).await? {
        return Ok(Err(FactorRefused::NotPending));
    }
    let admin = pending.admin;
    let username = Username::typed(&admin.username);
    let entrance = Entrance {
        door: attempt.door,
        factor: Some(factor),
        actor: admin.username.clone(),
        sending: Sending {
            form: Form::SignIn,
            subject: username.key(),
            ip: &pending.stored.ip,
        },
        browser_id: attempt.browser.as_ref(),
        now: context.now,
    };
    let introduction = entrance
        .let_in(app, &mut transaction, &admin, browser)
        .await?;
    let codes_left = recovery::count_left(app, &mut transaction, &admin).await?;
    transaction.commit().await?;
    let verified = Verified {
        password_age: context
            .policy
            .lifetime
            .age(admin.password_set_at, context.now),
        admin,
        epoch: pending.stored.epoch,
        browser: introduction,
        factor: Some(factor),
        grant: None,
    };
    Ok(Ok(Entered {
        verified,
        back: pending.back,
        kept: pending.kept,
        codes_left,
    }))
}

async fn check(
    app: &App,
    connection: &mut Connection,
    context: &Context,
    pending: &Pending,
    guard: &Guard,
    (proof, door): (&Proof, Door),
) -> Result<Result<Factor, FactorRefused>, ServiceError> {
    let (admin, now) = (&pending.admin, context.now);
    match proof {
        Proof::AppCode(code) => {
            if let Err(refused) = guard.admit(connection, now).await? {
                return Ok(Err(refused));
            }
            if !pending.enrolled.has(Provider::Google) {
                return Ok(Err(FactorRefused::NotAllowed));
            }
            let checked = check_app_code(app, connection, context, (admin, guard), code).await?;
            Ok(checked.map(|()| Factor::App))
        }
        Proof::RecoveryCode(code) => {
            if let Err(refused) = guard.admit_address(connection, now).await? {
                return Ok(Err(refused));
            }
            // They stand in for what is set up, and go with the last of it, whoever took that away.
            if pending.enrolled.providers().is_empty() {
                return Ok(Err(FactorRefused::NotAllowed));
            }
            let is_good = recovery::use_up(app, connection, admin, code, now).await?;
            Ok(match is_good {
                true => Ok(Factor::RecoveryCode),
                false => Err(FactorRefused::WrongCode),
            })
        }
        Proof::SecurityKey(answer) => {
            let asked = (pending, door);
            let shop = &context.shop;
            let shown = security_key::check(app, connection, shop, asked, answer, now).await?;
            Ok(shown.map(|()| Factor::SecurityKey))
        }
    }
}

async fn check_app_code(
    app: &App,
    connection: &mut Connection,
    context: &Context,
    (admin, guard): (&Admin, &Guard),
    code: &SecretString,
) -> Result<Result<(), FactorRefused>, ServiceError> {
    let config = user_config::load(app, connection, admin).await?;
    let secret = config
        .totp_secret(app.keyring())
        .map_err(|why| user_config::damaged(admin, why))?;
    let Some(secret) = secret.as_ref().and_then(AppSecret::from_base32) else {
        return Ok(Err(FactorRefused::NotAllowed));
    };
    match secret.find(code, context.window, context.now) {
        Found::Wrong => Ok(Err(FactorRefused::WrongCode)),
        // A guesser who is told that a code is one of the future has only to wait for it.
        Found::ClockIsOff(by) if by.is_positive() && !guard.knows_browser => {
            Ok(Err(FactorRefused::WrongCode))
        }
        Found::ClockIsOff(by) => Ok(Err(FactorRefused::ClockIsOff(by))),
        Found::Good(step) => {
            let is_taken = people::take_step(connection, admin.id, step).await?;
            Ok(is_taken.then_some(()).ok_or(FactorRefused::UsedCode))
        }
    }
}

/// Counts what was wrong, and writes it down. A lock is told to the account's owner: somebody has
/// their password.
async fn refuse(
    app: &App,
    mut transaction: Transaction,
    context: &Context,
    pending: &Pending,
    guard: &Guard,
    (refused, proof, door): (&FactorRefused, &Proof, Door),
) -> Result<(), ServiceError> {
    let (admin, now) = (&pending.admin, context.now);
    let is_guess = matches!(
        refused,
        FactorRefused::WrongCode | FactorRefused::ClockIsOff(_) | FactorRefused::UsedCode
    );
    let happening = match proof {
        _ if *refused == FactorRefused::ClonedKey => Some(Happening::ClonedKey),
        Proof::AppCode(_) if is_guess => {
            let counted = guard.count(&mut transaction, now).await?;
            counted.is_locked.then_some(Happening::Locked)
        }
        Proof::RecoveryCode(_) if is_guess => {
            guard.count_address(&mut transaction, now).await?;
            None
        }
        _ => None,
    };
    if let Some(happening) = happening {
        let head = &context.head;
        notice::second_factor(app, &mut transaction, head, admin, happening, now).await?;
    }
    let event = Event {
        at: now,
        actor: admin.username.clone(),
        kind: Kind::SecondFactorRefused {
            admin: admin.id,
            reason: refused.code(),
            door,
        },
    };
    audit_events::append(&mut transaction, &event).await?;
    transaction.commit().await?;
    app.wake_mail_sender();
    Ok(())
}
