//! Commerce's `admin_adobe_ims_webapi`: the provider's tokens that API clients have brought, by
//! the keyed digest of each. Rule guarded here: the token itself is only kept encrypted, and a row
//! that is gone is gone for PHP Commerce as well.

use crate::database::{Connection, DatabaseError};
use crate::time;
use domain::admin::AdminId;
use jiff::Timestamp;

/// A token to be remembered.
#[derive(Clone, Copy, Debug)]
pub struct NewToken<'a> {
    /// Whose it is.
    pub admin: AdminId,
    /// The keyed digest of the token.
    pub hash: &'a str,
    /// The token, encrypted.
    pub encrypted: &'a str,
    /// When it was issued: that is what counts, however often it is forgotten and brought again.
    pub created_at: Timestamp,
    /// When the provider said that it holds.
    pub now: Timestamp,
    /// When it runs out.
    pub expires_at: Timestamp,
}

/// A token that was brought before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownToken {
    /// The number of its row.
    pub id: u32,
    /// Whose it is.
    pub admin: AdminId,
    /// When it was issued; by PHP Commerce, when it was brought for the first time.
    pub created_at: Timestamp,
    /// When the provider last said that it holds. PHP Commerce notes here that it asked, whatever
    /// the answer.
    pub last_check: Timestamp,
    /// When it runs out.
    pub expires_at: Timestamp,
}

/// The token of a digest.
pub async fn find_by_token_hash(
    connection: &mut Connection,
    hash: &str,
) -> Result<Option<KnownToken>, DatabaseError> {
    let dialect = connection.dialect();
    let seconds = |column| dialect.seconds(column);
    let sql = format!(
        "SELECT id, admin_user_id, {}, {}, {} FROM #admin_adobe_ims_webapi \
         WHERE access_token_hash = ?",
        seconds("created_at"),
        seconds("last_check_time"),
        seconds("access_token_expires_at"),
    );
    let Some(row) = connection.fetch_optional(&sql, vec![hash.into()]).await? else {
        return Ok(None);
    };
    // A date that was never set is the beginning of time.
    let time = |column| Ok::<_, DatabaseError>(time::optional(&row, column)?.unwrap_or_default());
    Ok(Some(KnownToken {
        id: row.id(0)?,
        admin: row.id(1)?,
        created_at: time(2)?,
        last_check: time(3)?,
        expires_at: time(4)?,
    }))
}

/// Remembers a token.
///
/// # Errors
/// [`DatabaseError::Duplicate`] where another request has just done so.
pub async fn create(connection: &mut Connection, token: NewToken<'_>) -> Result<(), DatabaseError> {
    let timestamp = connection.dialect().timestamp();
    let sql = format!(
        "INSERT INTO #admin_adobe_ims_webapi (admin_user_id, access_token_hash, access_token, \
         created_at, updated_at, last_check_time, access_token_expires_at) \
         VALUES (?, ?, ?, {timestamp}, {timestamp}, {timestamp}, {timestamp})"
    );
    let now = token.now.as_second();
    let arguments = vec![
        token.admin.into(),
        token.hash.into(),
        token.encrypted.into(),
        token.created_at.as_second().into(),
        now.into(),
        now.into(),
        token.expires_at.as_second().into(),
    ];
    connection.execute(&sql, arguments).await.map(|_| ())
}

/// Notes that the provider has just said that a token holds. Returns false where the token is
/// gone, as after a switch.
pub async fn touch(
    connection: &mut Connection,
    id: u32,
    now: Timestamp,
) -> Result<bool, DatabaseError> {
    let timestamp = connection.dialect().timestamp();
    let sql = format!(
        "UPDATE #admin_adobe_ims_webapi SET last_check_time = {timestamp}, \
         updated_at = {timestamp} WHERE id = ?"
    );
    let now = now.as_second();
    let arguments = vec![now.into(), now.into(), id.into()];
    connection.execute(&sql, arguments).await.map(|it| it == 1)
}

/// Forgets the token of a digest.
pub async fn delete(connection: &mut Connection, hash: &str) -> Result<(), DatabaseError> {
    let sql = "DELETE FROM #admin_adobe_ims_webapi WHERE access_token_hash = ?";
    connection.execute(sql, vec![hash.into()]).await.map(|_| ())
}

/// Forgets the tokens of an admin.
pub async fn delete_of(connection: &mut Connection, admin: AdminId) -> Result<(), DatabaseError> {
    let sql = "DELETE FROM #admin_adobe_ims_webapi WHERE admin_user_id = ?";
    connection
        .execute(sql, vec![admin.into()])
        .await
        .map(|_| ())
}

/// Forgets tokens that have run out. Returns how many.
pub async fn delete_expired(
    connection: &mut Connection,
    now: Timestamp,
) -> Result<u64, DatabaseError> {
    let timestamp = connection.dialect().timestamp();
    let sql =
        format!("DELETE FROM #admin_adobe_ims_webapi WHERE access_token_expires_at <= {timestamp}");
    connection.execute(&sql, vec![now.as_second().into()]).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::Dialect;
    use crate::testing::{AdminSeed, TestDatabase, each_engine};

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    async fn bring(test: &TestDatabase, hash: &str) -> KnownToken {
        let admin = match test.texts("SELECT username FROM `#admin_user`").await.len() {
            0 => test.seed_admin(&AdminSeed::default()).await,
            _ => 1,
        };
        let mut connection = test.connection().await;
        let token = NewToken {
            admin,
            hash,
            encrypted: "0:3:sealed",
            created_at: at(-60),
            now: at(0),
            expires_at: at(3600),
        };
        create(&mut connection, token).await.unwrap();
        let found = find_by_token_hash(&mut connection, hash).await.unwrap();
        found.unwrap()
    }

    #[tokio::test]
    async fn what_is_remembered_is_found_by_its_digest_alone() {
        each_engine(async |test| {
            let known = bring(test, "abc").await;
            assert_eq!(known.admin, 1);
            assert_eq!(known.created_at, at(-60));
            assert_eq!(known.last_check, at(0));
            assert_eq!(known.expires_at, at(3600));
            let mut connection = test.connection().await;
            let other = find_by_token_hash(&mut connection, "abd").await.unwrap();
            assert_eq!(other, None);
            let stored = "SELECT access_token FROM `#admin_adobe_ims_webapi`";
            assert_eq!(test.texts(stored).await, ["0:3:sealed"]);
            delete_of(&mut connection, known.admin + 1).await.unwrap();
            assert_eq!(test.texts(stored).await, ["0:3:sealed"]);
            delete_of(&mut connection, known.admin).await.unwrap();
            assert!(test.texts(stored).await.is_empty());
        })
        .await;
    }

    #[tokio::test]
    async fn a_token_that_two_requests_bring_at_once_is_remembered_once() {
        each_engine(async |test| {
            bring(test, "abc").await;
            let mut connection = test.connection().await;
            let again = NewToken {
                admin: 1,
                hash: "abc",
                encrypted: "0:3:other",
                created_at: at(1),
                now: at(1),
                expires_at: at(2),
            };
            let refused = create(&mut connection, again).await;
            assert!(matches!(refused, Err(DatabaseError::Duplicate)));
        })
        .await;
    }

    #[tokio::test]
    async fn the_last_word_of_the_provider_is_kept_while_the_token_is_there() {
        each_engine(async |test| {
            let known = bring(test, "abc").await;
            let mut connection = test.connection().await;
            assert!(touch(&mut connection, known.id, at(700)).await.unwrap());
            // The same second once more changes no value, and is no sign that the row is gone.
            assert!(touch(&mut connection, known.id, at(700)).await.unwrap());
            let found = find_by_token_hash(&mut connection, "abc").await.unwrap();
            assert_eq!(found.unwrap().last_check, at(700));
            assert_eq!(found.unwrap().created_at, at(-60));
            delete(&mut connection, "abc").await.unwrap();
            assert!(!touch(&mut connection, known.id, at(701)).await.unwrap());
        })
        .await;
    }

    #[tokio::test]
    async fn only_what_has_run_out_is_swept() {
        each_engine(async |test| {
            bring(test, "abc").await;
            let mut connection = test.connection().await;
            assert_eq!(delete_expired(&mut connection, at(3599)).await.unwrap(), 0);
            assert_eq!(delete_expired(&mut connection, at(3600)).await.unwrap(), 1);
        })
        .await;
    }

    #[tokio::test]
    async fn dates_that_php_never_set_are_the_beginning_of_time() {
        each_engine(async |test| {
            let admin = test.seed_admin(&AdminSeed::default()).await;
            let mut connection = test.connection().await;
            if connection.dialect() == Dialect::MySql {
                // PHP Commerce clears the mode, in which MySQL would refuse such dates.
                let cleared = "SET SESSION sql_mode = ''";
                connection.execute_script(cleared).await.unwrap();
            }
            let sql = "INSERT INTO `#admin_adobe_ims_webapi` (admin_user_id, access_token_hash) \
                       VALUES (?, 'abc')";
            let inserted = connection.execute(sql, vec![admin.into()]).await;
            assert_eq!(inserted.unwrap(), 1);
            let found = find_by_token_hash(&mut connection, "abc").await.unwrap();
            let found = found.unwrap();
            assert_eq!(found.last_check, Timestamp::UNIX_EPOCH);
            assert_eq!(found.expires_at, Timestamp::UNIX_EPOCH);
        })
        .await;
    }
}
