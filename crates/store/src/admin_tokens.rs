//! Commerce's own admin tokens of the web API: JWTs, which `jwt_auth_revoked` voids by time of
//! issue, and the older opaque ones of `oauth_token`. Customers' and integrations' stay.

use crate::database::{Connection, DatabaseError};
use domain::admin::AdminId;
use jiff::Timestamp;

/// Commerce's number for admins in `jwt_auth_revoked.user_type_id`.
const ADMIN_USER_TYPE: i64 = 2;

/// Voids every admin token issued until `now`, for every admin there is. Returns how many admins
/// that are.
pub async fn void_all(connection: &mut Connection, now: Timestamp) -> Result<u64, DatabaseError> {
    let forget = "DELETE FROM #jwt_auth_revoked WHERE user_type_id = ? \
                  AND user_id IN (SELECT user_id FROM #admin_user)";
    connection
        .execute(forget, vec![ADMIN_USER_TYPE.into()])
        .await?;
    let revoke = "INSERT INTO #jwt_auth_revoked (user_type_id, user_id, revoke_before) \
                  SELECT ?, user_id, ? FROM #admin_user";
    let arguments = vec![ADMIN_USER_TYPE.into(), now.as_second().into()];
    let admins = connection.execute(revoke, arguments).await?;
    let opaque = "UPDATE #oauth_token SET revoked = 1 \
                  WHERE admin_id IS NOT NULL AND type = 'access' AND revoked = 0";
    connection.execute(opaque, Vec::new()).await?;
    Ok(admins)
}

/// Voids every token of one admin issued until `now`.
pub async fn void_of(
    connection: &mut Connection,
    admin: AdminId,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    let forget = "DELETE FROM #jwt_auth_revoked WHERE user_type_id = ? AND user_id = ?";
    connection
        .execute(forget, vec![ADMIN_USER_TYPE.into(), admin.into()])
        .await?;
    let revoke = "INSERT INTO #jwt_auth_revoked (user_type_id, user_id, revoke_before) \
                  VALUES (?, ?, ?)";
    let arguments = vec![ADMIN_USER_TYPE.into(), admin.into(), now.as_second().into()];
    connection.execute(revoke, arguments).await?;
    let opaque = "UPDATE #oauth_token SET revoked = 1 \
                  WHERE admin_id = ? AND type = 'access' AND revoked = 0";
    connection
        .execute(opaque, vec![admin.into()])
        .await
        .map(|_| ())
}

/// Until when the admin's JWTs are void, by their time of issue; nothing when none ever were.
pub async fn revoked_before(
    connection: &mut Connection,
    admin: AdminId,
) -> Result<Option<i64>, DatabaseError> {
    let sql = "SELECT revoke_before FROM #jwt_auth_revoked WHERE user_type_id = ? AND user_id = ?";
    let arguments = vec![ADMIN_USER_TYPE.into(), admin.into()];
    connection
        .fetch_optional(sql, arguments)
        .await?
        .map(|row| row.integer(0))
        .transpose()
}
