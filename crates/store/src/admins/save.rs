//! Making admins and changing what `admin_user` holds of them.

use super::passwords::remember_password;
use super::roles::{assign_role, find_role};
use crate::database::{Connection, DatabaseError};
use domain::admin::AdminId;
use domain::lockout::Lockout;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};

/// What the command line knows of an admin to be made or changed.
#[derive(Clone, Debug)]
pub struct Profile {
    /// User name.
    pub username: String,
    /// Mail address.
    pub email: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
}

/// Makes an admin and gives it the role named `role`. Returns nothing where there is no such role.
pub async fn create(
    connection: &mut Connection,
    profile: &Profile,
    password_hash: &SecretString,
    role: &str,
    now: Timestamp,
) -> Result<Option<AdminId>, DatabaseError> {
    let Some(role_id) = find_role(connection, role).await? else {
        return Ok(None);
    };
    let timestamp = connection.dialect().timestamp();
    let sql = format!(
        "INSERT INTO #admin_user (firstname, lastname, email, username, password, created, \
         modified, is_active, extra) VALUES (?, ?, ?, ?, ?, {timestamp}, {timestamp}, 1, 'null')"
    );
    let arguments = vec![
        profile.first_name.as_str().into(),
        profile.last_name.as_str().into(),
        profile.email.as_str().into(),
        profile.username.as_str().into(),
        password_hash.expose_secret().into(),
        now.as_second().into(),
        now.as_second().into(),
    ];
    connection.execute(&sql, arguments).await?;
    let id = connection.last_insert_id().await?;
    assign_role(connection, id, role_id, &profile.username).await?;
    remember_password(connection, id, password_hash, now).await?;
    Ok(Some(id))
}

/// Gives an existing admin new names, the address and a new password, and makes it active.
pub async fn update(
    connection: &mut Connection,
    id: AdminId,
    profile: &Profile,
    password_hash: &SecretString,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    let timestamp = connection.dialect().timestamp();
    let sql = format!(
        "UPDATE #admin_user SET firstname = ?, lastname = ?, email = ?, password = ?, is_active = 1, \
         modified = {timestamp} WHERE user_id = ?"
    );
    let arguments = vec![
        profile.first_name.as_str().into(),
        profile.last_name.as_str().into(),
        profile.email.as_str().into(),
        password_hash.expose_secret().into(),
        now.as_second().into(),
        id.into(),
    ];
    connection.execute(&sql, arguments).await?;
    remember_password(connection, id, password_hash, now).await
}

/// Gives an existing admin other names, another address and another language.
pub async fn set_profile(
    connection: &mut Connection,
    id: AdminId,
    profile: &Profile,
    locale: &str,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    let timestamp = connection.dialect().timestamp();
    let sql = format!(
        "UPDATE #admin_user SET username = ?, firstname = ?, lastname = ?, email = ?, \
         interface_locale = ?, modified = {timestamp} WHERE user_id = ?"
    );
    let arguments = vec![
        profile.username.as_str().into(),
        profile.first_name.as_str().into(),
        profile.last_name.as_str().into(),
        profile.email.as_str().into(),
        locale.into(),
        now.as_second().into(),
        id.into(),
    ];
    connection.execute(&sql, arguments).await.map(|_| ())
}

/// Whether somebody other than `id` has the user name or the address.
pub async fn is_taken(
    connection: &mut Connection,
    username: &str,
    email: &str,
    id: AdminId,
) -> Result<bool, DatabaseError> {
    let sql =
        "SELECT 1 FROM #admin_user WHERE (username = ? OR email = ?) AND user_id <> ? LIMIT 1";
    let arguments = vec![username.into(), email.into(), id.into()];
    Ok(connection.fetch_optional(sql, arguments).await?.is_some())
}

/// Writes the state of the lock.
pub async fn set_lockout(
    connection: &mut Connection,
    id: AdminId,
    lockout: Lockout,
) -> Result<(), DatabaseError> {
    let timestamp = connection.dialect().timestamp();
    let sql = format!(
        "UPDATE #admin_user SET failures_num = ?, first_failure = {timestamp}, \
         lock_expires = {timestamp} WHERE user_id = ?"
    );
    let arguments = vec![
        // The column is a signed 16-bit one.
        i64::from(lockout.failures.min(i16::MAX.unsigned_abs())).into(),
        lockout.first_failure.map(Timestamp::as_second).into(),
        lockout.locked_until.map(Timestamp::as_second).into(),
        id.into(),
    ];
    connection.execute(&sql, arguments).await.map(|_| ())
}

/// Notes a successful sign-in: its time and its count (`lognum` is a 16-bit column and stays at
/// its end).
pub async fn record_sign_in(
    connection: &mut Connection,
    id: AdminId,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    let timestamp = connection.dialect().timestamp();
    let sql = format!(
        "UPDATE #admin_user SET logdate = {timestamp}, \
         lognum = CASE WHEN lognum < 65535 THEN lognum + 1 ELSE lognum END WHERE user_id = ?"
    );
    connection
        .execute(&sql, vec![now.as_second().into(), id.into()])
        .await
        .map(|_| ())
}

/// Switches an account off.
pub async fn deactivate(connection: &mut Connection, id: AdminId) -> Result<(), DatabaseError> {
    let sql = "UPDATE #admin_user SET is_active = 0 WHERE user_id = ?";
    connection.execute(sql, vec![id.into()]).await.map(|_| ())
}
