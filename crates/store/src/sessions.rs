//! Browser sessions of Postern's own, `postern_session`, by the digest of their id, and the rows
//! by which PHP Commerce knows its sessions.

use crate::database::{Connection, DatabaseError};
use crate::time;
use domain::admin::AdminId;
use domain::session::Session;
use domain::sign_in_mode::SignInMode;
use jiff::Timestamp;

/// Where a session was opened from, for its owner to recognise.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// Address of the browser.
    pub ip: String,
    /// Its `User-Agent`, shortened to 255 characters.
    pub user_agent: String,
}

/// Stores a new session under the digest of its id.
pub async fn create(
    connection: &mut Connection,
    id_hash: &str,
    session: &Session,
    origin: &Origin,
) -> Result<(), DatabaseError> {
    let sql = "INSERT INTO #postern_session (id_hash, user_id, mode, epoch, created_at, \
               last_seen_at, ip, user_agent) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    let arguments = vec![
        id_hash.into(),
        session.admin.into(),
        session.mode.code().into(),
        session.epoch.into(),
        session.created_at.as_second().into(),
        session.last_seen_at.as_second().into(),
        origin.ip.as_str().into(),
        origin
            .user_agent
            .chars()
            .take(255)
            .collect::<String>()
            .into(),
    ];
    connection.execute(sql, arguments).await.map(|_| ())
}

/// The session stored under a digest.
pub async fn find(
    connection: &mut Connection,
    id_hash: &str,
) -> Result<Option<Session>, DatabaseError> {
    let sql = "SELECT user_id, mode, epoch, created_at, last_seen_at FROM #postern_session \
               WHERE id_hash = ?";
    connection
        .fetch_optional(sql, vec![id_hash.into()])
        .await?
        .map(|row| {
            Ok(Session {
                admin: row.id(0)?,
                mode: SignInMode::from_code(&row.text(1)?)
                    .ok_or(DatabaseError::Shape { column: 1 })?,
                epoch: row.integer(2)?,
                created_at: time::required(&row, 3)?,
                last_seen_at: time::required(&row, 4)?,
            })
        })
        .transpose()
}

/// Notes that a session was used.
pub async fn touch(
    connection: &mut Connection,
    id_hash: &str,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    let sql = "UPDATE #postern_session SET last_seen_at = ? WHERE id_hash = ?";
    connection
        .execute(sql, vec![now.as_second().into(), id_hash.into()])
        .await
        .map(|_| ())
}

/// Ends one session.
pub async fn delete(connection: &mut Connection, id_hash: &str) -> Result<(), DatabaseError> {
    let sql = "DELETE FROM #postern_session WHERE id_hash = ?";
    connection
        .execute(sql, vec![id_hash.into()])
        .await
        .map(|_| ())
}

/// Ends every session of one admin, PHP Commerce's included.
pub async fn end_of(connection: &mut Connection, admin: AdminId) -> Result<(), DatabaseError> {
    let sql = "DELETE FROM #postern_session WHERE user_id = ?";
    connection.execute(sql, vec![admin.into()]).await?;
    let sql = "UPDATE #admin_user_session SET status = 0 WHERE user_id = ? AND status = 1";
    connection
        .execute(sql, vec![admin.into()])
        .await
        .map(|_| ())
}

/// A number of admin sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionCount {
    /// Postern's own.
    pub own: u64,
    /// Rows of `admin_user_session` that PHP Commerce held open.
    pub commerce: u64,
}

/// Ends every admin session. PHP Commerce reads its row at each request: status 0 is "signed
/// out", and the person is told that the session has expired.
pub async fn end_all(connection: &mut Connection) -> Result<SessionCount, DatabaseError> {
    let own = connection
        .execute("DELETE FROM #postern_session", Vec::new())
        .await?;
    let sql = "UPDATE #admin_user_session SET status = 0 WHERE status = 1";
    let commerce = connection.execute(sql, Vec::new()).await?;
    Ok(SessionCount { own, commerce })
}

/// How many admin sessions are open, of Postern's own and by PHP Commerce's table.
pub async fn count_open(connection: &mut Connection) -> Result<SessionCount, DatabaseError> {
    let sql = "SELECT (SELECT COUNT(*) FROM #postern_session), \
               (SELECT COUNT(*) FROM #admin_user_session WHERE status = 1)";
    let row = connection.fetch_optional(sql, Vec::new()).await?;
    let row = row.ok_or(DatabaseError::Shape { column: 0 })?;
    let count = |column| Ok::<_, DatabaseError>(u64::try_from(row.integer(column)?).unwrap_or(0));
    Ok(SessionCount {
        own: count(0)?,
        commerce: count(1)?,
    })
}
