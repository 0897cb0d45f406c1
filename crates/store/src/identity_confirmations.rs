//! Confirmations of who sits there, `postern_identity_confirmation`, by the digest of their id.
//! Each serves one action: taking it removes it.

use crate::database::{Connection, DatabaseError};
use crate::time;
use domain::identity::Confirmation;
use jiff::Timestamp;

/// Stores a confirmation under the digest of its id.
pub async fn create(
    connection: &mut Connection,
    id_hash: &str,
    confirmation: &Confirmation,
) -> Result<(), DatabaseError> {
    let sql = "INSERT INTO #postern_identity_confirmation (id_hash, user_id, session_hash, action, \
               confirmed_at) VALUES (?, ?, ?, ?, ?)";
    let arguments = vec![
        id_hash.into(),
        confirmation.admin.into(),
        confirmation.session.as_str().into(),
        confirmation.action.as_str().into(),
        confirmation.confirmed_at.as_second().into(),
    ];
    connection.execute(sql, arguments).await.map(|_| ())
}

/// The confirmation stored under a digest, which stays.
pub async fn find(
    connection: &mut Connection,
    id_hash: &str,
) -> Result<Option<Confirmation>, DatabaseError> {
    let sql = "SELECT user_id, session_hash, action, confirmed_at \
               FROM #postern_identity_confirmation WHERE id_hash = ?";
    let row = connection.fetch_optional(sql, vec![id_hash.into()]).await?;
    row.map(|row| {
        Ok(Confirmation {
            admin: row.id(0)?,
            session: row.text(1)?,
            action: row.text(2)?,
            confirmed_at: time::required(&row, 3)?,
        })
    })
    .transpose()
}

/// Takes a confirmation out: of two requests with the same id only one gets it.
pub async fn take(
    connection: &mut Connection,
    id_hash: &str,
) -> Result<Option<Confirmation>, DatabaseError> {
    let found = find(connection, id_hash).await?;
    let sql = "DELETE FROM #postern_identity_confirmation WHERE id_hash = ?";
    let is_taken = connection.execute(sql, vec![id_hash.into()]).await? == 1;
    Ok(found.filter(|_| is_taken))
}

/// Removes what nobody came back for.
pub async fn delete_before(
    connection: &mut Connection,
    before: Timestamp,
) -> Result<u64, DatabaseError> {
    let sql = "DELETE FROM #postern_identity_confirmation WHERE confirmed_at < ?";
    connection
        .execute(sql, vec![before.as_second().into()])
        .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::each_engine;

    fn confirmation(second: i64) -> Confirmation {
        Confirmation {
            admin: 1,
            session: "s".repeat(64),
            action: "account.change".to_owned(),
            confirmed_at: Timestamp::from_second(1_800_000_000 + second).unwrap(),
        }
    }

    #[tokio::test]
    async fn a_confirmation_is_taken_once_however_many_ask_at_the_same_time() {
        each_engine(async |database| {
            let id = "i".repeat(64);
            let mut connection = database.connection().await;
            create(&mut connection, &id, &confirmation(0))
                .await
                .unwrap();
            let takers = (0..6).map(|_| async {
                let mut connection = database.connection().await;
                take(&mut connection, &id).await.unwrap()
            });
            let taken: Vec<_> = futures_util::future::join_all(takers).await;
            let taken: Vec<_> = taken.into_iter().flatten().collect();
            assert_eq!(taken, [confirmation(0)]);
        })
        .await;
    }

    #[tokio::test]
    async fn what_nobody_came_back_for_is_removed() {
        each_engine(async |database| {
            let mut connection = database.connection().await;
            create(&mut connection, "old", &confirmation(0))
                .await
                .unwrap();
            create(&mut connection, "new", &confirmation(60))
                .await
                .unwrap();
            let before = confirmation(30).confirmed_at;
            assert_eq!(delete_before(&mut connection, before).await.unwrap(), 1);
            assert!(take(&mut connection, "old").await.unwrap().is_none());
            assert!(take(&mut connection, "new").await.unwrap().is_some());
        })
        .await;
    }
}
