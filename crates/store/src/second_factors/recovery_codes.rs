//! Recovery codes, `postern_recovery_code`, by their keyed digest.

use crate::database::{Connection, DatabaseError};
use domain::admin::AdminId;
use jiff::Timestamp;

/// Gives a person new codes in place of all that they had.
pub async fn replace(
    connection: &mut Connection,
    admin: AdminId,
    code_hashes: &[String],
    now: Timestamp,
) -> Result<(), DatabaseError> {
    delete_of(connection, admin).await?;
    let sql = "INSERT INTO #postern_recovery_code (code_hash, user_id, created_at) \
               VALUES (?, ?, ?)";
    for hash in code_hashes {
        let arguments = vec![hash.as_str().into(), admin.into(), now.as_second().into()];
        connection.execute(sql, arguments).await?;
    }
    Ok(())
}

/// Uses a code of a person up; false where it is none of theirs or was used before. Of several at
/// once only one gets true.
pub async fn use_once(
    connection: &mut Connection,
    admin: AdminId,
    code_hash: &str,
    now: Timestamp,
) -> Result<bool, DatabaseError> {
    let sql = "UPDATE #postern_recovery_code SET used_at = ? \
               WHERE code_hash = ? AND user_id = ? AND used_at IS NULL";
    let arguments = vec![now.as_second().into(), code_hash.into(), admin.into()];
    Ok(connection.execute(sql, arguments).await? == 1)
}

/// Whether a code of a person is left.
pub async fn is_left(
    connection: &mut Connection,
    admin: AdminId,
    code_hash: &str,
) -> Result<bool, DatabaseError> {
    let sql = "SELECT 1 FROM #postern_recovery_code \
               WHERE code_hash = ? AND user_id = ? AND used_at IS NULL";
    let arguments = vec![code_hash.into(), admin.into()];
    let row = connection.fetch_optional(sql, arguments).await?;
    Ok(row.is_some())
}

/// How many codes of a person are left.
pub async fn count_left(connection: &mut Connection, admin: AdminId) -> Result<u32, DatabaseError> {
    let sql = "SELECT COUNT(*) FROM #postern_recovery_code WHERE user_id = ? AND used_at IS NULL";
    let row = connection.fetch_optional(sql, vec![admin.into()]).await?;
    row.map_or(Ok(0), |row| row.id(0))
}

/// Forgets every code of a person. Returns how many there were, used ones included.
pub async fn delete_of(connection: &mut Connection, admin: AdminId) -> Result<u64, DatabaseError> {
    let sql = "DELETE FROM #postern_recovery_code WHERE user_id = ?";
    connection.execute(sql, vec![admin.into()]).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::each_engine;

    #[tokio::test]
    async fn a_code_works_once_for_its_person_however_many_ask_at_the_same_time() {
        each_engine(async |database| {
            let mut connection = database.connection().await;
            let now = Timestamp::from_second(1_800_000_000).unwrap();
            let codes = ["a".to_owned(), "b".to_owned()];
            replace(&mut connection, 1, &codes, now).await.unwrap();
            assert!(!use_once(&mut connection, 2, "a", now).await.unwrap());
            let users = (0..4).map(|_| async {
                let mut connection = database.connection().await;
                use_once(&mut connection, 1, "a", now).await.unwrap()
            });
            let used = futures_util::future::join_all(users).await;
            assert_eq!(used.into_iter().filter(|used| *used).count(), 1);
            assert_eq!(count_left(&mut connection, 1).await.unwrap(), 1);
            assert!(!is_left(&mut connection, 1, "a").await.unwrap());
            assert!(is_left(&mut connection, 1, "b").await.unwrap());
            assert!(!is_left(&mut connection, 2, "b").await.unwrap());
            let codes = ["c".to_owned()];
            replace(&mut connection, 1, &codes, now).await.unwrap();
            assert!(!use_once(&mut connection, 1, "b", now).await.unwrap());
            assert_eq!(delete_of(&mut connection, 1).await.unwrap(), 1);
        })
        .await;
    }
}
