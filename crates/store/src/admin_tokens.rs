//! Commerce's own admin tokens of the web API: JWTs, which `jwt_auth_revoked` voids by time of
//! issue, and the older opaque ones of `oauth_token`. Customers' and integrations' stay.

use crate::database::{Connection, DatabaseError};
use crate::time;
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

/// An opaque token of an admin that was not revoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpaqueToken {
    /// Whose it is.
    pub admin: AdminId,
    /// When it was issued.
    pub created_at: Timestamp,
}

/// The admin's opaque token of this text, to the letter: the database may think `a` and `A` alike.
pub async fn find_opaque(
    connection: &mut Connection,
    token: &str,
) -> Result<Option<OpaqueToken>, DatabaseError> {
    let created_at = connection.dialect().seconds("created_at");
    let sql = format!(
        "SELECT token, admin_id, {created_at} FROM #oauth_token WHERE token = ? \
         AND type = 'access' AND revoked = 0 AND user_type = ? AND admin_id IS NOT NULL"
    );
    let arguments = vec![token.into(), ADMIN_USER_TYPE.into()];
    let Some(row) = connection.fetch_optional(&sql, arguments).await? else {
        return Ok(None);
    };
    if row.text(0)? != token {
        return Ok(None);
    }
    Ok(Some(OpaqueToken {
        admin: row.id(1)?,
        created_at: time::required(&row, 2)?,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{AdminSeed, each_engine};

    const TOKEN: &str = "abcdefghijklmnopqrstuvwxyz012345";

    #[tokio::test]
    async fn an_opaque_token_is_found_to_the_letter_until_it_is_void() {
        each_engine(async |test| {
            let admin = test.seed_admin(&AdminSeed::default()).await;
            let sql = "INSERT INTO `#oauth_token` (admin_id, type, token, secret, callback_url, \
                       user_type, created_at) \
                       VALUES (?, 'access', ?, '', '', 2, '2027-01-15 08:00:00')";
            test.execute(sql, vec![admin.into(), TOKEN.into()]).await;
            let mut connection = test.connection().await;
            let now = Timestamp::from_second(1_800_000_000).unwrap();
            let found = find_opaque(&mut connection, TOKEN).await.unwrap();
            let expected = OpaqueToken {
                admin,
                created_at: now,
            };
            assert_eq!(found, Some(expected));
            let upper = find_opaque(&mut connection, &TOKEN.to_uppercase()).await;
            assert_eq!(upper.unwrap(), None);
            void_all(&mut connection, now).await.unwrap();
            let void = find_opaque(&mut connection, TOKEN).await.unwrap();
            assert_eq!(void, None);
        })
        .await;
    }

    #[tokio::test]
    async fn customers_and_integrations_are_no_admins() {
        each_engine(async |test| {
            let admin = test.seed_admin(&AdminSeed::default()).await;
            for (user_type, kind) in [(3_u32, "access"), (2, "request")] {
                let sql = "INSERT INTO `#oauth_token` (admin_id, type, token, secret, \
                           callback_url, user_type) VALUES (?, ?, ?, '', '', ?)";
                let arguments = vec![admin.into(), kind.into(), TOKEN.into(), user_type.into()];
                test.execute(sql, arguments).await;
                let mut connection = test.connection().await;
                let found = find_opaque(&mut connection, TOKEN).await.unwrap();
                assert_eq!(found, None, "{user_type} {kind}");
                test.execute("DELETE FROM `#oauth_token`", Vec::new()).await;
            }
        })
        .await;
    }
}
