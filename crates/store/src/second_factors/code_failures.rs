//! Wrong codes in a row, `postern_code_failure`, by a digest of whose they are.

use crate::database::{Connection, DatabaseError, Row};
use crate::time;
use domain::admin::AdminId;
use domain::second_factor::code_limit::CodeFailures;
use jiff::Timestamp;

const SELECT: &str = "SELECT failures, last_failure, locked_until FROM #postern_code_failure \
                      WHERE subject_hash = ?";

/// The count of a subject; nought where none is kept.
pub async fn find(
    connection: &mut Connection,
    subject_hash: &str,
) -> Result<CodeFailures, DatabaseError> {
    let row = connection
        .fetch_optional(SELECT, vec![subject_hash.into()])
        .await?;
    row.map_or_else(|| Ok(CodeFailures::default()), |row| count(&row))
}

/// The count of a network address, which nobody else can change before the transaction ends. What a
/// transaction holds besides, it must hold before.
pub async fn hold(
    connection: &mut Connection,
    subject_hash: &str,
    now: Timestamp,
) -> Result<CodeFailures, DatabaseError> {
    let or_update = connection.dialect().or_update("subject_hash");
    // A row that is not there cannot be held.
    let sql = format!(
        "INSERT INTO #postern_code_failure (subject_hash, failures, last_failure) \
         VALUES (?, 0, ?) {or_update} failures = failures"
    );
    let arguments = vec![subject_hash.into(), now.as_second().into()];
    connection.execute(&sql, arguments).await?;
    let suffix = connection.dialect().for_update();
    let sql = format!("{SELECT}{suffix}");
    let row = connection
        .fetch_optional(&sql, vec![subject_hash.into()])
        .await?;
    row.map_or_else(|| Ok(CodeFailures::default()), |row| count(&row))
}

fn count(row: &Row) -> Result<CodeFailures, DatabaseError> {
    Ok(CodeFailures {
        failures: row.id(0)?,
        last_failure: time::optional(row, 1)?,
        locked_until: time::optional(row, 2)?,
    })
}

/// Keeps a count; `admin` is whose account it is about, where it is about one.
pub async fn save(
    connection: &mut Connection,
    subject_hash: &str,
    admin: Option<AdminId>,
    count: CodeFailures,
) -> Result<(), DatabaseError> {
    let or_update = connection.dialect().or_update("subject_hash");
    let sql = format!(
        "INSERT INTO #postern_code_failure (subject_hash, user_id, failures, last_failure, \
         locked_until) VALUES (?, ?, ?, ?, ?) {or_update} failures = ?, last_failure = ?, \
         locked_until = ?"
    );
    let second = |at: Option<Timestamp>| at.map(Timestamp::as_second);
    let arguments = vec![
        subject_hash.into(),
        admin.map(i64::from).into(),
        count.failures.into(),
        second(count.last_failure).into(),
        second(count.locked_until).into(),
        count.failures.into(),
        second(count.last_failure).into(),
        second(count.locked_until).into(),
    ];
    connection.execute(&sql, arguments).await.map(|_| ())
}

/// Forgets the count of a subject.
pub async fn delete(connection: &mut Connection, subject_hash: &str) -> Result<(), DatabaseError> {
    let sql = "DELETE FROM #postern_code_failure WHERE subject_hash = ?";
    connection
        .execute(sql, vec![subject_hash.into()])
        .await
        .map(|_| ())
}

/// Forgets every count about an account.
pub async fn delete_of(connection: &mut Connection, admin: AdminId) -> Result<u64, DatabaseError> {
    let sql = "DELETE FROM #postern_code_failure WHERE user_id = ?";
    connection.execute(sql, vec![admin.into()]).await
}

/// Forgets counts of network addresses that nobody added to since `since`.
pub async fn delete_addresses_before(
    connection: &mut Connection,
    since: Timestamp,
) -> Result<(), DatabaseError> {
    let sql = "DELETE FROM #postern_code_failure WHERE user_id IS NULL AND last_failure < ?";
    connection
        .execute(sql, vec![since.as_second().into()])
        .await
        .map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::each_engine;

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn of_those_who_count_at_once_for_an_address_none_is_lost() {
        each_engine(async |database| {
            let mut counting = tokio::task::JoinSet::new();
            for _ in 0..4 {
                let database = database.database().clone();
                counting.spawn(async move {
                    let now = Timestamp::from_second(1_800_000_000).unwrap();
                    let mut transaction = database.begin().await.unwrap();
                    let mut count = hold(&mut transaction, "address", now).await.unwrap();
                    count.failures += 1;
                    save(&mut transaction, "address", None, count)
                        .await
                        .unwrap();
                    transaction.commit().await.unwrap();
                });
            }
            counting.join_all().await;
            let mut connection = database.connection().await;
            let count = find(&mut connection, "address").await.unwrap();
            assert_eq!(count.failures, 4);
            let later = Timestamp::from_second(1_800_000_001).unwrap();
            delete_addresses_before(&mut connection, later)
                .await
                .unwrap();
            assert_eq!(find(&mut connection, "address").await.unwrap().failures, 0);
        })
        .await;
    }

    #[tokio::test]
    async fn counts_are_kept_apart_and_those_of_accounts_are_not_forgotten_with_time() {
        each_engine(async |database| {
            let mut connection = database.connection().await;
            let at = Timestamp::from_second(1_800_000_000).unwrap();
            let count = |failures| CodeFailures {
                failures,
                last_failure: Some(at),
                locked_until: Some(at),
            };
            for failures in [1, 2] {
                let kept = save(&mut connection, "ann", Some(1), count(failures)).await;
                kept.unwrap();
            }
            save(&mut connection, "office", None, count(9))
                .await
                .unwrap();
            assert_eq!(find(&mut connection, "ann").await.unwrap(), count(2));
            let later = Timestamp::from_second(1_800_000_001).unwrap();
            delete_addresses_before(&mut connection, later)
                .await
                .unwrap();
            assert_eq!(find(&mut connection, "office").await.unwrap().failures, 0);
            assert_eq!(delete_of(&mut connection, 1).await.unwrap(), 1);
            save(&mut connection, "ann", Some(1), count(1))
                .await
                .unwrap();
            delete(&mut connection, "ann").await.unwrap();
            assert_eq!(find(&mut connection, "ann").await.unwrap().failures, 0);
        })
        .await;
    }
}
