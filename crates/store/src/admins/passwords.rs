//! An admin's password and the earlier ones, `admin_passwords`.

use crate::database::{Connection, DatabaseError};
use crate::time;
use domain::admin::AdminId;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};

pub(super) async fn remember_password(
    connection: &mut Connection,
    id: AdminId,
    password_hash: &SecretString,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    let sql = "INSERT INTO #admin_passwords (user_id, password_hash, expires, last_updated) \
               VALUES (?, ?, 0, ?)";
    let arguments = vec![
        id.into(),
        password_hash.expose_secret().into(),
        now.as_second().into(),
    ];
    connection.execute(sql, arguments).await.map(|_| ())
}

/// Replaces the password of an admin and remembers it in the history.
pub async fn set_password(
    connection: &mut Connection,
    id: AdminId,
    password_hash: &SecretString,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    let timestamp = connection.dialect().timestamp();
    let sql =
        format!("UPDATE #admin_user SET password = ?, modified = {timestamp} WHERE user_id = ?");
    let arguments = vec![
        password_hash.expose_secret().into(),
        now.as_second().into(),
        id.into(),
    ];
    connection.execute(&sql, arguments).await?;
    remember_password(connection, id, password_hash, now).await
}

/// A row of `admin_passwords`.
pub struct EarlierPassword {
    /// Its number in the table.
    pub id: u32,
    /// The stored hash.
    pub hash: SecretString,
    /// When it was set.
    pub set_at: Timestamp,
}

/// An admin's last `limit` passwords, newest first.
pub async fn list_password_history(
    connection: &mut Connection,
    id: AdminId,
    limit: u32,
) -> Result<Vec<EarlierPassword>, DatabaseError> {
    let sql = "SELECT password_id, password_hash, last_updated FROM #admin_passwords \
               WHERE user_id = ? AND password_hash IS NOT NULL ORDER BY password_id DESC LIMIT ?";
    let rows = connection
        .fetch_all(sql, vec![id.into(), limit.into()])
        .await?;
    rows.iter()
        .map(|row| {
            Ok(EarlierPassword {
                id: row.id(0)?,
                hash: row.text(1)?.into(),
                set_at: time::required(row, 2)?,
            })
        })
        .collect()
}

/// Forgets a password of the history.
pub async fn forget_password(connection: &mut Connection, id: u32) -> Result<(), DatabaseError> {
    let sql = "DELETE FROM #admin_passwords WHERE password_id = ?";
    connection.execute(sql, vec![id.into()]).await.map(|_| ())
}

/// Puts a stronger hash of the same password in place of `old`, and remembers it. Returns false
/// where the password was changed meanwhile.
pub async fn strengthen_password(
    connection: &mut Connection,
    id: AdminId,
    old: &SecretString,
    new: &SecretString,
    now: Timestamp,
) -> Result<bool, DatabaseError> {
    let sql = "UPDATE #admin_user SET password = ? WHERE user_id = ? AND password = ?";
    let arguments = vec![
        new.expose_secret().into(),
        id.into(),
        old.expose_secret().into(),
    ];
    let is_replaced = connection.execute(sql, arguments).await? == 1;
    if is_replaced {
        remember_password(connection, id, new, now).await?;
    }
    Ok(is_replaced)
}
