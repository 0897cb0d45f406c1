//! Which identity at a provider opens which account, for the operator: `admin:identity:list` and
//! `admin:identity:unlink`. Once forgotten, the next sign-in links anew, by the verified address;
//! what was opened by the old identity ends with it (V12).

use crate::app::App;
use crate::error::ServiceError;
use crate::{provider, session};
use domain::admin::AdminId;
use domain::audit::{Event, Kind};
use jiff::Timestamp;
use serde::{Serialize, Serializer};
use std::collections::HashMap;
use store::database::{Connection, DatabaseError};
use store::linked_identities::{self, LinkedIdentity};
use store::{admins, adobe_ims_webapi, audit_events};

/// An identity as the operator sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AdminIdentity {
    /// Whose it is, by the user name; the number where the account is gone.
    pub username: String,
    /// The provider that vouches.
    pub issuer: String,
    /// Who it is there.
    pub subject: String,
    /// Since when.
    #[serde(serialize_with = "as_text")]
    pub linked_at: Timestamp,
}

fn as_text<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(at)
}

/// Why nothing was shown or forgotten.
#[derive(Debug, thiserror::Error)]
pub enum IdentitiesRefused {
    /// Nobody has this user name.
    #[error("Couldn't find the user account \"{0}\"")]
    NoSuchUser(String),
    /// Without a provider there is none whose identities could be meant.
    #[error(
        "The Adobe IMS integration is off, so there is no provider at present: name all with --all"
    )]
    NoProvider,
}

/// At which provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    /// At the one that people sign in at now.
    PresentProvider,
    /// At every one, those of earlier times included.
    EveryProvider,
}

/// What was forgotten and ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unlinked {
    /// Identities that were forgotten.
    pub identities: usize,
    /// Identities at other providers, which stay.
    pub others: usize,
    /// Sessions that were ended.
    pub sessions: u64,
}

/// Identities of one user name, or everybody's.
pub async fn list(app: &App, username: Option<&str>) -> Result<Vec<AdminIdentity>, ServiceError> {
    let mut connection = app.database().connection().await?;
    let list = match username {
        Some(username) => {
            let admin = owner(&mut connection, username).await?;
            linked_identities::list_of(&mut connection, admin).await?
        }
        None => linked_identities::list(&mut connection).await?,
    };
    let names: HashMap<AdminId, String> = admins::list(&mut connection)
        .await?
        .into_iter()
        .map(|admin| (admin.id, admin.username))
        .collect();
    let shown = list.into_iter().map(|linked| AdminIdentity {
        username: names
            .get(&linked.admin)
            .cloned()
            .unwrap_or_else(|| linked.admin.to_string()),
        issuer: linked.issuer,
        subject: linked.subject,
        linked_at: linked.linked_at,
    });
    Ok(shown.collect())
}

/// Forgets the identities of an admin, and ends what rests on them: sessions, and tokens of theirs
/// that the web API has let in.
pub async fn unlink(app: &App, username: &str, place: Where) -> Result<Unlinked, ServiceError> {
    let issuer = match place {
        Where::EveryProvider => None,
        Where::PresentProvider => Some(present_issuer(app).await?),
    };
    let mut connection = app.database().connection().await?;
    let admin = owner(&mut connection, username).await?;
    let all = linked_identities::list_of(&mut connection, admin).await?;
    drop(connection);
    let is_there = |linked: &LinkedIdentity| issuer.as_ref().is_none_or(|it| linked.issuer == *it);
    let (meant, others): (Vec<_>, Vec<_>) = all.into_iter().partition(is_there);
    // Before, so that nothing is forgotten while sessions cannot be reached; and once more, for who
    // has come in meanwhile.
    let mut sessions = end_sessions(app, &meant).await?;
    let identities = forget(app, admin, &meant).await?;
    sessions += end_sessions(app, &meant).await?;
    Ok(Unlinked {
        identities,
        others: others.len(),
        sessions,
    })
}

async fn end_sessions(app: &App, list: &[LinkedIdentity]) -> Result<u64, ServiceError> {
    let mut ended = 0;
    for linked in list {
        let identity = linked.identity().hash();
        ended += session::end_of_identity(app, linked.admin, &identity).await?;
    }
    Ok(ended)
}

/// Returns how many were still linked.
async fn forget(app: &App, admin: AdminId, list: &[LinkedIdentity]) -> Result<usize, ServiceError> {
    let now = app.now();
    let mut forgotten = 0;
    let mut transaction = app.database().begin().await?;
    for linked in list {
        if linked_identities::delete(&mut transaction, linked.identity(), admin).await? {
            note(app, &mut transaction, linked, now).await?;
            forgotten += 1;
        }
    }
    if forgotten > 0 {
        forget_web_api_tokens(&mut transaction, admin).await?;
    }
    transaction.commit().await?;
    Ok(forgotten)
}

async fn present_issuer(app: &App) -> Result<String, ServiceError> {
    let current = provider::current(app).await?;
    let (provider, _) = current.ok_or(IdentitiesRefused::NoProvider)?;
    Ok(provider.issuer().to_owned())
}

/// The admin of a user name; or of a number, as lists show it where the account is gone. Its
/// identities would keep their owner from whatever account they get next.
async fn owner(connection: &mut Connection, username: &str) -> Result<AdminId, ServiceError> {
    if let Some(admin) = admins::find_by_username(connection, username).await? {
        return Ok(admin.id);
    }
    let unknown = || IdentitiesRefused::NoSuchUser(username.to_owned());
    let id: AdminId = username.parse().map_err(|_| unknown())?;
    let is_gone = admins::find_by_id(connection, id).await?.is_none();
    let has_left_some = !linked_identities::list_of(connection, id).await?.is_empty();
    match is_gone && has_left_some {
        true => Ok(id),
        false => Err(unknown().into()),
    }
}

/// A shop without Adobe's modules has no such table.
async fn forget_web_api_tokens(
    transaction: &mut Connection,
    admin: AdminId,
) -> Result<(), ServiceError> {
    match adobe_ims_webapi::delete_of(transaction, admin).await {
        Ok(()) | Err(DatabaseError::MissingTable(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

async fn note(
    app: &App,
    transaction: &mut Connection,
    linked: &LinkedIdentity,
    now: Timestamp,
) -> Result<(), ServiceError> {
    let event = Event {
        at: now,
        actor: app.actor().to_owned(),
        kind: Kind::IdentityUnlinked {
            admin: linked.admin,
            issuer: linked.issuer.clone(),
            subject: linked.subject.clone(),
        },
    };
    Ok(audit_events::append(transaction, &event).await?)
}

#[cfg(test)]
mod tests;
