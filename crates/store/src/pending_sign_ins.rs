//! People whose password was right and who still owe a second factor, `postern_pending_sign_in`, by
//! the digest of their browser's cookie.

use crate::database::{Connection, DatabaseError};
use crate::time;
use domain::admin::AdminId;
use jiff::Timestamp;

/// One of them.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredPendingSignIn {
    /// Who it is, by the password.
    pub admin: AdminId,
    /// The epoch in which it was typed.
    pub epoch: i64,
    /// A digest of the hash that it was compared with.
    pub password_hash: String,
    /// Where it was typed.
    pub ip: String,
    /// Where the person wanted to go.
    pub back: Option<String>,
    /// What they had typed before, sealed.
    pub kept: Option<String>,
    /// When it was typed.
    pub begun_at: Timestamp,
}

/// Stores one under the digest of its cookie.
pub async fn create(
    connection: &mut Connection,
    id_hash: &str,
    pending: &StoredPendingSignIn,
) -> Result<(), DatabaseError> {
    let sql = "INSERT INTO #postern_pending_sign_in (id_hash, user_id, epoch, password_hash, ip, \
               back, kept, begun_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    let arguments = vec![
        id_hash.into(),
        pending.admin.into(),
        pending.epoch.into(),
        pending.password_hash.as_str().into(),
        pending.ip.as_str().into(),
        pending.back.as_deref().into(),
        pending.kept.as_deref().into(),
        pending.begun_at.as_second().into(),
    ];
    connection.execute(sql, arguments).await.map(|_| ())
}

/// The one of a cookie's digest.
pub async fn find(
    connection: &mut Connection,
    id_hash: &str,
) -> Result<Option<StoredPendingSignIn>, DatabaseError> {
    let sql = "SELECT user_id, epoch, password_hash, ip, back, kept, begun_at \
               FROM #postern_pending_sign_in WHERE id_hash = ?";
    let row = connection.fetch_optional(sql, vec![id_hash.into()]).await?;
    row.map(|row| {
        Ok(StoredPendingSignIn {
            admin: row.id(0)?,
            epoch: row.integer(1)?,
            password_hash: row.text(2)?,
            ip: row.text(3)?,
            back: row.optional_text(4)?,
            kept: row.optional_text(5)?,
            begun_at: time::required(&row, 6)?,
        })
    })
    .transpose()
}

/// Keeps where the person wanted to go, and what they had typed before, sealed.
pub async fn set_errand(
    connection: &mut Connection,
    id_hash: &str,
    back: Option<&str>,
    kept: Option<&str>,
) -> Result<(), DatabaseError> {
    let sql = "UPDATE #postern_pending_sign_in SET back = ?, kept = ? WHERE id_hash = ?";
    connection
        .execute(sql, vec![back.into(), kept.into(), id_hash.into()])
        .await
        .map(|_| ())
}

/// Binds one to another hash of the password.
pub async fn bind(
    connection: &mut Connection,
    id_hash: &str,
    password_hash: &str,
) -> Result<(), DatabaseError> {
    let sql = "UPDATE #postern_pending_sign_in SET password_hash = ? WHERE id_hash = ?";
    connection
        .execute(sql, vec![password_hash.into(), id_hash.into()])
        .await
        .map(|_| ())
}

/// Removes one; false where it is gone already. Of several at once only one gets true.
pub async fn delete(connection: &mut Connection, id_hash: &str) -> Result<bool, DatabaseError> {
    let sql = "DELETE FROM #postern_pending_sign_in WHERE id_hash = ?";
    Ok(connection.execute(sql, vec![id_hash.into()]).await? == 1)
}

/// Removes those of a person.
pub async fn delete_of(connection: &mut Connection, admin: AdminId) -> Result<u64, DatabaseError> {
    let sql = "DELETE FROM #postern_pending_sign_in WHERE user_id = ?";
    connection.execute(sql, vec![admin.into()]).await
}

/// Removes what nobody finished.
pub async fn delete_before(
    connection: &mut Connection,
    before: Timestamp,
) -> Result<(), DatabaseError> {
    let sql = "DELETE FROM #postern_pending_sign_in WHERE begun_at < ?";
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
    async fn one_is_found_by_its_digest_finished_once_and_swept_out_when_nobody_does() {
        each_engine(async |database| {
            let mut connection = database.connection().await;
            let begun_at = Timestamp::from_second(1_800_000_000).unwrap();
            let pending = StoredPendingSignIn {
                admin: 1,
                epoch: 3,
                password_hash: "p".repeat(64),
                ip: "192.0.2.7".to_owned(),
                back: Some("/back/x".to_owned()),
                kept: None,
                begun_at,
            };
            create(&mut connection, "one", &pending).await.unwrap();
            let found = find(&mut connection, "one").await.unwrap().unwrap();
            assert!(found == pending);
            assert!(delete(&mut connection, "one").await.unwrap());
            assert!(!delete(&mut connection, "one").await.unwrap());
            create(&mut connection, "two", &pending).await.unwrap();
            delete_before(&mut connection, begun_at).await.unwrap();
            assert_eq!(delete_of(&mut connection, 1).await.unwrap(), 1);
        })
        .await;
    }
}
