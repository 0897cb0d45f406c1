//! Ways to the provider that browsers have begun, `postern_provider_attempt`, by the digest of the
//! state that comes back. Each is taken once.

use crate::database::{Connection, DatabaseError};
use crate::time;
use jiff::Timestamp;

/// A way that was begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderAttempt {
    /// The keyed digest of what only the browser has.
    pub browser_hash: String,
    /// The epoch it was begun in.
    pub epoch: i64,
    /// What for: `sign_in`, or the code of the action to confirm.
    pub purpose: String,
    /// The session that wants the action confirmed.
    pub session_hash: Option<String>,
    /// Where the person wanted to go.
    pub back: Option<String>,
    /// What they had typed, sealed.
    pub kept: Option<String>,
    /// The browser's address.
    pub ip: String,
    /// When it was begun.
    pub begun_at: Timestamp,
}

/// Stores a way under the digest of its state.
pub async fn create(
    connection: &mut Connection,
    state_hash: &str,
    attempt: &ProviderAttempt,
) -> Result<(), DatabaseError> {
    let sql = "INSERT INTO #postern_provider_attempt (state_hash, browser_hash, epoch, purpose, \
               session_hash, back, kept, ip, begun_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    let arguments = vec![
        state_hash.into(),
        attempt.browser_hash.as_str().into(),
        attempt.epoch.into(),
        attempt.purpose.as_str().into(),
        attempt.session_hash.as_deref().into(),
        attempt.back.as_deref().into(),
        attempt.kept.as_deref().into(),
        attempt.ip.as_str().into(),
        attempt.begun_at.as_second().into(),
    ];
    connection.execute(sql, arguments).await.map(|_| ())
}

/// Takes a way out: of two requests with the same state only one gets it.
pub async fn take(
    connection: &mut Connection,
    state_hash: &str,
) -> Result<Option<ProviderAttempt>, DatabaseError> {
    let sql = "SELECT browser_hash, epoch, purpose, session_hash, back, kept, ip, begun_at \
               FROM #postern_provider_attempt WHERE state_hash = ?";
    let row = connection
        .fetch_optional(sql, vec![state_hash.into()])
        .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let delete = "DELETE FROM #postern_provider_attempt WHERE state_hash = ?";
    if connection.execute(delete, vec![state_hash.into()]).await? != 1 {
        return Ok(None);
    }
    Ok(Some(ProviderAttempt {
        browser_hash: row.text(0)?,
        epoch: row.integer(1)?,
        purpose: row.text(2)?,
        session_hash: row.optional_text(3)?,
        back: row.optional_text(4)?,
        kept: row.optional_text(5)?,
        ip: row.text(6)?,
        begun_at: time::required(&row, 7)?,
    }))
}

/// How many ways are begun from an address since `since` and not ended.
pub async fn count_from(
    connection: &mut Connection,
    ip: &str,
    since: Timestamp,
) -> Result<u64, DatabaseError> {
    let sql = "SELECT COUNT(*) FROM #postern_provider_attempt WHERE ip = ? AND begun_at >= ?";
    let arguments = vec![ip.into(), since.as_second().into()];
    let row = connection.fetch_optional(sql, arguments).await?;
    let count = row.ok_or(DatabaseError::Shape { column: 0 })?.integer(0)?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// Removes what nobody came back from.
pub async fn delete_before(
    connection: &mut Connection,
    before: Timestamp,
) -> Result<u64, DatabaseError> {
    let sql = "DELETE FROM #postern_provider_attempt WHERE begun_at < ?";
    connection
        .execute(sql, vec![before.as_second().into()])
        .await
}

/// Removes all of them: a switch ends every way.
pub async fn delete_all(connection: &mut Connection) -> Result<u64, DatabaseError> {
    connection.delete_all("#postern_provider_attempt").await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::each_engine;

    fn attempt(second: i64) -> ProviderAttempt {
        ProviderAttempt {
            browser_hash: "b".repeat(64),
            epoch: 2,
            purpose: "sign_in".to_owned(),
            session_hash: None,
            back: Some("/back/admin/system_account/?x=ä".to_owned()),
            kept: None,
            ip: "2001:db8::1".to_owned(),
            begun_at: Timestamp::from_second(1_800_000_000 + second).unwrap(),
        }
    }

    #[tokio::test]
    async fn v13_a_way_is_taken_once_however_many_come_back_at_the_same_time() {
        each_engine(async |database| {
            let mut connection = database.connection().await;
            create(&mut connection, "state", &attempt(0)).await.unwrap();
            let takers = (0..6).map(|_| async {
                let mut connection = database.connection().await;
                take(&mut connection, "state").await.unwrap()
            });
            let taken: Vec<_> = futures_util::future::join_all(takers).await;
            let taken: Vec<_> = taken.into_iter().flatten().collect();
            assert_eq!(taken, [attempt(0)]);
        })
        .await;
    }

    #[tokio::test]
    async fn ways_are_counted_by_address_and_swept_when_they_are_old() {
        each_engine(async |database| {
            let mut connection = database.connection().await;
            for (state, second) in [("one", 0), ("two", 60)] {
                create(&mut connection, state, &attempt(second))
                    .await
                    .unwrap();
            }
            for (ip, since, count) in [
                ("2001:db8::1", 0, 2),
                ("2001:db8::1", 30, 1),
                ("192.0.2.1", 0, 0),
            ] {
                let since = attempt(since).begun_at;
                let counted = count_from(&mut connection, ip, since).await;
                assert_eq!(counted.unwrap(), count, "{ip}");
            }
            let before = attempt(30).begun_at;
            assert_eq!(delete_before(&mut connection, before).await.unwrap(), 1);
            assert_eq!(delete_all(&mut connection).await.unwrap(), 1);
        })
        .await;
    }
}
