//! Commerce's own admin tokens of the web API: JWTs, which `jwt_auth_revoked` voids by time of
//! issue, and the older opaque ones of `oauth_token`. Customers' and integrations' stay.

use crate::database::{Connection, DatabaseError, Value};
use crate::time;
use domain::admin::AdminId;
use jiff::Timestamp;

/// Commerce's number for admins in `jwt_auth_revoked.user_type_id`.
const ADMIN_USER_TYPE: i64 = 2;

/// Voids every admin token issued until `now`, for every admin there is. Returns how many admins
/// that are.
pub async fn void_all(connection: &mut Connection, now: Timestamp) -> Result<u64, DatabaseError> {
    let admins = void_jwts(connection, "SELECT user_id FROM #admin_user", &[], now).await?;
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
    let whose = "SELECT user_id FROM #admin_user WHERE user_id = ?";
    void_jwts(connection, whose, &[admin.into()], now).await?;
    let opaque = "UPDATE #oauth_token SET revoked = 1 \
                  WHERE admin_id = ? AND type = 'access' AND revoked = 0";
    connection
        .execute(opaque, vec![admin.into()])
        .await
        .map(|_| ())
}

/// Voids the JWTs of those whom the query `whose` finds. A token that is issued in the second of
/// its predecessor's end carries the next one as its time: so a second end within that second has
/// to reach further than the first.
async fn void_jwts(
    connection: &mut Connection,
    whose: &str,
    arguments: &[Value],
    now: Timestamp,
) -> Result<u64, DatabaseError> {
    let now = now.as_second();
    let given = |first: &[Value]| [first, arguments].concat();
    let further = format!(
        "UPDATE #jwt_auth_revoked SET revoke_before = CASE WHEN revoke_before >= ? \
         THEN revoke_before + 1 ELSE ? END WHERE user_type_id = ? AND user_id IN ({whose})"
    );
    let first = [now.into(), now.into(), ADMIN_USER_TYPE.into()];
    let again = connection.execute(&further, given(&first)).await?;
    let missing = format!(
        "INSERT INTO #jwt_auth_revoked (user_type_id, user_id, revoke_before) \
         SELECT ?, user_id, ? FROM ({whose}) admins WHERE user_id NOT IN \
         (SELECT user_id FROM (SELECT user_id FROM #jwt_auth_revoked WHERE user_type_id = ?) known)"
    );
    let mut values = vec![ADMIN_USER_TYPE.into(), now.into()];
    values.extend_from_slice(arguments);
    values.push(ADMIN_USER_TYPE.into());
    let for_the_first_time = connection.execute(&missing, values).await?;
    Ok(again + for_the_first_time)
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
    async fn v13_a_second_end_within_a_second_reaches_further_than_the_first() {
        each_engine(async |test| {
            let ann = test.seed_admin(&AdminSeed::default()).await;
            let mut connection = test.connection().await;
            let now = Timestamp::from_second(1_800_000_000).unwrap();
            let mut ends = Vec::new();
            for _ in 0..3 {
                assert_eq!(void_all(&mut connection, now).await.unwrap(), 1);
                ends.push(revoked_before(&mut connection, ann).await.unwrap().unwrap());
            }
            void_of(&mut connection, ann, now).await.unwrap();
            ends.push(revoked_before(&mut connection, ann).await.unwrap().unwrap());
            let second = now.as_second();
            assert_eq!(ends, [second, second + 1, second + 2, second + 3]);
            let later = Timestamp::from_second(second + 60).unwrap();
            void_all(&mut connection, later).await.unwrap();
            let end = revoked_before(&mut connection, ann).await.unwrap();
            assert_eq!(end, Some(second + 60));
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
