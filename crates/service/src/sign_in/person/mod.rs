//! Whose account an identity at the provider opens, as [`domain::linking`] decides: found by its
//! link, or linked on the first sign-in, or given a new account where that is allowed.

mod provision;
mod role;

pub use provision::Newcomer;

use crate::app::App;
use crate::error::ServiceError;
use crate::provider::ProviderSettings;
use domain::admin::{Admin, AdminId};
use domain::audit::{Event, Kind};
use domain::linking::{self, Findings, PersonRefused, Resolution};
use jiff::Timestamp;
use openid::VerifiedIdentity;
use store::database::Connection;
use store::linked_identities::{self, Identity};
use store::{admins, audit_events, user_expirations};

/// What an account would be made of, where one might have to be: prepared before a transaction is
/// begun, since a hash takes its time.
pub async fn prepare(
    app: &App,
    person: &VerifiedIdentity,
    settings: &ProviderSettings,
) -> Result<Option<Newcomer>, ServiceError> {
    if !settings.is_provisioning {
        return Ok(None);
    }
    let mut connection = app.database().connection().await?;
    let is_linked = linked_identities::find(&mut connection, identity(person))
        .await?
        .is_some();
    drop(connection);
    match is_linked {
        true => Ok(None),
        false => Newcomer::prepare(app, person).await,
    }
}

/// The account of the person, with the role that their claims give them.
pub async fn resolve(
    app: &App,
    transaction: &mut Connection,
    person: &VerifiedIdentity,
    settings: &ProviderSettings,
    newcomer: &Option<Newcomer>,
    now: Timestamp,
) -> Result<Result<Admin, PersonRefused>, ServiceError> {
    let resolution = match look(transaction, person, newcomer.is_some()).await? {
        Ok(resolution) => resolution,
        Err(refused) => return Ok(Err(refused)),
    };
    let id = match (resolution, newcomer) {
        (Resolution::Linked(id), _) => id,
        (Resolution::Link(id), _) => {
            if !link(transaction, person, id, now).await? {
                return Ok(Err(PersonRefused::LinkedToAnother));
            }
            id
        }
        (Resolution::Provision, Some(newcomer)) => {
            let id = provision::provision(app, transaction, newcomer, now).await?;
            if !link(transaction, person, id, now).await? {
                return Ok(Err(PersonRefused::LinkedToAnother));
            }
            id
        }
        (Resolution::Provision, None) => return Ok(Err(PersonRefused::NoAccount)),
    };
    if let Err(refused) = role::map(transaction, person, settings, id, now).await? {
        return Ok(Err(refused));
    }
    may_enter(transaction, id, now).await
}

/// Gives the person of a session from before the role that their claims now stand for.
pub async fn refresh(
    transaction: &mut Connection,
    person: &VerifiedIdentity,
    settings: &ProviderSettings,
    admin: AdminId,
    now: Timestamp,
) -> Result<Result<(), PersonRefused>, ServiceError> {
    role::map(transaction, person, settings, admin, now).await
}

async fn look(
    transaction: &mut Connection,
    person: &VerifiedIdentity,
    is_provisioning: bool,
) -> Result<Result<Resolution, PersonRefused>, ServiceError> {
    let identity = identity(person);
    let link = linked_identities::lock(transaction, identity).await?;
    let linked = match link {
        Some(id) => admins::lock(transaction, id).await?,
        None => None,
    };
    if let (Some(gone), None) = (link, &linked) {
        // A link to an account that is no more would keep its owner out of a new one.
        linked_identities::delete(transaction, identity, gone).await?;
    }
    let candidates = match &person.verified_email {
        Some(email) if linked.is_none() => admins::list_by_email(transaction, email).await?,
        _ => Vec::new(),
    };
    let mut taken = Vec::new();
    for candidate in &candidates {
        // Whoever else links this account waits here.
        admins::hold(transaction, candidate.id).await?;
        let links = linked_identities::list_of(transaction, candidate.id).await?;
        if links.iter().any(|link| link.issuer == person.issuer) {
            taken.push(candidate.id);
        }
    }
    Ok(linking::resolve(Findings {
        linked: linked.as_ref(),
        verified_email: person.verified_email.as_deref(),
        candidates: &candidates,
        taken: &taken,
        is_provisioning,
    }))
}

/// Returns false where somebody else was faster.
async fn link(
    transaction: &mut Connection,
    person: &VerifiedIdentity,
    admin: AdminId,
    now: Timestamp,
) -> Result<bool, ServiceError> {
    if !linked_identities::create(transaction, identity(person), admin, now).await? {
        return Ok(false);
    }
    let event = Event {
        at: now,
        actor: "provider".to_owned(),
        kind: Kind::IdentityLinked {
            admin,
            issuer: person.issuer.clone(),
            subject: person.subject.clone(),
        },
    };
    audit_events::append(transaction, &event).await?;
    Ok(true)
}

/// The account as it is now, if it may be used.
async fn may_enter(
    transaction: &mut Connection,
    id: AdminId,
    now: Timestamp,
) -> Result<Result<Admin, PersonRefused>, ServiceError> {
    let expires_at = user_expirations::find(transaction, id).await?;
    let Some(admin) = admins::find_by_id(transaction, id).await? else {
        return Ok(Err(PersonRefused::NoAccount));
    };
    if !admin.is_active {
        return Ok(Err(PersonRefused::Inactive));
    }
    if expires_at.is_some_and(|end| end <= now) {
        return Ok(Err(PersonRefused::Expired));
    }
    if admin.role.is_none() {
        return Ok(Err(PersonRefused::NoRole));
    }
    Ok(Ok(admin))
}

fn identity(person: &VerifiedIdentity) -> Identity<'_> {
    Identity {
        issuer: &person.issuer,
        subject: &person.subject,
    }
}
