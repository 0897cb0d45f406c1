//! Admins: `admin_user`, `admin_passwords` and the roles of `authorization_role`.

use crate::database::{Connection, DatabaseError, Row, Value};
use crate::time;
use domain::admin::{Admin, AdminId, Role};
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

/// Commerce's `user_type` of admins in `authorization_role`.
const ADMIN_USER_TYPE: &str = "2";

fn select(connection: &Connection, condition: &str) -> String {
    let dialect = connection.dialect();
    let [created, logdate, first_failure, lock_expires] = [
        "u.created",
        "u.logdate",
        "u.first_failure",
        "u.lock_expires",
    ]
    .map(|c| dialect.seconds(c));
    format!(
        "SELECT u.user_id, u.username, u.email, u.firstname, u.lastname, u.password, u.is_active, \
         {created}, {logdate}, u.failures_num, {first_failure}, {lock_expires}, \
         u.interface_locale, g.role_name, \
         (SELECT COUNT(*) FROM #authorization_rule r WHERE r.role_id = g.role_id \
          AND r.resource_id = 'Magento_Backend::all' AND r.permission = 'allow'), \
         (SELECT MAX(p.last_updated) FROM #admin_passwords p WHERE p.user_id = u.user_id) \
         FROM #admin_user u \
         LEFT JOIN #authorization_role a ON a.user_id = u.user_id AND a.role_type = 'U' \
          AND a.user_type = '{ADMIN_USER_TYPE}' AND a.parent_id > 0 \
         LEFT JOIN #authorization_role g ON g.role_id = a.parent_id AND g.role_type = 'G' \
         WHERE {condition} ORDER BY u.user_id, a.role_id"
    )
}

fn admin(row: &Row) -> Result<Admin, DatabaseError> {
    let role_name = row.optional_text(13)?;
    let has_full_rights = row.optional_integer(14)?.unwrap_or(0) > 0;
    Ok(Admin {
        id: row.id(0)?,
        username: row.optional_text(1)?.unwrap_or_default(),
        email: row.optional_text(2)?,
        first_name: row.optional_text(3)?.unwrap_or_default(),
        last_name: row.optional_text(4)?.unwrap_or_default(),
        password_hash: row.optional_text(5)?.unwrap_or_default().into(),
        is_active: row.integer(6)? == 1,
        created_at: time::optional(row, 7)?,
        password_set_at: time::optional(row, 15)?,
        last_sign_in: time::optional(row, 8)?,
        lockout: Lockout {
            failures: u16::try_from(row.optional_integer(9)?.unwrap_or(0).max(0))
                .unwrap_or(u16::MAX),
            first_failure: time::optional(row, 10)?,
            locked_until: time::optional(row, 11)?,
        },
        locale: row.optional_text(12)?.unwrap_or_else(|| "en_US".to_owned()),
        role: role_name.map(|name| Role {
            name,
            has_full_rights,
        }),
    })
}

/// Every admin, in the order they were made.
pub async fn list(connection: &mut Connection) -> Result<Vec<Admin>, DatabaseError> {
    let sql = select(connection, "1 = 1");
    let mut admins: Vec<Admin> = connection
        .fetch_all(&sql, Vec::new())
        .await?
        .iter()
        .map(admin)
        .collect::<Result<_, _>>()?;
    // A person with several role rows has, as in Commerce, the role of the first.
    admins.dedup_by_key(|admin| admin.id);
    Ok(admins)
}

/// The admin of a user name, compared as the column's collation compares.
pub async fn find_by_username(
    connection: &mut Connection,
    username: &str,
) -> Result<Option<Admin>, DatabaseError> {
    find(connection, "u.username = ?", username.into()).await
}

/// The admin of an id.
pub async fn find_by_id(
    connection: &mut Connection,
    id: AdminId,
) -> Result<Option<Admin>, DatabaseError> {
    find(connection, "u.user_id = ?", id.into()).await
}

/// Holds an admin's row until the transaction ends, so that what concerns one account happens one
/// after the other, on whichever node. Returns false where there is none.
pub async fn hold(connection: &mut Connection, id: AdminId) -> Result<bool, DatabaseError> {
    let suffix = connection.dialect().for_update();
    let sql = format!("SELECT user_id FROM #admin_user WHERE user_id = ?{suffix}");
    let row = connection.fetch_optional(&sql, vec![id.into()]).await?;
    Ok(row.is_some())
}

/// As [`find_by_id`], after nobody else can change the account before the transaction ends. Must
/// come first in its transaction: what a transaction has read before may be older.
pub async fn lock(
    connection: &mut Connection,
    id: AdminId,
) -> Result<Option<Admin>, DatabaseError> {
    hold(connection, id).await?;
    find_by_id(connection, id).await
}

/// The first admin with a mail address, compared as the column's collation compares.
pub async fn find_by_email(
    connection: &mut Connection,
    email: &str,
) -> Result<Option<Admin>, DatabaseError> {
    find(connection, "u.email = ?", email.into()).await
}

async fn find(
    connection: &mut Connection,
    condition: &str,
    argument: Value,
) -> Result<Option<Admin>, DatabaseError> {
    let sql = select(connection, condition);
    connection
        .fetch_optional(&sql, vec![argument])
        .await?
        .map(|row| admin(&row))
        .transpose()
}

/// When an active admin with full rights last signed in, if ever.
pub async fn last_full_rights_sign_in(
    connection: &mut Connection,
) -> Result<Option<Timestamp>, DatabaseError> {
    let admins = list(connection).await?;
    Ok(admins
        .iter()
        .filter(|admin| admin.is_active && admin.has_full_rights())
        .filter_map(|admin| admin.last_sign_in)
        .max())
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

/// Gives the admin the role `role` where it has none. Returns false where there is no such role.
pub async fn ensure_role(
    connection: &mut Connection,
    id: AdminId,
    username: &str,
    role: &str,
) -> Result<bool, DatabaseError> {
    let sql = "SELECT 1 FROM #authorization_role WHERE user_id = ? AND role_type = 'U' \
               AND user_type = '2' AND parent_id > 0";
    if connection
        .fetch_optional(sql, vec![id.into()])
        .await?
        .is_some()
    {
        return Ok(true);
    }
    let Some(role_id) = find_role(connection, role).await? else {
        return Ok(false);
    };
    assign_role(connection, id, role_id, username).await?;
    Ok(true)
}

/// Makes the role `name`, without any rights, unless a role of that name exists.
pub async fn ensure_role_exists(
    connection: &mut Connection,
    name: &str,
) -> Result<(), DatabaseError> {
    if find_role(connection, name).await?.is_none() {
        let sql = "INSERT INTO #authorization_role (parent_id, tree_level, sort_order, role_type, \
                   user_id, user_type, role_name) VALUES (0, 1, 0, 'G', 0, '2', ?)";
        connection.execute(sql, vec![name.into()]).await?;
    }
    Ok(())
}

async fn find_role(connection: &mut Connection, name: &str) -> Result<Option<u32>, DatabaseError> {
    let sql = "SELECT role_id FROM #authorization_role WHERE role_name = ? AND role_type = 'G' \
               AND user_type = '2' ORDER BY role_id LIMIT 1";
    connection
        .fetch_optional(sql, vec![name.into()])
        .await?
        .map(|row| row.id(0))
        .transpose()
}

async fn assign_role(
    connection: &mut Connection,
    id: AdminId,
    role_id: u32,
    username: &str,
) -> Result<(), DatabaseError> {
    let sql = "INSERT INTO #authorization_role (parent_id, tree_level, sort_order, role_type, \
               user_id, user_type, role_name) VALUES (?, 2, 0, 'U', ?, '2', ?)";
    connection
        .execute(sql, vec![role_id.into(), id.into(), username.into()])
        .await
        .map(|_| ())
}

async fn remember_password(
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
