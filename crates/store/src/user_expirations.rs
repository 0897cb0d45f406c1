//! `admin_user_expiration`: the day on which an account ends.

use crate::database::{Connection, DatabaseError};
use crate::time;
use domain::admin::AdminId;
use jiff::Timestamp;

/// When the account ends, if it does.
pub async fn find(
    connection: &mut Connection,
    admin: AdminId,
) -> Result<Option<Timestamp>, DatabaseError> {
    let expires_at = connection.dialect().seconds("expires_at");
    let sql = format!("SELECT {expires_at} FROM #admin_user_expiration WHERE user_id = ?");
    match connection.fetch_optional(&sql, vec![admin.into()]).await? {
        Some(row) => time::optional(&row, 0),
        None => Ok(None),
    }
}

/// Forgets that the account ends.
pub async fn delete(connection: &mut Connection, admin: AdminId) -> Result<(), DatabaseError> {
    let sql = "DELETE FROM #admin_user_expiration WHERE user_id = ?";
    connection
        .execute(sql, vec![admin.into()])
        .await
        .map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{AdminSeed, each_engine};

    #[tokio::test]
    async fn the_end_of_an_account_is_read_as_utc() {
        each_engine(async |test| {
            let ann = test.seed_admin(&AdminSeed::default()).await;
            let mut connection = test.connection().await;
            assert_eq!(find(&mut connection, ann).await.unwrap(), None);
            let sql = "INSERT INTO `#admin_user_expiration` (user_id, expires_at) \
                       VALUES (?, '2027-01-15 08:00:00')";
            test.execute(sql, vec![ann.into()]).await;
            let end = find(&mut connection, ann).await.unwrap().unwrap();
            assert_eq!(end.as_second(), 1_800_000_000);
            delete(&mut connection, ann).await.unwrap();
            assert_eq!(find(&mut connection, ann).await.unwrap(), None);
        })
        .await;
    }
}
