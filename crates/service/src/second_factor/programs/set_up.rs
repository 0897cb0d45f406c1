//! A factor, set up by a program. An authenticator app: it asks for a secret, shows it, and brings
//! the first code; between the two the secret waits where Commerce keeps it, good for nothing. A
//! security key: it asks what the key is to be asked, and brings the answer.

use super::{Linked, ProgramRefused, linked};
use crate::app::App;
use crate::error::ServiceError;
use crate::random;
use crate::second_factor::guard::Guard;
use crate::second_factor::prove::Context;
use crate::second_factor::{FactorRefused, enrol, security_key, user_config};
use domain::admin::Admin;
use domain::audit::{Door, Event, Kind};
use domain::second_factor::totp::{AppSecret, Found};
use domain::second_factor::{Demand, Provider};
use secrecy::SecretString;
use store::audit_events;
use store::database::Transaction;

/// A secret that an app is to take.
pub struct Offer {
    /// In base32, for people to type.
    pub secret: SecretString,
    /// The same as an address of the scheme `otpauth`, for a QR code.
    pub address: SecretString,
}

/// A new secret for the person of a link. One that was offered before, to whoever had a link then,
/// is forgotten.
pub async fn configure_app(
    app: &App,
    token: &SecretString,
) -> Result<Result<Offer, ProgramRefused>, ServiceError> {
    let base_url = app.configuration().await?.base_url()?;
    let mut linked = match linked(app, token, app.now()).await? {
        Ok(linked) => linked,
        Err(refused) => return Ok(Err(refused)),
    };
    if let Err(refused) = linked.may_set_up(Provider::Google) {
        return Ok(Err(refused));
    }
    let (admin, transaction) = (&linked.admin, &mut linked.transaction);
    let secret = enrol::new_secret()?;
    let mut config = user_config::load(app, transaction, admin).await?;
    config.propose_totp_secret(app.keyring(), &secret, random::bytes()?);
    user_config::save(app, transaction, admin, &config).await?;
    let address = enrol::address(&base_url, admin, &secret);
    linked.transaction.commit().await?;
    Ok(Ok(Offer { secret, address }))
}

/// Keeps the app whose first code is right. Wrong ones count for the address alone: who has the link
/// was shown the secret, and need not have the password. There are no recovery
/// codes yet: nobody would see them here, and each person makes some on their own page.
pub async fn activate_app(
    app: &App,
    token: &SecretString,
    code: &SecretString,
    ip: &str,
) -> Result<Result<(), ProgramRefused>, ServiceError> {
    let context = Context::read(app).await?;
    let now = context.now;
    let mut linked = match linked(app, token, now).await? {
        Ok(linked) => linked,
        Err(refused) => return Ok(Err(refused)),
    };
    if let Err(refused) = linked.may_set_up(Provider::Google) {
        return Ok(Err(refused));
    }
    let (admin, transaction) = (&linked.admin, &mut linked.transaction);
    let guard = Guard::new(app, admin.id, None, ip, context.limit);
    if let Err(refused) = guard.admit_address(transaction, now).await? {
        return Ok(Err(ProgramRefused::Factor(refused)));
    }
    let config = user_config::load(app, transaction, admin).await?;
    let offered = config
        .totp_secret(app.keyring())
        .map_err(|why| user_config::damaged(admin, why))?;
    let found = offered.as_ref().and_then(AppSecret::from_base32);
    let found = found.map_or(Found::Wrong, |app| app.find(code, context.window, now));
    let (Found::Good(step), Some(secret)) = (found, offered) else {
        return refuse(linked, &context, &guard, found).await.map(Err);
    };
    enrol::store_app(app, transaction, admin, (&secret, step)).await?;
    let head = &context.head;
    enrol::announce(app, transaction, head, admin, Provider::Google, now).await?;
    linked.transaction.commit().await?;
    app.wake_mail_sender();
    Ok(Ok(()))
}

/// What the browser is to ask a new security key of the person of a link, as JSON.
pub async fn configure_key(
    app: &App,
    token: &SecretString,
) -> Result<Result<String, ProgramRefused>, ServiceError> {
    let admin = match owner_of_key(app, token).await? {
        Ok(admin) => admin,
        Err(refused) => return Ok(Err(refused)),
    };
    let asked = security_key::begin_set_up_by_api(app, &admin, token).await?;
    Ok(asked.map_err(of_key))
}

/// Keeps the security key that answered.
pub async fn activate_key(
    app: &App,
    token: &SecretString,
    answer: &SecretString,
) -> Result<Result<(), ProgramRefused>, ServiceError> {
    let admin = match owner_of_key(app, token).await? {
        Ok(admin) => admin,
        Err(refused) => return Ok(Err(refused)),
    };
    let kept = enrol::finish_key_by_api(app, &admin, token, answer).await?;
    Ok(kept.map_err(of_key))
}

/// The person of a link, if it is good for a key. Their account is let go of again: what follows
/// holds it itself, and asks once more.
async fn owner_of_key(
    app: &App,
    token: &SecretString,
) -> Result<Result<Admin, ProgramRefused>, ServiceError> {
    let linked = linked(app, token, app.now()).await?;
    Ok(linked.and_then(|linked| linked.may_set_up(Provider::U2fKey).map(|()| linked.admin)))
}

fn of_key(refused: FactorRefused) -> ProgramRefused {
    match refused {
        FactorRefused::IntegrationIsOn => ProgramRefused::IntegrationIsOn,
        FactorRefused::LinkNeeded => ProgramRefused::InvalidLink,
        FactorRefused::AlreadySetUp => ProgramRefused::AlreadySetUp,
        FactorRefused::NotAllowed => ProgramRefused::NotAllowed,
        refused => ProgramRefused::Factor(refused),
    }
}

impl Linked {
    /// A link is for who has nothing: what else they want to have, they set up once they are in.
    fn may_set_up(&self, provider: Provider) -> Result<(), ProgramRefused> {
        if self.enrolled.has(provider) {
            return Err(ProgramRefused::AlreadySetUp);
        }
        let is_allowed = self.rules.demand(self.enrolled) == Demand::Enrolment
            && self.rules.allowed().contains(&provider);
        is_allowed.then_some(()).ok_or(ProgramRefused::NotAllowed)
    }
}

/// Counts a wrong code for the address, and writes it down.
async fn refuse(
    linked: Linked,
    context: &Context,
    guard: &Guard,
    found: Found,
) -> Result<ProgramRefused, ServiceError> {
    let refused = match found {
        Found::ClockIsOff(by) => FactorRefused::ClockIsOff(by),
        _ => FactorRefused::WrongCode,
    };
    let mut transaction = linked.transaction;
    guard.count_address(&mut transaction, context.now).await?;
    note(&mut transaction, &linked.admin, context, &refused).await?;
    transaction.commit().await?;
    Ok(ProgramRefused::Factor(refused))
}

async fn note(
    transaction: &mut Transaction,
    admin: &Admin,
    context: &Context,
    refused: &FactorRefused,
) -> Result<(), ServiceError> {
    let event = Event {
        at: context.now,
        actor: admin.username.clone(),
        kind: Kind::SecondFactorRefused {
            admin: admin.id,
            reason: refused.code(),
            door: Door::Api,
        },
    };
    Ok(audit_events::append(transaction, &event).await?)
}
