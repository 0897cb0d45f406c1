//! Links of "Forgot your password?": `rp_token`, kept encrypted as Commerce keeps it.

use crate::database::{Connection, DatabaseError};
use crate::time;
use domain::admin::AdminId;
use jiff::Timestamp;

/// A stored reset token.
#[derive(Clone)]
pub struct ResetToken {
    /// The token, encrypted.
    pub encrypted: String,
    /// When it was made.
    pub created_at: Timestamp,
}

/// The token of an admin, if one was asked for.
pub async fn find(
    connection: &mut Connection,
    admin: AdminId,
) -> Result<Option<ResetToken>, DatabaseError> {
    let created_at = connection.dialect().seconds("rp_token_created_at");
    let sql = format!(
        "SELECT rp_token, {created_at} FROM #admin_user WHERE user_id = ? \
         AND rp_token IS NOT NULL AND rp_token_created_at IS NOT NULL"
    );
    connection
        .fetch_optional(&sql, vec![admin.into()])
        .await?
        .map(|row| {
            Ok(ResetToken {
                encrypted: row.text(0)?,
                created_at: time::required(&row, 1)?,
            })
        })
        .transpose()
}

/// Stores a token in place of the one that is there.
pub async fn set(
    connection: &mut Connection,
    admin: AdminId,
    encrypted: &str,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    let timestamp = connection.dialect().timestamp();
    let sql = format!(
        "UPDATE #admin_user SET rp_token = ?, rp_token_created_at = {timestamp} WHERE user_id = ?"
    );
    let arguments = vec![encrypted.into(), now.as_second().into(), admin.into()];
    connection.execute(&sql, arguments).await.map(|_| ())
}

/// Forgets the token, if there is one.
pub async fn delete(connection: &mut Connection, admin: AdminId) -> Result<(), DatabaseError> {
    let sql = "UPDATE #admin_user SET rp_token = NULL, rp_token_created_at = NULL \
               WHERE user_id = ?";
    connection
        .execute(sql, vec![admin.into()])
        .await
        .map(|_| ())
}

/// Uses up the token: returns false where it is no longer the stored one, so that of two
/// requests with the same link only one wins.
pub async fn consume(
    connection: &mut Connection,
    admin: AdminId,
    encrypted: &str,
) -> Result<bool, DatabaseError> {
    let sql = "UPDATE #admin_user SET rp_token = NULL, rp_token_created_at = NULL \
               WHERE user_id = ? AND rp_token = ?";
    Ok(connection
        .execute(sql, vec![admin.into(), encrypted.into()])
        .await?
        == 1)
}
