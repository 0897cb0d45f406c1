//! Letting somebody in whom the provider vouches for. Locks that wrong passwords have earned do
//! not count at this door, and nothing is counted here (A16).

use super::finish::{Finished, Way};
use super::refusal::ProviderRefused;
use crate::app::App;
use crate::error::ServiceError;
use crate::sign_in::known_browser::Introduction;
use crate::sign_in::verified::{NewGrant, Verified};
use crate::sign_in::{known_browser, person};
use crate::switch;
use domain::admin::Admin;
use domain::audit::{Door, Event, Kind};
use domain::password_lifetime::PasswordAge;
use jiff::Timestamp;
use openid::SignedIn;
use secrecy::SecretString;
use store::database::Connection;
use store::{admins, audit_events};

pub(super) async fn enter(
    app: &App,
    way: Way,
    signed_in: SignedIn,
    known_browser: Option<&SecretString>,
) -> Result<Result<Finished, ProviderRefused>, ServiceError> {
    let now = way.now;
    let SignedIn { person, tokens } = signed_in;
    let newcomer = person::prepare(app, &person, &way.settings).await?;
    let mut transaction = app.database().begin().await?;
    if !switch::hold(&mut transaction, way.attempt.epoch).await? {
        return Ok(Err(ProviderRefused::Stale));
    }
    let resolved = person::resolve(
        app,
        &mut transaction,
        &person,
        &way.settings,
        &newcomer,
        now,
    )
    .await?;
    let admin = match resolved {
        Ok(admin) => admin,
        Err(refused) => return Ok(Err(ProviderRefused::Person(refused))),
    };
    let introduction = note(app, &mut transaction, &admin, known_browser, now).await?;
    transaction.commit().await?;
    app.wake_mail_sender();
    let role_claim = way.settings.role_claim.as_deref();
    let role_by_id_token = role_claim.is_some_and(|it| person.is_said_by_id_token_alone(it));
    let verified = Verified {
        admin,
        epoch: way.attempt.epoch,
        password_age: PasswordAge::Fresh,
        browser: Some(introduction),
        factor: None,
        grant: Some(NewGrant {
            issuer: person.issuer,
            subject: person.subject,
            provider_session: person.session,
            tokens,
            confirmed_at: now,
            role_by_id_token,
        }),
    };
    Ok(Ok(Finished::SignedIn {
        verified: Box::new(verified),
        back: way.attempt.back,
        kept: way.attempt.kept,
    }))
}

/// Writes the sign-in down, and remembers the browser.
async fn note(
    app: &App,
    transaction: &mut Connection,
    admin: &Admin,
    browser: Option<&SecretString>,
    now: Timestamp,
) -> Result<Introduction, ServiceError> {
    let id = admin.id;
    admins::record_sign_in(transaction, id, now).await?;
    let recognised = known_browser::recognise(app, transaction, browser, id, now).await?;
    let introduction =
        known_browser::remember(app, transaction, recognised, browser, id, now).await?;
    let event = Event {
        at: now,
        actor: admin.username.clone(),
        kind: Kind::SignedIn {
            admin: id,
            door: Door::Provider,
            factor: None,
        },
    };
    audit_events::append(transaction, &event).await?;
    Ok(introduction)
}
