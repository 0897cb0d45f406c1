//! Security keys and passkeys, `postern_security_key`, by the SHA-256 of their id.

use crate::database::{Connection, DatabaseError, Row};
use crate::time;
use domain::admin::AdminId;
use jiff::Timestamp;

/// A key as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSecurityKey {
    /// SHA-256 of its id, in hex.
    pub credential_hash: String,
    /// Whose it is.
    pub admin: AdminId,
    /// What its owner calls it, at most 64 characters.
    pub name: String,
    /// What a ceremony needs to know of it, encrypted.
    pub credential: String,
    /// When it was set up.
    pub created_at: Timestamp,
    /// When it was last used.
    pub last_used_at: Option<Timestamp>,
}

const COLUMNS: &str = "credential_hash, user_id, name, credential, created_at, last_used_at";

fn read(row: &Row) -> Result<StoredSecurityKey, DatabaseError> {
    Ok(StoredSecurityKey {
        credential_hash: row.text(0)?,
        admin: row.id(1)?,
        name: row.text(2)?,
        credential: row.text(3)?,
        created_at: time::required(row, 4)?,
        last_used_at: time::optional(row, 5)?,
    })
}

/// Stores a new key. The error is [`DatabaseError::Duplicate`] where it is somebody's already.
pub async fn create(
    connection: &mut Connection,
    key: &StoredSecurityKey,
) -> Result<(), DatabaseError> {
    let sql = format!("INSERT INTO #postern_security_key ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)");
    let arguments = vec![
        key.credential_hash.as_str().into(),
        key.admin.into(),
        key.name.as_str().into(),
        key.credential.as_str().into(),
        key.created_at.as_second().into(),
        key.last_used_at.map(Timestamp::as_second).into(),
    ];
    connection.execute(&sql, arguments).await.map(|_| ())
}

/// The key of an id's digest.
pub async fn find(
    connection: &mut Connection,
    credential_hash: &str,
) -> Result<Option<StoredSecurityKey>, DatabaseError> {
    let sql = format!("SELECT {COLUMNS} FROM #postern_security_key WHERE credential_hash = ?");
    connection
        .fetch_optional(&sql, vec![credential_hash.into()])
        .await?
        .map(|row| read(&row))
        .transpose()
}

/// The keys of a person, the oldest first.
pub async fn list_of(
    connection: &mut Connection,
    admin: AdminId,
) -> Result<Vec<StoredSecurityKey>, DatabaseError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM #postern_security_key WHERE user_id = ? \
         ORDER BY created_at, credential_hash"
    );
    let rows = connection.fetch_all(&sql, vec![admin.into()]).await?;
    rows.iter().map(read).collect()
}

/// Notes a use, with what a ceremony changed of the key.
pub async fn record_use(
    connection: &mut Connection,
    credential_hash: &str,
    credential: &str,
    now: Timestamp,
) -> Result<(), DatabaseError> {
    let sql = "UPDATE #postern_security_key SET credential = ?, last_used_at = ? \
               WHERE credential_hash = ?";
    let arguments = vec![
        credential.into(),
        now.as_second().into(),
        credential_hash.into(),
    ];
    connection.execute(sql, arguments).await.map(|_| ())
}

/// Gives a person's key another name. False where it is none of theirs.
pub async fn rename(
    connection: &mut Connection,
    admin: AdminId,
    credential_hash: &str,
    name: &str,
) -> Result<bool, DatabaseError> {
    let sql = "UPDATE #postern_security_key SET name = ? WHERE credential_hash = ? AND user_id = ?";
    let arguments = vec![name.into(), credential_hash.into(), admin.into()];
    Ok(connection.execute(sql, arguments).await? == 1)
}

/// Forgets a person's key. False where it is none of theirs.
pub async fn delete(
    connection: &mut Connection,
    admin: AdminId,
    credential_hash: &str,
) -> Result<bool, DatabaseError> {
    let sql = "DELETE FROM #postern_security_key WHERE credential_hash = ? AND user_id = ?";
    let arguments = vec![credential_hash.into(), admin.into()];
    Ok(connection.execute(sql, arguments).await? == 1)
}

/// Forgets a key whoever's it was: it is on nobody's list any more.
pub async fn delete_stale(
    connection: &mut Connection,
    credential_hash: &str,
) -> Result<(), DatabaseError> {
    let sql = "DELETE FROM #postern_security_key WHERE credential_hash = ?";
    let arguments = vec![credential_hash.into()];
    connection.execute(sql, arguments).await.map(|_| ())
}

/// Forgets every key of a person.
pub async fn delete_of(connection: &mut Connection, admin: AdminId) -> Result<u64, DatabaseError> {
    let sql = "DELETE FROM #postern_security_key WHERE user_id = ?";
    connection.execute(sql, vec![admin.into()]).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::each_engine;

    fn key(hash: &str, admin: AdminId) -> StoredSecurityKey {
        StoredSecurityKey {
            credential_hash: hash.to_owned(),
            admin,
            name: "Laptop".to_owned(),
            credential: "sealed".to_owned(),
            created_at: Timestamp::from_second(1_800_000_000).unwrap(),
            last_used_at: None,
        }
    }

    #[tokio::test]
    async fn a_key_is_one_persons_and_nobody_elses() {
        each_engine(async |database| {
            let mut connection = database.connection().await;
            create(&mut connection, &key("one", 1)).await.unwrap();
            let again = create(&mut connection, &key("one", 2)).await;
            assert!(matches!(again, Err(DatabaseError::Duplicate)));
            create(&mut connection, &key("two", 1)).await.unwrap();
            assert!(!rename(&mut connection, 2, "one", "Mine").await.unwrap());
            assert!(rename(&mut connection, 1, "one", "Phone").await.unwrap());
            let now = Timestamp::from_second(1_800_000_009).unwrap();
            record_use(&mut connection, "one", "newer", now)
                .await
                .unwrap();
            let expected = StoredSecurityKey {
                name: "Phone".to_owned(),
                credential: "newer".to_owned(),
                last_used_at: Some(now),
                ..key("one", 1)
            };
            assert_eq!(find(&mut connection, "one").await.unwrap(), Some(expected));
            assert_eq!(list_of(&mut connection, 1).await.unwrap().len(), 2);
            assert!(!delete(&mut connection, 2, "one").await.unwrap());
            assert!(delete(&mut connection, 1, "one").await.unwrap());
            create(&mut connection, &key("three", 2)).await.unwrap();
            delete_stale(&mut connection, "three").await.unwrap();
            assert_eq!(find(&mut connection, "three").await.unwrap(), None);
            assert_eq!(delete_of(&mut connection, 1).await.unwrap(), 1);
        })
        .await;
    }
}
