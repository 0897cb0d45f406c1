//! `postern_known_browser`: the browsers that admins have signed in with, by the digest of their
//! cookie, for each person apart.

use crate::database::{Connection, DatabaseError, Row, Value};
use crate::time;
use domain::admin::AdminId;
use domain::known_browser::{KnownBrowser, MOST_PER_ADMIN};
use domain::lockout::Lockout;
use jiff::Timestamp;

const COLUMNS: &str = "created_at, last_used_at, failures, first_failure, locked_until";

fn browser(row: &Row) -> Result<KnownBrowser, DatabaseError> {
    Ok(KnownBrowser {
        created_at: time::required(row, 0)?,
        last_used_at: time::required(row, 1)?,
        lockout: Lockout {
            failures: u16::try_from(row.integer(2)?.max(0)).unwrap_or(u16::MAX),
            first_failure: time::optional(row, 3)?,
            locked_until: time::optional(row, 4)?,
        },
    })
}

/// What is known of a browser, for one person.
pub async fn find(
    connection: &mut Connection,
    id_hash: &str,
    admin: AdminId,
) -> Result<Option<KnownBrowser>, DatabaseError> {
    let sql =
        format!("SELECT {COLUMNS} FROM #postern_known_browser WHERE id_hash = ? AND user_id = ?");
    connection
        .fetch_optional(&sql, vec![id_hash.into(), admin.into()])
        .await?
        .map(|row| browser(&row))
        .transpose()
}

/// Whether anybody has signed in with a browser.
pub async fn exists(connection: &mut Connection, id_hash: &str) -> Result<bool, DatabaseError> {
    let sql = "SELECT 1 FROM #postern_known_browser WHERE id_hash = ? LIMIT 1";
    let row = connection.fetch_optional(sql, vec![id_hash.into()]).await?;
    Ok(row.is_some())
}

/// Remembers a browser as `known` says. Where the person has too many, those unused for longest
/// are forgotten.
pub async fn save(
    connection: &mut Connection,
    id_hash: &str,
    admin: AdminId,
    known: &KnownBrowser,
) -> Result<(), DatabaseError> {
    let lockout = known.lockout;
    let second = |at: Option<Timestamp>| Value::from(at.map(Timestamp::as_second));
    let state = vec![
        known.created_at.as_second().into(),
        known.last_used_at.as_second().into(),
        // The column is a signed 16-bit one.
        i64::from(lockout.failures.min(i16::MAX.unsigned_abs())).into(),
        second(lockout.first_failure),
        second(lockout.locked_until),
        id_hash.into(),
        admin.into(),
    ];
    let update = "UPDATE #postern_known_browser SET created_at = ?, last_used_at = ?, failures = ?, \
                  first_failure = ?, locked_until = ? WHERE id_hash = ? AND user_id = ?";
    if connection.execute(update, state.clone()).await? == 1 {
        return Ok(());
    }
    let insert = format!(
        "INSERT INTO #postern_known_browser ({COLUMNS}, id_hash, user_id) \
         VALUES (?, ?, ?, ?, ?, ?, ?)"
    );
    connection.execute(&insert, state).await?;
    make_room(connection, admin).await
}

async fn make_room(connection: &mut Connection, admin: AdminId) -> Result<(), DatabaseError> {
    let sql = "SELECT id_hash FROM #postern_known_browser WHERE user_id = ? \
               ORDER BY last_used_at DESC, created_at DESC, id_hash";
    let rows = connection.fetch_all(sql, vec![admin.into()]).await?;
    for row in rows.iter().skip(MOST_PER_ADMIN as usize) {
        let sql = "DELETE FROM #postern_known_browser WHERE id_hash = ? AND user_id = ?";
        let arguments = vec![row.text(0)?.as_str().into(), admin.into()];
        connection.execute(sql, arguments).await?;
    }
    Ok(())
}

/// Takes counts and locks off every browser of a person. Returns how many had any.
pub async fn unlock_of(connection: &mut Connection, admin: AdminId) -> Result<u64, DatabaseError> {
    let sql = "UPDATE #postern_known_browser SET failures = 0, first_failure = NULL, \
               locked_until = NULL WHERE user_id = ? AND failures > 0";
    connection.execute(sql, vec![admin.into()]).await
}

/// Forgets browsers that nobody has signed in with since `since`.
pub async fn delete_unused(
    connection: &mut Connection,
    since: Timestamp,
) -> Result<(), DatabaseError> {
    let sql = "DELETE FROM #postern_known_browser WHERE last_used_at < ?";
    connection
        .execute(sql, vec![since.as_second().into()])
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
    async fn a_browser_is_known_to_each_of_its_people_apart() {
        each_engine(async |test| {
            let mut connection = test.connection().await;
            let mut known = KnownBrowser::new(at(0));
            save(&mut connection, "home", 1, &known).await.unwrap();
            assert_eq!(find(&mut connection, "home", 2).await.unwrap(), None);
            assert!(exists(&mut connection, "home").await.unwrap());
            assert!(!exists(&mut connection, "cafe").await.unwrap());
            known.last_used_at = at(9);
            known.lockout = Lockout {
                failures: 6,
                first_failure: Some(at(1)),
                locked_until: Some(at(1800)),
            };
            save(&mut connection, "home", 1, &known).await.unwrap();
            assert_eq!(find(&mut connection, "home", 1).await.unwrap(), Some(known));
            assert_eq!(unlock_of(&mut connection, 1).await.unwrap(), 1);
            assert_eq!(unlock_of(&mut connection, 1).await.unwrap(), 0);
            let free = find(&mut connection, "home", 1).await.unwrap().unwrap();
            assert_eq!(free.lockout, Lockout::default());
        })
        .await;
    }

    #[tokio::test]
    async fn the_browser_unused_for_longest_makes_room_and_half_a_year_forgets_the_rest() {
        each_engine(async |test| {
            let mut connection = test.connection().await;
            for number in 0..=MOST_PER_ADMIN {
                let known = KnownBrowser::new(at(i64::from(number)));
                let id = format!("browser-{number}");
                save(&mut connection, &id, 1, &known).await.unwrap();
            }
            assert!(!exists(&mut connection, "browser-0").await.unwrap());
            assert!(exists(&mut connection, "browser-1").await.unwrap());
            delete_unused(&mut connection, at(20)).await.unwrap();
            let left = "SELECT id_hash FROM `#postern_known_browser`";
            assert_eq!(test.texts(left).await, ["browser-20"]);
        })
        .await;
    }
}
