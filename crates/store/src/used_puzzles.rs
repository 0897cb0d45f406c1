//! `postern_used_puzzle`: what may be used once, such as a puzzle or a logout token, kept until it
//! would be of no use any more.

use crate::database::{Connection, DatabaseError};
use jiff::Timestamp;

/// Uses something up; false where it was used before. Of several at once only one gets true.
pub async fn use_once(
    connection: &mut Connection,
    digest: &str,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<bool, DatabaseError> {
    let sql = "INSERT INTO #postern_used_puzzle (digest, used_at, expires_at) VALUES (?, ?, ?)";
    let arguments = vec![
        digest.into(),
        now.as_second().into(),
        expires_at.as_second().into(),
    ];
    match connection.execute(sql, arguments).await {
        Ok(_) => Ok(true),
        Err(DatabaseError::Duplicate) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Lets something be used once more, whose use came to nothing.
pub async fn take_back(connection: &mut Connection, digest: &str) -> Result<(), DatabaseError> {
    let sql = "DELETE FROM #postern_used_puzzle WHERE digest = ?";
    connection
        .execute(sql, vec![digest.into()])
        .await
        .map(|_| ())
}

/// Takes a turn that comes once in a while: true where nobody has taken it since `since`.
pub async fn take_turn(
    connection: &mut Connection,
    digest: &str,
    since: Timestamp,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<bool, DatabaseError> {
    let sql = "UPDATE #postern_used_puzzle SET used_at = ?, expires_at = ? \
               WHERE digest = ? AND used_at <= ?";
    let arguments = vec![
        now.as_second().into(),
        expires_at.as_second().into(),
        digest.into(),
        since.as_second().into(),
    ];
    if connection.execute(sql, arguments).await? == 1 {
        return Ok(true);
    }
    use_once(connection, digest, now, expires_at).await
}

/// Removes what has run out.
pub async fn delete_expired(
    connection: &mut Connection,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    let sql = "DELETE FROM #postern_used_puzzle WHERE expires_at <= ?";
    connection
        .execute(sql, vec![now.as_second().into()])
        .await
        .map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::each_engine;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    #[tokio::test]
    async fn a_puzzle_is_used_once_and_forgotten_when_it_has_run_out() {
        each_engine(async |test| {
            let mut connection = test.connection().await;
            for expected in [true, false] {
                let used = use_once(&mut connection, "one", at(0), at(60)).await;
                assert_eq!(used.unwrap(), expected);
            }
            delete_expired(&mut connection, at(59)).await.unwrap();
            assert!(
                !use_once(&mut connection, "one", at(59), at(60))
                    .await
                    .unwrap()
            );
            delete_expired(&mut connection, at(60)).await.unwrap();
            assert!(
                use_once(&mut connection, "one", at(60), at(99))
                    .await
                    .unwrap()
            );
        })
        .await;
    }

    #[tokio::test]
    async fn turns_come_one_after_the_other() {
        each_engine(async |test| {
            let mut connection = test.connection().await;
            for (since, now, expected) in [
                (0, 15, true),
                (0, 15, false),
                (14, 29, false),
                (15, 30, true),
                (29, 44, false),
            ] {
                let turn = take_turn(&mut connection, "home", at(since), at(now), at(999)).await;
                assert_eq!(turn.unwrap(), expected, "{since} {now}");
            }
        })
        .await;
    }
}
