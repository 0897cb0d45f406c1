//! Sessions in the table `postern_session`.

use super::{Origin, StoredSession, Whose};
use crate::admins;
use crate::database::{Connection, DatabaseError, Row, Value};
use crate::time;
use domain::session::{EndReason, Session};
use domain::sign_in_mode::SignInMode;
use jiff::Timestamp;

const COLUMNS: &str =
    "id_hash, user_id, mode, epoch, created_at, last_seen_at, ended, ip, user_agent";

pub(super) async fn create(
    connection: &mut Connection,
    stored: &StoredSession,
    forget_at: Timestamp,
    end_others: Option<EndReason>,
) -> Result<u64, DatabaseError> {
    let admin = stored.session.admin;
    let ended = match end_others {
        Some(reason) => {
            // Whoever else opens a session for this account waits here until ours is there.
            admins::hold(connection, admin).await?;
            end_all(connection, Whose::Of(admin), reason).await?
        }
        None => 0,
    };
    let sql = format!(
        "INSERT INTO #postern_session ({COLUMNS}, forget_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    );
    let StoredSession {
        id_hash,
        session,
        origin,
    } = stored;
    let user_agent: String = origin.user_agent.chars().take(255).collect();
    let arguments = vec![
        id_hash.as_str().into(),
        session.admin.into(),
        session.mode.code().into(),
        session.epoch.into(),
        session.created_at.as_second().into(),
        session.last_seen_at.as_second().into(),
        session.ended.map(EndReason::code).into(),
        origin.ip.as_str().into(),
        user_agent.into(),
        forget_at.as_second().into(),
    ];
    connection.execute(&sql, arguments).await?;
    Ok(ended)
}

pub(super) async fn find(
    connection: &mut Connection,
    id_hash: &str,
) -> Result<Option<StoredSession>, DatabaseError> {
    let sql = format!("SELECT {COLUMNS} FROM #postern_session WHERE id_hash = ?");
    let row = connection
        .fetch_optional(&sql, vec![id_hash.into()])
        .await?;
    row.map(|row| read(&row)).transpose()
}

fn read(row: &Row) -> Result<StoredSession, DatabaseError> {
    let shape = |column| DatabaseError::Shape { column };
    let ended = row.optional_text(6)?;
    let ended = ended.map(|code| EndReason::from_code(&code).ok_or(shape(6)));
    Ok(StoredSession {
        id_hash: row.text(0)?,
        session: Session {
            admin: row.id(1)?,
            mode: SignInMode::from_code(&row.text(2)?).ok_or(shape(2))?,
            epoch: row.integer(3)?,
            created_at: time::required(row, 4)?,
            last_seen_at: time::required(row, 5)?,
            ended: ended.transpose()?,
        },
        origin: Origin {
            ip: row.text(7)?,
            user_agent: row.text(8)?,
        },
    })
}

pub(super) async fn touch(
    connection: &mut Connection,
    id_hash: &str,
    now: Timestamp,
    forget_at: Timestamp,
) -> Result<(), DatabaseError> {
    let sql = "UPDATE #postern_session SET last_seen_at = ?, forget_at = ? \
               WHERE id_hash = ? AND ended IS NULL";
    let arguments = vec![
        now.as_second().into(),
        forget_at.as_second().into(),
        id_hash.into(),
    ];
    connection.execute(sql, arguments).await.map(|_| ())
}

pub(super) async fn rotate(
    connection: &mut Connection,
    old: &str,
    new: &str,
) -> Result<bool, DatabaseError> {
    let sql = "UPDATE #postern_session SET id_hash = ? WHERE id_hash = ? AND ended IS NULL";
    let arguments = vec![new.into(), old.into()];
    Ok(connection.execute(sql, arguments).await? == 1)
}

pub(super) async fn end(
    connection: &mut Connection,
    id_hash: &str,
    reason: EndReason,
) -> Result<bool, DatabaseError> {
    let sql = "UPDATE #postern_session SET ended = ? WHERE id_hash = ? AND ended IS NULL";
    let arguments = vec![reason.code().into(), id_hash.into()];
    Ok(connection.execute(sql, arguments).await? == 1)
}

pub(super) async fn end_all(
    connection: &mut Connection,
    whose: Whose<'_>,
    reason: EndReason,
) -> Result<u64, DatabaseError> {
    let (condition, mut rest) = condition(whose);
    let sql = format!("UPDATE #postern_session SET ended = ? WHERE ended IS NULL{condition}");
    let mut arguments = vec![reason.code().into()];
    arguments.append(&mut rest);
    connection.execute(&sql, arguments).await
}

pub(super) async fn delete(
    connection: &mut Connection,
    id_hash: &str,
) -> Result<bool, DatabaseError> {
    let sql = "DELETE FROM #postern_session WHERE id_hash = ?";
    Ok(connection.execute(sql, vec![id_hash.into()]).await? == 1)
}

pub(super) async fn list(
    connection: &mut Connection,
    whose: Whose<'_>,
) -> Result<Vec<StoredSession>, DatabaseError> {
    let (condition, arguments) = condition(whose);
    let sql = format!("SELECT {COLUMNS} FROM #postern_session WHERE ended IS NULL{condition}");
    let rows = connection.fetch_all(&sql, arguments).await?;
    rows.iter().map(read).collect()
}

fn condition(whose: Whose<'_>) -> (&'static str, Vec<Value>) {
    match whose {
        Whose::Of(admin) => (" AND user_id = ?", vec![admin.into()]),
        Whose::OthersOf(admin, id_hash) => (
            " AND user_id = ? AND id_hash <> ?",
            vec![admin.into(), id_hash.into()],
        ),
        Whose::Everybody => ("", Vec::new()),
    }
}

pub(super) async fn forget(
    connection: &mut Connection,
    now: Timestamp,
    limit: u32,
) -> Result<u64, DatabaseError> {
    // MySQL takes a limit in a subquery, and the table itself, only through a derived table.
    let sql = "DELETE FROM #postern_session WHERE id_hash IN (SELECT id_hash FROM \
               (SELECT id_hash FROM #postern_session WHERE forget_at <= ? LIMIT ?) AS forgotten)";
    let arguments = vec![now.as_second().into(), limit.into()];
    connection.execute(sql, arguments).await
}

pub(super) async fn delete_all(connection: &mut Connection) -> Result<u64, DatabaseError> {
    let ended = "DELETE FROM #postern_session WHERE ended IS NOT NULL";
    connection.execute(ended, Vec::new()).await?;
    connection.delete_all("#postern_session").await
}

pub(super) async fn count(connection: &mut Connection) -> Result<u64, DatabaseError> {
    let sql = "SELECT COUNT(*) FROM #postern_session WHERE ended IS NULL";
    let row = connection.fetch_optional(sql, Vec::new()).await?;
    let count = row.ok_or(DatabaseError::Shape { column: 0 })?.integer(0)?;
    Ok(u64::try_from(count).unwrap_or(0))
}
