//! Everybody's sessions, for the operator: `admin:session:list` and `admin:session:end`.

use super::browser::name_of;
use super::{end_all, handle, limits, record};
use crate::app::App;
use crate::error::ServiceError;
use crate::switch;
use domain::admin::AdminId;
use domain::session::{EndReason, KnownMode, Standing};
use jiff::Timestamp;
use serde::{Serialize, Serializer};
use std::collections::HashMap;
use store::database::Connection;
use store::sessions::{SessionCount, StoredSession, Whose};
use store::{admins, provider_grants};

/// A session as the operator sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AdminSession {
    /// To point at it with; good for nothing else.
    pub id: String,
    /// Whose it is, by the user name; the number where the account is gone.
    pub username: String,
    /// When it was opened.
    #[serde(serialize_with = "as_text")]
    pub started_at: Timestamp,
    /// When it was last used, to the minute or so.
    #[serde(serialize_with = "as_text")]
    pub last_seen_at: Timestamp,
    /// When it ends unless it is used again.
    #[serde(serialize_with = "as_text")]
    pub expires_at: Timestamp,
    /// From which address it was opened.
    pub address: String,
    /// With what, such as "Firefox on Linux"; nothing where the browser does not say.
    pub browser: Option<String>,
}

fn as_text<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(at)
}

/// Which sessions to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// These, by the ids that a list shows.
    Ids(Vec<String>),
    /// Those of one user name, PHP Commerce's included.
    User(String),
    /// Everybody's, PHP Commerce's included.
    All,
}

/// Why the operator's request was refused; nothing was ended.
#[derive(Debug, thiserror::Error)]
pub enum EndRefused {
    /// Nobody has this user name.
    #[error("Couldn't find the user account \"{0}\"")]
    NoSuchUser(String),
    /// No open session has this id.
    #[error("There is no open session \"{0}\": see admin:session:list")]
    NoSuchSession(String),
}

/// The open sessions, newest first: of one user name, or everybody's.
pub async fn list_all(
    app: &App,
    username: Option<&str>,
) -> Result<Vec<AdminSession>, ServiceError> {
    let now = app.now();
    let limits = limits(app).await?;
    let (record, mode) = switch::current(app).await?;
    let epoch = record.epoch;
    let mut connection = app.database().connection().await?;
    let whose = match username {
        Some(username) => Whose::Of(admin_of(&mut connection, username).await?),
        None => Whose::Everybody,
    };
    let list = app.sessions().list(&mut connection, whose).await?;
    let names: HashMap<AdminId, String> = admins::list(&mut connection)
        .await?
        .into_iter()
        .map(|admin| (admin.id, admin.username))
        .collect();
    let known = KnownMode::Leased { mode, epoch };
    let shown = |stored: StoredSession| match stored.session.standing(known, limits, now) {
        Standing::Current(expires_at) => {
            let StoredSession {
                id_hash,
                session,
                origin,
            } = stored;
            let username = names.get(&session.admin).cloned();
            Some(AdminSession {
                id: handle(app, &id_hash),
                username: username.unwrap_or_else(|| session.admin.to_string()),
                started_at: session.created_at,
                last_seen_at: session.last_seen_at,
                expires_at,
                browser: name_of(&origin.user_agent),
                address: origin.ip,
            })
        }
        Standing::Ended(_) | Standing::Void => None,
    };
    Ok(list.into_iter().filter_map(shown).collect())
}

/// Ends what is selected. Their browsers are told that the operator did.
pub async fn end_selected(app: &App, selection: &Selection) -> Result<SessionCount, ServiceError> {
    let by = (app.actor(), app.now());
    let whose = match selection {
        Selection::Ids(ids) => return end_by_id(app, ids, by).await,
        Selection::User(username) => {
            let mut connection = app.database().connection().await?;
            Whose::Of(admin_of(&mut connection, username).await?)
        }
        Selection::All => Whose::Everybody,
    };
    let (transaction, ended) = end_all(app, whose, EndReason::EndedByOperator, by).await?;
    transaction.commit().await?;
    Ok(ended)
}

/// Ends the sessions of an admin that an identity opened. Their tokens are revoked at the provider
/// by whoever looks after it next. Returns how many were open.
pub(crate) async fn end_of_identity(
    app: &App,
    admin: AdminId,
    identity_hash: &str,
) -> Result<u64, ServiceError> {
    let now = app.now();
    let reason = EndReason::EndedByOperator;
    let sessions = app.sessions();
    let mut change = sessions.begin(app.database()).await?;
    let grants = provider_grants::list_of(&mut change, Some(identity_hash), None).await?;
    let mut ended = Vec::new();
    for grant in grants.iter().filter(|grant| grant.admin == admin) {
        if sessions
            .end(&mut change, &grant.session_hash, reason)
            .await?
        {
            ended.push(&grant.session_hash);
        }
    }
    let mut transaction = change.transaction(app.database()).await?;
    let count = ended.len() as u64;
    for session_hash in ended {
        provider_grants::make_due(&mut transaction, session_hash, now).await?;
    }
    if count > 0 {
        let by = (app.actor(), now);
        record(&mut transaction, Some(admin), count, reason, by).await?;
    }
    transaction.commit().await?;
    Ok(count)
}

/// All of the ids must be there before the first one is ended.
async fn end_by_id(
    app: &App,
    ids: &[String],
    by: (&str, Timestamp),
) -> Result<SessionCount, ServiceError> {
    let reason = EndReason::EndedByOperator;
    let sessions = app.sessions();
    let mut change = sessions.begin(app.database()).await?;
    let list = sessions.list(&mut change, Whose::Everybody).await?;
    let mut found = Vec::new();
    for id in ids {
        let stored = list
            .iter()
            .find(|stored| handle(app, &stored.id_hash) == *id);
        found.push(stored.ok_or_else(|| EndRefused::NoSuchSession(id.clone()))?);
    }
    let mut admins = Vec::new();
    for stored in found {
        if sessions.end(&mut change, &stored.id_hash, reason).await? {
            admins.push(stored.session.admin);
        }
    }
    let mut transaction = change.transaction(app.database()).await?;
    for admin in &admins {
        record(&mut transaction, Some(*admin), 1, reason, by).await?;
    }
    transaction.commit().await?;
    Ok(SessionCount {
        own: admins.len() as u64,
        commerce: 0,
    })
}

async fn admin_of(connection: &mut Connection, username: &str) -> Result<AdminId, ServiceError> {
    let admin = admins::find_by_username(connection, username).await?;
    let admin = admin.ok_or_else(|| EndRefused::NoSuchUser(username.to_owned()))?;
    Ok(admin.id)
}
