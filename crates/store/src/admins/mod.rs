//! Admins: `admin_user`, `admin_passwords` and the roles of `authorization_role`. Finding them is
//! here; what changes them in the files beside.

mod passwords;
mod rights;
mod roles;
mod save;

pub use passwords::{
    EarlierPassword, forget_password, list_password_history, set_password, strengthen_password,
};
pub use rights::is_allowed;
pub use roles::{RoleChange, ensure_role, ensure_role_exists, list_role_names, set_role};
pub use save::{
    Profile, create, deactivate, is_taken, record_sign_in, set_lockout, set_profile, update,
};

use crate::database::{Connection, DatabaseError, Row, Value};
use crate::time;
use domain::admin::{Admin, AdminId, Role};
use domain::lockout::Lockout;

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
         (SELECT MAX(p.last_updated) FROM #admin_passwords p WHERE p.user_id = u.user_id), \
         (SELECT COUNT(*) FROM #authorization_rule r WHERE r.role_id = g.role_id \
          AND r.permission = 'allow') \
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
    let has_any_rights = row.optional_integer(16)?.unwrap_or(0) > 0;
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
            has_any_rights,
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

/// Every admin whose mail address is this one as the column's collation compares, which takes
/// other addresses for it as well.
pub async fn list_by_email(
    connection: &mut Connection,
    email: &str,
) -> Result<Vec<Admin>, DatabaseError> {
    let sql = select(connection, "u.email = ?");
    let rows = connection.fetch_all(&sql, vec![email.into()]).await?;
    let mut admins: Vec<Admin> = rows.iter().map(admin).collect::<Result<_, _>>()?;
    admins.dedup_by_key(|admin| admin.id);
    Ok(admins)
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
