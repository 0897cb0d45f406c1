//! `oauth_token_request_log`: failed requests for an admin's token of the web API, by user name.
//! Customers' rows are another's and stay.

use crate::database::{Connection, DatabaseError};
use crate::time;
use domain::throttle::TokenRequests;
use jiff::Timestamp;

/// Commerce's number for admins in this table.
const ADMIN_USER_TYPE: u32 = 3;

/// The failures for a name.
pub async fn find(
    connection: &mut Connection,
    username: &str,
) -> Result<Option<TokenRequests>, DatabaseError> {
    let lock_expires_at = connection.dialect().seconds("lock_expires_at");
    let sql = format!(
        "SELECT failures_count, {lock_expires_at} FROM #oauth_token_request_log \
         WHERE user_name = ? AND user_type = ?"
    );
    connection
        .fetch_optional(&sql, vec![username.into(), ADMIN_USER_TYPE.into()])
        .await?
        .map(|row| {
            let failures = row.optional_integer(0)?.unwrap_or(0);
            Ok(TokenRequests {
                failures: u32::try_from(failures).unwrap_or(u32::MAX),
                locked_until: time::optional(&row, 1)?.unwrap_or(Timestamp::UNIX_EPOCH),
            })
        })
        .transpose()
}

/// Counts one failure more, and renews the time until which it counts.
pub async fn count(
    connection: &mut Connection,
    username: &str,
    locked_until: Timestamp,
) -> Result<(), DatabaseError> {
    let dialect = connection.dialect();
    let (timestamp, or_update) = (
        dialect.timestamp(),
        dialect.or_update("user_name, user_type"),
    );
    let count = format!(
        "INSERT INTO #oauth_token_request_log (user_name, user_type, failures_count) \
         VALUES (?, ?, 1) {or_update} failures_count = \
         CASE WHEN failures_count < 65535 THEN failures_count + 1 ELSE failures_count END"
    );
    let row = [username.into(), ADMIN_USER_TYPE.into()];
    connection.execute(&count, row.to_vec()).await?;
    // The column sets itself to the present time whenever a row is updated and it keeps its value;
    // apart from the count, which does just that, its value always changes here.
    let lock = format!(
        "UPDATE #oauth_token_request_log SET lock_expires_at = {timestamp} \
         WHERE user_name = ? AND user_type = ?"
    );
    let arguments = [vec![locked_until.as_second().into()], row.into()].concat();
    connection.execute(&lock, arguments).await.map(|_| ())
}

/// Forgets the failures for a name.
pub async fn delete(connection: &mut Connection, username: &str) -> Result<(), DatabaseError> {
    let sql = "DELETE FROM #oauth_token_request_log WHERE user_name = ? AND user_type = ?";
    connection
        .execute(sql, vec![username.into(), ADMIN_USER_TYPE.into()])
        .await
        .map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::each_engine;

    #[tokio::test]
    async fn failures_add_up_beside_those_of_customers() {
        each_engine(async |test| {
            let at = |second| Timestamp::from_second(1_800_000_000 + second).unwrap();
            let sql = "INSERT INTO `#oauth_token_request_log` (user_name, user_type, \
                       failures_count) VALUES ('ann', 2, 9)";
            test.execute(sql, Vec::new()).await;
            let mut connection = test.connection().await;
            assert_eq!(find(&mut connection, "ann").await.unwrap(), None);
            for failures in 1..=3 {
                let until = at(i64::from(failures / 2));
                count(&mut connection, "ann", until).await.unwrap();
                let found = find(&mut connection, "ann").await.unwrap().unwrap();
                assert_eq!((found.failures, found.locked_until), (failures, until));
            }
            delete(&mut connection, "ann").await.unwrap();
            assert_eq!(find(&mut connection, "ann").await.unwrap(), None);
            let left = "SELECT user_name FROM `#oauth_token_request_log`";
            assert_eq!(test.texts(left).await, ["ann"]);
        })
        .await;
    }
}
