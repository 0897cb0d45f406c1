//! What sessions that were opened at the provider rest on, `postern_provider_grant`, by the digest
//! of the session's id. Tokens are stored as they are given: encrypted.

pub mod as_read;

use crate::database::{Connection, DatabaseError, Row};
use crate::time;
use domain::admin::AdminId;
use domain::grant::Grant;
use jiff::Timestamp;

/// A grant as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredGrant {
    /// The digest of the session's id.
    pub session_hash: String,
    /// Whose session it is.
    pub admin: AdminId,
    /// The epoch that the session was opened in.
    pub epoch: i64,
    /// What the identity is found by.
    pub identity_hash: String,
    /// Who vouches.
    pub issuer: String,
    /// Who it is there.
    pub subject: String,
    /// The keyed digest of the provider's name for its own session.
    pub provider_session_hash: Option<String>,
    /// The tokens.
    pub tokens: StoredTokens,
    /// When the provider last stood by it.
    pub grant: Grant,
    /// Whether nothing but the ID token named the person's role.
    pub role_by_id_token: bool,
    /// Whether what the person may do has changed since the session was given its id.
    pub rights_changed: bool,
}

/// Encrypted tokens.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredTokens {
    /// The access token.
    pub access: String,
    /// When it runs out.
    pub expires_at: Option<Timestamp>,
    /// The refresh token.
    pub refresh: Option<String>,
    /// The ID token.
    pub id: Option<String>,
}

const COLUMNS: &str = "session_hash, user_id, epoch, identity_hash, issuer, subject, \
                       provider_session_hash, access_token, expires_at, refresh_token, id_token, \
                       confirmed_at, unreachable_since, role_by_id_token, rights_changed";

/// Stores a grant; the provider is to be asked at `next_check_at`.
pub async fn create(
    connection: &mut Connection,
    stored: &StoredGrant,
    next_check_at: Timestamp,
) -> Result<(), DatabaseError> {
    let sql = format!(
        "INSERT INTO #postern_provider_grant ({COLUMNS}, next_check_at) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    );
    let StoredTokens {
        access,
        expires_at,
        refresh,
        id,
    } = &stored.tokens;
    let arguments = vec![
        stored.session_hash.as_str().into(),
        stored.admin.into(),
        stored.epoch.into(),
        stored.identity_hash.as_str().into(),
        stored.issuer.as_str().into(),
        stored.subject.as_str().into(),
        stored.provider_session_hash.as_deref().into(),
        access.as_str().into(),
        expires_at.map(Timestamp::as_second).into(),
        refresh.as_deref().into(),
        id.as_deref().into(),
        stored.grant.confirmed_at.as_second().into(),
        stored
            .grant
            .unreachable_since
            .map(Timestamp::as_second)
            .into(),
        stored.role_by_id_token.into(),
        stored.rights_changed.into(),
        next_check_at.as_second().into(),
    ];
    connection.execute(&sql, arguments).await.map(|_| ())
}

/// The grant of a session.
pub async fn find(
    connection: &mut Connection,
    session_hash: &str,
) -> Result<Option<StoredGrant>, DatabaseError> {
    let sql = format!("SELECT {COLUMNS} FROM #postern_provider_grant WHERE session_hash = ?");
    let row = connection
        .fetch_optional(&sql, vec![session_hash.into()])
        .await?;
    row.map(|row| read(&row)).transpose()
}

/// The grants of an identity, or those of one of its sessions at the provider.
pub async fn list_of(
    connection: &mut Connection,
    identity_hash: Option<&str>,
    provider_session_hash: Option<&str>,
) -> Result<Vec<StoredGrant>, DatabaseError> {
    let (condition, argument) = match (provider_session_hash, identity_hash) {
        (Some(session), _) => ("provider_session_hash = ?", session),
        (None, Some(identity)) => ("identity_hash = ?", identity),
        (None, None) => return Ok(Vec::new()),
    };
    let sql = format!("SELECT {COLUMNS} FROM #postern_provider_grant WHERE {condition}");
    let rows = connection.fetch_all(&sql, vec![argument.into()]).await?;
    let both_fit = |stored: &StoredGrant| {
        identity_hash.is_none_or(|identity| stored.identity_hash == identity)
    };
    let list: Vec<StoredGrant> = rows.iter().map(read).collect::<Result<_, _>>()?;
    Ok(list.into_iter().filter(both_fit).collect())
}

/// Takes up to `limit` grants that the provider is to be asked about; until `next_check_at` nobody
/// else gets them.
pub async fn claim_due(
    connection: &mut Connection,
    now: Timestamp,
    next_check_at: Timestamp,
    limit: u32,
) -> Result<Vec<StoredGrant>, DatabaseError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM #postern_provider_grant WHERE next_check_at <= ? \
         ORDER BY next_check_at LIMIT ?"
    );
    let arguments = vec![now.as_second().into(), limit.into()];
    let due = connection.fetch_all(&sql, arguments).await?;
    let mut claimed = Vec::new();
    for row in &due {
        let stored = read(row)?;
        let sql = "UPDATE #postern_provider_grant SET next_check_at = ? \
                   WHERE session_hash = ? AND next_check_at <= ?";
        let arguments = vec![
            next_check_at.as_second().into(),
            stored.session_hash.as_str().into(),
            now.as_second().into(),
        ];
        if connection.execute(sql, arguments).await? == 1 {
            claimed.push(stored);
        }
    }
    Ok(claimed)
}

/// Notes that the provider stands by a grant, with new tokens where it gave some.
pub async fn confirm(
    connection: &mut Connection,
    session_hash: &str,
    tokens: Option<&StoredTokens>,
    now: Timestamp,
    next_check_at: Timestamp,
) -> Result<(), DatabaseError> {
    let sql = "UPDATE #postern_provider_grant SET confirmed_at = ?, unreachable_since = NULL, \
               next_check_at = ? WHERE session_hash = ?";
    let arguments = vec![
        now.as_second().into(),
        next_check_at.as_second().into(),
        session_hash.into(),
    ];
    connection.execute(sql, arguments).await?;
    let Some(tokens) = tokens else {
        return Ok(());
    };
    let sql = "UPDATE #postern_provider_grant SET access_token = ?, expires_at = ?, \
               refresh_token = ?, id_token = ? WHERE session_hash = ?";
    let arguments = vec![
        tokens.access.as_str().into(),
        tokens.expires_at.map(Timestamp::as_second).into(),
        tokens.refresh.as_deref().into(),
        tokens.id.as_deref().into(),
        session_hash.into(),
    ];
    connection.execute(sql, arguments).await.map(|_| ())
}

/// Notes that an admin may do other things than before: their sessions are to get new ids.
pub async fn note_rights_changed(
    connection: &mut Connection,
    admin: AdminId,
) -> Result<(), DatabaseError> {
    let sql = "UPDATE #postern_provider_grant SET rights_changed = 1 WHERE user_id = ?";
    connection
        .execute(sql, vec![admin.into()])
        .await
        .map(|_| ())
}

/// Moves a grant to the session's new id.
pub async fn rotate(
    connection: &mut Connection,
    old: &str,
    new: &str,
) -> Result<(), DatabaseError> {
    let sql = "UPDATE #postern_provider_grant SET session_hash = ?, rights_changed = 0 \
               WHERE session_hash = ?";
    connection
        .execute(sql, vec![new.into(), old.into()])
        .await
        .map(|_| ())
}

/// Has the grant of a session looked at by whoever asks the provider next.
pub async fn make_due(
    connection: &mut Connection,
    session_hash: &str,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    let sql = "UPDATE #postern_provider_grant SET next_check_at = ? WHERE session_hash = ?";
    connection
        .execute(sql, vec![now.as_second().into(), session_hash.into()])
        .await
        .map(|_| ())
}

/// Forgets the grant of a session.
pub async fn delete(connection: &mut Connection, session_hash: &str) -> Result<(), DatabaseError> {
    let sql = "DELETE FROM #postern_provider_grant WHERE session_hash = ?";
    connection
        .execute(sql, vec![session_hash.into()])
        .await
        .map(|_| ())
}

/// How many grants wait for the provider to answer again, and since when the first does.
pub async fn count_unreachable(
    connection: &mut Connection,
) -> Result<(u64, Option<Timestamp>), DatabaseError> {
    let sql = "SELECT COUNT(*), MIN(unreachable_since) FROM #postern_provider_grant \
               WHERE unreachable_since IS NOT NULL";
    let row = connection.fetch_optional(sql, Vec::new()).await?;
    let row = row.ok_or(DatabaseError::Shape { column: 0 })?;
    let count = u64::try_from(row.integer(0)?).unwrap_or(0);
    Ok((count, time::optional(&row, 1)?))
}

fn read(row: &Row) -> Result<StoredGrant, DatabaseError> {
    Ok(StoredGrant {
        session_hash: row.text(0)?,
        admin: row.id(1)?,
        epoch: row.integer(2)?,
        identity_hash: row.text(3)?,
        issuer: row.text(4)?,
        subject: row.text(5)?,
        provider_session_hash: row.optional_text(6)?,
        tokens: StoredTokens {
            access: row.text(7)?,
            expires_at: time::optional(row, 8)?,
            refresh: row.optional_text(9)?,
            id: row.optional_text(10)?,
        },
        grant: Grant {
            confirmed_at: time::required(row, 11)?,
            unreachable_since: time::optional(row, 12)?,
        },
        role_by_id_token: row.integer(13)? != 0,
        rights_changed: row.integer(14)? != 0,
    })
}

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
