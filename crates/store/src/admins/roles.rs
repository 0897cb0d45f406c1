//! The one role that an admin has: a row of the person below the row of the group.

use crate::database::{Connection, DatabaseError};
use domain::admin::AdminId;

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

/// What became of a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleChange {
    /// The admin has it now.
    Changed,
    /// The admin had it already.
    Unchanged,
    /// There is no such role.
    NoSuchRole,
}

/// Gives the admin the role `role` in place of the one they have.
pub async fn set_role(
    connection: &mut Connection,
    id: AdminId,
    role: &str,
) -> Result<RoleChange, DatabaseError> {
    let Some(role_id) = find_role(connection, role).await? else {
        return Ok(RoleChange::NoSuchRole);
    };
    let sql = "SELECT role_id, parent_id FROM #authorization_role WHERE user_id = ? \
               AND role_type = 'U' AND user_type = '2' AND parent_id > 0 ORDER BY role_id";
    let rows = connection.fetch_all(sql, vec![id.into()]).await?;
    let Some(row) = rows.first() else {
        let sql = "SELECT username FROM #admin_user WHERE user_id = ?";
        let row = connection.fetch_optional(sql, vec![id.into()]).await?;
        let username = row.map(|row| row.text(0)).transpose()?;
        assign_role(connection, id, role_id, &username.unwrap_or_default()).await?;
        return Ok(RoleChange::Changed);
    };
    if row.id(1)? == role_id {
        return Ok(RoleChange::Unchanged);
    }
    let sql = "UPDATE #authorization_role SET parent_id = ? WHERE role_id = ?";
    let arguments = vec![role_id.into(), row.id(0)?.into()];
    connection.execute(sql, arguments).await?;
    Ok(RoleChange::Changed)
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

/// The names of the roles that admins can have, in alphabetical order.
pub async fn list_role_names(connection: &mut Connection) -> Result<Vec<String>, DatabaseError> {
    let sql = "SELECT role_name FROM #authorization_role WHERE role_type = 'G' \
               AND user_type = '2' ORDER BY role_name";
    let rows = connection.fetch_all(sql, Vec::new()).await?;
    rows.iter()
        .filter_map(|row| row.optional_text(0).transpose())
        .collect()
}

pub(super) async fn find_role(
    connection: &mut Connection,
    name: &str,
) -> Result<Option<u32>, DatabaseError> {
    let sql = "SELECT role_id FROM #authorization_role WHERE role_name = ? AND role_type = 'G' \
               AND user_type = '2' ORDER BY role_id LIMIT 1";
    connection
        .fetch_optional(sql, vec![name.into()])
        .await?
        .map(|row| row.id(0))
        .transpose()
}

pub(super) async fn assign_role(
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
