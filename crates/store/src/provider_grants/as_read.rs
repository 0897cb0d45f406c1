//! Changing a grant by what was read of it. Between reading and changing lies a question to the
//! provider; meanwhile the session may get another id, or a fresh sign-in other tokens. No two
//! tokens are encrypted alike, so whoever still finds the one that was read has the same grant,
//! under whatever id, and whoever does not must not write.

use super::{COLUMNS, StoredGrant, StoredTokens, read};
use crate::database::{Connection, DatabaseError, Value};
use jiff::Timestamp;

const IS_IT: &str = "user_id = ? AND access_token = ?";

fn it(was: &StoredGrant) -> [Value; 2] {
    [was.admin.into(), was.tokens.access.as_str().into()]
}

async fn change(
    connection: &mut Connection,
    was: &StoredGrant,
    set: &str,
    values: Vec<Value>,
) -> Result<bool, DatabaseError> {
    let sql = format!("UPDATE #postern_provider_grant SET {set} WHERE {IS_IT}");
    let arguments = values.into_iter().chain(it(was)).collect();
    Ok(connection.execute(&sql, arguments).await? == 1)
}

/// The grant as it is now, under the id that its session has now; nothing where it is gone, or
/// rests on other tokens.
pub async fn find(
    connection: &mut Connection,
    was: &StoredGrant,
) -> Result<Option<StoredGrant>, DatabaseError> {
    let sql = format!("SELECT {COLUMNS} FROM #postern_provider_grant WHERE {IS_IT}");
    let row = connection.fetch_optional(&sql, it(was).into()).await?;
    row.map(|row| read(&row)).transpose()
}

/// Notes that the provider stands by it, with new tokens where it gave some. False where the grant
/// is gone, or rests on other tokens.
pub async fn confirm(
    connection: &mut Connection,
    was: &StoredGrant,
    tokens: Option<&StoredTokens>,
    now: Timestamp,
    next_check_at: Timestamp,
) -> Result<bool, DatabaseError> {
    let tokens = tokens.unwrap_or(&was.tokens);
    let set = "confirmed_at = ?, unreachable_since = NULL, next_check_at = ?, access_token = ?, \
               expires_at = ?, refresh_token = ?, id_token = ?";
    let values = vec![
        now.as_second().into(),
        next_check_at.as_second().into(),
        tokens.access.as_str().into(),
        tokens.expires_at.map(Timestamp::as_second).into(),
        tokens.refresh.as_deref().into(),
        tokens.id.as_deref().into(),
    ];
    change(connection, was, set, values).await
}

/// Notes that the provider gave no answer; since when, is noted the first time.
pub async fn note_unreachable(
    connection: &mut Connection,
    was: &StoredGrant,
    now: Timestamp,
    next_check_at: Timestamp,
) -> Result<bool, DatabaseError> {
    let set = "unreachable_since = COALESCE(unreachable_since, ?), next_check_at = ?";
    let values = vec![now.as_second().into(), next_check_at.as_second().into()];
    change(connection, was, set, values).await
}

/// Leaves the grant of a session that is over for later.
pub async fn put_off(
    connection: &mut Connection,
    was: &StoredGrant,
    next_check_at: Timestamp,
) -> Result<bool, DatabaseError> {
    let set = "unreachable_since = NULL, next_check_at = ?";
    change(connection, was, set, vec![next_check_at.as_second().into()]).await
}

/// Forgets it. False where it is gone, or rests on other tokens.
pub async fn delete(connection: &mut Connection, was: &StoredGrant) -> Result<bool, DatabaseError> {
    let sql = format!("DELETE FROM #postern_provider_grant WHERE {IS_IT}");
    Ok(connection.execute(&sql, it(was).into()).await? == 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider_grants::testing::{at, stored};
    use crate::provider_grants::{self, claim_due, count_unreachable, create, rotate};
    use crate::testing::each_engine;

    fn tokens(access: &str) -> StoredTokens {
        StoredTokens {
            access: access.to_owned(),
            expires_at: None,
            refresh: Some("0:3:refresh".to_owned()),
            id: Some("0:3:id".to_owned()),
        }
    }

    #[tokio::test]
    async fn an_answer_ends_the_time_without_one_and_brings_new_tokens() {
        each_engine(async |database| {
            let mut connection = database.connection().await;
            let was = stored("one", "ann", None);
            create(&mut connection, &was, at(600)).await.unwrap();
            for second in [600, 630] {
                let noted = note_unreachable(&mut connection, &was, at(second), at(second + 30));
                assert!(noted.await.unwrap());
            }
            let now = find(&mut connection, &was).await.unwrap().unwrap();
            assert_eq!(now.grant.unreachable_since, Some(at(600)));
            let away = count_unreachable(&mut connection).await.unwrap();
            assert_eq!(away, (1, Some(at(600))));
            let due = claim_due(&mut connection, at(659), at(700), 9).await;
            assert!(due.unwrap().is_empty());

            let new = tokens("0:3:new");
            let confirmed = confirm(&mut connection, &was, Some(&new), at(660), at(1260)).await;
            assert!(confirmed.unwrap());
            assert!(find(&mut connection, &was).await.unwrap().is_none());
            let now = provider_grants::find(&mut connection, "one").await;
            let now = now.unwrap().unwrap();
            assert!(now.tokens == new);
            assert_eq!(
                (now.grant.confirmed_at, now.grant.unreachable_since),
                (at(660), None)
            );
            assert_eq!(count_unreachable(&mut connection).await.unwrap(), (0, None));
        })
        .await;
    }

    #[tokio::test]
    async fn v13_a_new_id_loses_no_tokens_and_a_fresh_sign_in_is_not_written_over() {
        each_engine(async |database| {
            let mut connection = database.connection().await;
            let was = stored("one", "ann", None);
            create(&mut connection, &was, at(600)).await.unwrap();
            rotate(&mut connection, "one", "newer").await.unwrap();
            let renewed = tokens("0:3:renewed");
            let confirmed = confirm(&mut connection, &was, Some(&renewed), at(600), at(1200)).await;
            assert!(confirmed.unwrap());
            let read = provider_grants::find(&mut connection, "newer").await;
            let read = read.unwrap().unwrap();
            assert!(read.tokens == renewed);

            let fresh = tokens("0:3:fresh");
            provider_grants::confirm(&mut connection, "newer", Some(&fresh), at(700), at(1300))
                .await
                .unwrap();
            let late = tokens("0:3:late");
            for written in [
                confirm(&mut connection, &read, Some(&late), at(701), at(1301)).await,
                note_unreachable(&mut connection, &read, at(701), at(731)).await,
                put_off(&mut connection, &read, at(731)).await,
                delete(&mut connection, &read).await,
            ] {
                assert!(!written.unwrap());
            }
            let now = provider_grants::find(&mut connection, "newer").await;
            assert!(now.unwrap().unwrap().tokens == fresh);
        })
        .await;
    }
}
