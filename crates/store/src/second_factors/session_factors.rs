//! What was shown in a session besides the password, `postern_session_factor`, by the digest of the
//! session's id. It stands beside the session, wherever that is kept.

use crate::database::{Connection, DatabaseError};
use domain::admin::AdminId;
use domain::second_factor::Factor;
use jiff::Timestamp;

/// What was shown in a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionFactor {
    /// With what.
    pub factor: Factor,
    /// Whether the person has put off setting up what is still missing.
    pub is_postponed: bool,
}

/// Notes what was shown in a new session.
pub async fn create(
    connection: &mut Connection,
    session_hash: &str,
    admin: AdminId,
    factor: Factor,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    let sql = "INSERT INTO #postern_session_factor (session_hash, user_id, factor, shown_at) \
               VALUES (?, ?, ?, ?)";
    let arguments = vec![
        session_hash.into(),
        admin.into(),
        factor.code().into(),
        now.as_second().into(),
    ];
    connection.execute(sql, arguments).await.map(|_| ())
}

/// What was shown in a session of `admin`. What cannot be read counts as nothing.
pub async fn find(
    connection: &mut Connection,
    session_hash: &str,
    admin: AdminId,
) -> Result<Option<SessionFactor>, DatabaseError> {
    let sql = "SELECT factor, postponed FROM #postern_session_factor \
               WHERE session_hash = ? AND user_id = ?";
    let arguments = vec![session_hash.into(), admin.into()];
    let Some(row) = connection.fetch_optional(sql, arguments).await? else {
        return Ok(None);
    };
    let is_postponed = row.integer(1)? == 1;
    Ok(
        Factor::from_code(&row.text(0)?).map(|factor| SessionFactor {
            factor,
            is_postponed,
        }),
    )
}

/// Notes that the person puts off setting up what is still missing.
pub async fn postpone(
    connection: &mut Connection,
    session_hash: &str,
) -> Result<(), DatabaseError> {
    let sql = "UPDATE #postern_session_factor SET postponed = 1 WHERE session_hash = ?";
    connection
        .execute(sql, vec![session_hash.into()])
        .await
        .map(|_| ())
}

/// Notes what a session rests on from now on.
pub async fn rest_on(
    connection: &mut Connection,
    session_hash: &str,
    factor: Factor,
) -> Result<(), DatabaseError> {
    let sql = "UPDATE #postern_session_factor SET factor = ? WHERE session_hash = ?";
    let arguments = vec![factor.code().into(), session_hash.into()];
    connection.execute(sql, arguments).await.map(|_| ())
}

/// Follows a session to its new id.
pub async fn rotate(
    connection: &mut Connection,
    old_hash: &str,
    new_hash: &str,
) -> Result<(), DatabaseError> {
    let sql = "UPDATE #postern_session_factor SET session_hash = ? WHERE session_hash = ?";
    let arguments = vec![new_hash.into(), old_hash.into()];
    connection.execute(sql, arguments).await.map(|_| ())
}

/// Forgets what was shown in any session of a person: none is enough any more.
pub async fn delete_of(connection: &mut Connection, admin: AdminId) -> Result<u64, DatabaseError> {
    let sql = "DELETE FROM #postern_session_factor WHERE user_id = ?";
    connection.execute(sql, vec![admin.into()]).await
}

/// Forgets what was shown before `before`, when every session of then is over.
pub async fn delete_before(
    connection: &mut Connection,
    before: Timestamp,
) -> Result<(), DatabaseError> {
    let sql = "DELETE FROM #postern_session_factor WHERE shown_at < ?";
    connection
        .execute(sql, vec![before.as_second().into()])
        .await
        .map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::each_engine;

    #[tokio::test]
    async fn a_factor_is_of_one_session_of_one_person_and_follows_its_id() {
        each_engine(async |database| {
            let mut connection = database.connection().await;
            let now = Timestamp::from_second(1_800_000_000).unwrap();
            create(&mut connection, "old", 1, Factor::App, now)
                .await
                .unwrap();
            postpone(&mut connection, "old").await.unwrap();
            rest_on(&mut connection, "old", Factor::SecurityKey)
                .await
                .unwrap();
            rotate(&mut connection, "old", "new").await.unwrap();
            assert_eq!(find(&mut connection, "old", 1).await.unwrap(), None);
            assert_eq!(find(&mut connection, "new", 2).await.unwrap(), None);
            let expected = SessionFactor {
                factor: Factor::SecurityKey,
                is_postponed: true,
            };
            assert_eq!(
                find(&mut connection, "new", 1).await.unwrap(),
                Some(expected)
            );
            let unknown = "UPDATE #postern_session_factor SET factor = 'charm'";
            connection.execute(unknown, Vec::new()).await.unwrap();
            assert_eq!(find(&mut connection, "new", 1).await.unwrap(), None);
            delete_before(&mut connection, now).await.unwrap();
            assert_eq!(delete_of(&mut connection, 1).await.unwrap(), 1);
        })
        .await;
    }
}
