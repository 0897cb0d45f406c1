//! Which identity at a provider is which admin's: `postern_linked_identity`. An identity is found
//! by the digest of issuer and subject, to the letter.

use crate::database::{Connection, DatabaseError, Row};
use crate::time;
use domain::admin::AdminId;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

/// Somebody's lasting name at a provider.
#[derive(Clone, Copy, Debug)]
pub struct Identity<'a> {
    /// Who vouches.
    pub issuer: &'a str,
    /// Who it is there.
    pub subject: &'a str,
}

/// An identity and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedIdentity {
    /// Who vouches.
    pub issuer: String,
    /// Who it is there.
    pub subject: String,
    /// Whose it is.
    pub admin: AdminId,
    /// Since when.
    pub linked_at: Timestamp,
}

impl LinkedIdentity {
    /// The identity alone.
    pub fn identity(&self) -> Identity<'_> {
        Identity {
            issuer: &self.issuer,
            subject: &self.subject,
        }
    }
}

impl Identity<'_> {
    /// What the identity is found by.
    pub fn hash(&self) -> String {
        // Neither can hold a NUL, so no two identities run together.
        let text = format!("{}\0{}", self.issuer, self.subject);
        data_encoding::HEXLOWER.encode(&Sha256::digest(text.as_bytes()))
    }
}

/// The admin that an identity is linked to.
pub async fn find(
    connection: &mut Connection,
    identity: Identity<'_>,
) -> Result<Option<AdminId>, DatabaseError> {
    read(connection, identity, "").await
}

/// The same as it stands now, even where the transaction has read before; it stays so until the
/// transaction ends.
pub async fn lock(
    connection: &mut Connection,
    identity: Identity<'_>,
) -> Result<Option<AdminId>, DatabaseError> {
    let suffix = connection.dialect().for_update();
    read(connection, identity, suffix).await
}

async fn read(
    connection: &mut Connection,
    identity: Identity<'_>,
    suffix: &str,
) -> Result<Option<AdminId>, DatabaseError> {
    let sql =
        format!("SELECT user_id FROM #postern_linked_identity WHERE identity_hash = ?{suffix}");
    let row = connection
        .fetch_optional(&sql, vec![identity.hash().into()])
        .await?;
    row.map(|row| row.id(0)).transpose()
}

/// Links an identity to an admin. Returns false where it is linked already, to whomever.
pub async fn create(
    connection: &mut Connection,
    identity: Identity<'_>,
    admin: AdminId,
    now: Timestamp,
) -> Result<bool, DatabaseError> {
    let sql = "INSERT INTO #postern_linked_identity (identity_hash, issuer, subject, user_id, \
               linked_at) VALUES (?, ?, ?, ?, ?)";
    let arguments = vec![
        identity.hash().into(),
        identity.issuer.into(),
        identity.subject.into(),
        admin.into(),
        now.as_second().into(),
    ];
    match connection.execute(sql, arguments).await {
        Ok(_) => Ok(true),
        Err(DatabaseError::Duplicate) => Ok(false),
        Err(error) => Err(error),
    }
}

/// The identities of everybody, those of an admin together.
pub async fn list(connection: &mut Connection) -> Result<Vec<LinkedIdentity>, DatabaseError> {
    let sql = "SELECT issuer, subject, user_id, linked_at FROM #postern_linked_identity \
               ORDER BY user_id, issuer, subject";
    let rows = connection.fetch_all(sql, Vec::new()).await?;
    rows.iter().map(linked_identity).collect()
}

/// The identities of an admin.
pub async fn list_of(
    connection: &mut Connection,
    admin: AdminId,
) -> Result<Vec<LinkedIdentity>, DatabaseError> {
    let sql = "SELECT issuer, subject, user_id, linked_at FROM #postern_linked_identity \
               WHERE user_id = ? ORDER BY issuer, subject";
    let rows = connection.fetch_all(sql, vec![admin.into()]).await?;
    rows.iter().map(linked_identity).collect()
}

/// Forgets an identity of an admin. Returns false where it is not linked to them.
pub async fn delete(
    connection: &mut Connection,
    identity: Identity<'_>,
    admin: AdminId,
) -> Result<bool, DatabaseError> {
    let sql = "DELETE FROM #postern_linked_identity WHERE identity_hash = ? AND user_id = ?";
    let arguments = vec![identity.hash().into(), admin.into()];
    Ok(connection.execute(sql, arguments).await? == 1)
}

/// Forgets links to accounts that are no more: PHP Commerce deletes accounts and knows nothing of
/// links, and an account that were given the same number would be opened by somebody else.
pub async fn delete_orphans(connection: &mut Connection) -> Result<(), DatabaseError> {
    // Found first: a deletion that looks at the accounts as well would lock them.
    let sql = "SELECT l.identity_hash FROM #postern_linked_identity l \
               LEFT JOIN #admin_user u ON u.user_id = l.user_id WHERE u.user_id IS NULL";
    for row in connection.fetch_all(sql, Vec::new()).await? {
        let sql = "DELETE FROM #postern_linked_identity WHERE identity_hash = ?";
        connection.execute(sql, vec![row.text(0)?.into()]).await?;
    }
    Ok(())
}

fn linked_identity(row: &Row) -> Result<LinkedIdentity, DatabaseError> {
    Ok(LinkedIdentity {
        issuer: row.text(0)?,
        subject: row.text(1)?,
        admin: row.id(2)?,
        linked_at: time::required(row, 3)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::each_engine;

    #[tokio::test]
    async fn v12_an_identity_is_one_admins_and_compared_to_the_letter() {
        each_engine(async |test| {
            let mut connection = test.connection().await;
            let now = Timestamp::from_second(1_800_000_000).unwrap();
            let ann = Identity {
                issuer: "https://id.test",
                subject: "Ann",
            };
            assert!(create(&mut connection, ann, 1, now).await.unwrap());
            assert!(!create(&mut connection, ann, 2, now).await.unwrap());
            assert_eq!(find(&mut connection, ann).await.unwrap(), Some(1));
            for (issuer, subject) in [
                ("https://id.test", "ann"),
                ("https://id.test", "Änn"),
                ("https://id.test", "Ann "),
                ("https://id.test/", "Ann"),
                ("https://id.testA", "nn"),
            ] {
                let other = Identity { issuer, subject };
                assert_eq!(
                    find(&mut connection, other).await.unwrap(),
                    None,
                    "{other:?}"
                );
            }
            let listed = list_of(&mut connection, 1).await.unwrap();
            assert_eq!((listed[0].subject.as_str(), listed.len()), ("Ann", 1));
            assert_eq!(list(&mut connection).await.unwrap(), listed);
            assert!(!delete(&mut connection, ann, 2).await.unwrap());
            assert!(delete(&mut connection, ann, 1).await.unwrap());
            assert_eq!(find(&mut connection, ann).await.unwrap(), None);
        })
        .await;
    }
}
