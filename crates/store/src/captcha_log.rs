//! `captcha_log`: how often a login, or an address, was tried of late. Commerce's rows and ours
//! are the same. Rows that no longer count stay until [`delete_older`]; who reads looks at the time.

use crate::database::{Connection, DatabaseError, Value};
use crate::time;
use domain::throttle::Attempts;
use jiff::Timestamp;

/// What attempts are counted by.
#[derive(Clone, Copy, Debug)]
pub enum Counted<'a> {
    /// The sender's address.
    Address(&'a str),
    /// The user name, or the mail address of "Forgot your password?".
    Login(&'a str),
}

impl Counted<'_> {
    /// The key of the row.
    fn key(self) -> [Value; 2] {
        match self {
            Self::Address(address) => ["1".into(), address.into()],
            Self::Login(login) => ["2".into(), login.into()],
        }
    }
}

/// The attempts so far.
pub async fn find(
    connection: &mut Connection,
    counted: Counted<'_>,
) -> Result<Option<Attempts>, DatabaseError> {
    let updated_at = connection.dialect().seconds("updated_at");
    let sql = format!("SELECT count, {updated_at} FROM #captcha_log WHERE type = ? AND value = ?");
    connection
        .fetch_optional(&sql, counted.key().into())
        .await?
        .map(|row| {
            Ok(Attempts {
                count: u32::try_from(row.integer(0)?).unwrap_or(u32::MAX),
                updated_at: time::optional(&row, 1)?.unwrap_or(Timestamp::UNIX_EPOCH),
            })
        })
        .transpose()
}

/// Counts one attempt more, however many others do the same; a count from before `since` begins
/// anew.
pub async fn count(
    connection: &mut Connection,
    counted: Counted<'_>,
    since: Timestamp,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    let dialect = connection.dialect();
    let timestamp = dialect.timestamp();
    let or_update = dialect.or_update("type, value");
    let sql = format!(
        "INSERT INTO #captcha_log (type, value, count, updated_at) VALUES (?, ?, 1, {timestamp}) \
         {or_update} count = CASE WHEN updated_at >= {timestamp} THEN count + 1 ELSE 1 END, \
         updated_at = {timestamp}"
    );
    let [kind, value] = counted.key();
    let arguments = vec![
        kind,
        value,
        now.as_second().into(),
        since.as_second().into(),
        now.as_second().into(),
    ];
    connection.execute(&sql, arguments).await.map(|_| ())
}

/// Forgets the attempts.
pub async fn delete(
    connection: &mut Connection,
    counted: Counted<'_>,
) -> Result<(), DatabaseError> {
    let sql = "DELETE FROM #captcha_log WHERE type = ? AND value = ?";
    connection
        .execute(sql, counted.key().into())
        .await
        .map(|_| ())
}

/// Removes rows from before `since`, row by row: the table has no index on the time, and one
/// statement for all would hold every row that is being counted.
pub async fn delete_older(
    connection: &mut Connection,
    since: Timestamp,
) -> Result<(), DatabaseError> {
    let timestamp = connection.dialect().timestamp();
    let sql = format!("SELECT type, value FROM #captcha_log WHERE updated_at < {timestamp}");
    let rows = connection
        .fetch_all(&sql, vec![since.as_second().into()])
        .await?;
    let sql = format!(
        "DELETE FROM #captcha_log WHERE type = ? AND value = ? AND updated_at < {timestamp}"
    );
    for row in rows {
        let arguments = vec![
            row.text(0)?.as_str().into(),
            row.text(1)?.as_str().into(),
            since.as_second().into(),
        ];
        connection.execute(&sql, arguments).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::each_engine;
    use jiff::SignedDuration;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + minute * 60).unwrap()
    }

    const HALF_AN_HOUR: SignedDuration = SignedDuration::from_mins(30);

    #[tokio::test]
    async fn attempts_add_up_until_they_are_old_or_forgotten() {
        each_engine(async |test| {
            let mut connection = test.connection().await;
            let (ann, home) = (Counted::Login("ann"), Counted::Address("192.0.2.7"));
            for (minute, expected) in [(0, 1), (1, 2), (31, 3), (62, 1)] {
                let since = at(minute) - HALF_AN_HOUR;
                count(&mut connection, ann, since, at(minute))
                    .await
                    .unwrap();
                let found = find(&mut connection, ann).await.unwrap().unwrap();
                assert_eq!((found.count, found.updated_at), (expected, at(minute)));
            }
            assert_eq!(find(&mut connection, home).await.unwrap(), None);
            delete(&mut connection, ann).await.unwrap();
            assert_eq!(find(&mut connection, ann).await.unwrap(), None);
        })
        .await;
    }

    #[tokio::test]
    async fn what_is_old_is_swept_out_and_the_rest_stays() {
        each_engine(async |test| {
            let mut connection = test.connection().await;
            for (minute, login) in [(0, "old"), (20, "young")] {
                count(&mut connection, Counted::Login(login), at(0), at(minute))
                    .await
                    .unwrap();
            }
            delete_older(&mut connection, at(10)).await.unwrap();
            assert_eq!(
                test.texts("SELECT value FROM `#captcha_log`").await,
                ["young"]
            );
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn no_attempt_of_many_at_once_is_lost() {
        each_engine(async |test| {
            let tasks = (0..24).map(|_| {
                let database = test.database().clone();
                tokio::spawn(async move {
                    let mut transaction = database.begin().await.unwrap();
                    let ann = Counted::Login("ann");
                    count(&mut transaction, ann, at(0), at(0)).await.unwrap();
                    transaction.commit().await.unwrap();
                })
            });
            for task in tasks.collect::<Vec<_>>() {
                task.await.unwrap();
            }
            let mut connection = test.connection().await;
            let found = find(&mut connection, Counted::Login("ann")).await.unwrap();
            assert_eq!(found.unwrap().count, 24);
        })
        .await;
    }
}
