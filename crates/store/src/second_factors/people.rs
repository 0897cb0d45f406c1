//! What is known of a person's second factors besides what Commerce keeps, `postern_second_factor`.

use crate::database::{Connection, DatabaseError};
use domain::admin::AdminId;

/// The second up to which tokens to set a factor up are void, if any are.
pub async fn tokens_void_until(
    connection: &mut Connection,
    admin: AdminId,
) -> Result<Option<i64>, DatabaseError> {
    let sql = "SELECT tokens_void_until FROM #postern_second_factor WHERE user_id = ?";
    let row = connection.fetch_optional(sql, vec![admin.into()]).await?;
    Ok(match row {
        Some(row) => row.optional_integer(0)?,
        None => None,
    })
}

/// Voids the tokens issued up to `second`.
pub async fn void_tokens(
    connection: &mut Connection,
    admin: AdminId,
    second: i64,
) -> Result<(), DatabaseError> {
    ensure(connection, admin).await?;
    let sql = "UPDATE #postern_second_factor SET tokens_void_until = ? WHERE user_id = ? \
               AND (tokens_void_until IS NULL OR tokens_void_until < ?)";
    let arguments = vec![second.into(), admin.into(), second.into()];
    connection.execute(sql, arguments).await.map(|_| ())
}

/// Takes the code of a step; false where that step or a later one was taken already. Of several at
/// once only one gets true.
pub async fn take_step(
    connection: &mut Connection,
    admin: AdminId,
    step: i64,
) -> Result<bool, DatabaseError> {
    ensure(connection, admin).await?;
    let sql = "UPDATE #postern_second_factor SET totp_step = ? WHERE user_id = ? \
               AND (totp_step IS NULL OR totp_step < ?)";
    let arguments = vec![step.into(), admin.into(), step.into()];
    Ok(connection.execute(sql, arguments).await? == 1)
}

/// Forgets which codes were taken: there is another secret.
pub async fn forget_steps(
    connection: &mut Connection,
    admin: AdminId,
) -> Result<(), DatabaseError> {
    let sql = "UPDATE #postern_second_factor SET totp_step = NULL WHERE user_id = ?";
    connection
        .execute(sql, vec![admin.into()])
        .await
        .map(|_| ())
}

/// What stands for a person in their passkeys, in hex; nothing where they have none yet.
pub async fn user_handle(
    connection: &mut Connection,
    admin: AdminId,
) -> Result<Option<String>, DatabaseError> {
    let sql = "SELECT user_handle FROM #postern_second_factor WHERE user_id = ?";
    let row = connection.fetch_optional(sql, vec![admin.into()]).await?;
    Ok(match row {
        Some(row) => row.optional_text(0)?,
        None => None,
    })
}

/// Gives a person a handle, at most 64 characters of hex, unless they have one.
pub async fn give_user_handle(
    connection: &mut Connection,
    admin: AdminId,
    handle: &str,
) -> Result<(), DatabaseError> {
    ensure(connection, admin).await?;
    let sql = "UPDATE #postern_second_factor SET user_handle = ? \
               WHERE user_id = ? AND user_handle IS NULL";
    let arguments = vec![handle.into(), admin.into()];
    connection.execute(sql, arguments).await.map(|_| ())
}

/// The digests of the factors that a person's recovery codes stand in for, as they were when that was
/// last written down; none where nothing is known.
pub async fn codes_stand_in_for(
    connection: &mut Connection,
    admin: AdminId,
) -> Result<Vec<String>, DatabaseError> {
    let sql = "SELECT codes_stand_in_for FROM #postern_second_factor WHERE user_id = ?";
    let row = connection.fetch_optional(sql, vec![admin.into()]).await?;
    let joined = match row {
        Some(row) => row.optional_text(0)?.unwrap_or_default(),
        None => String::new(),
    };
    let digests = joined.split(',').filter(|digest| !digest.is_empty());
    Ok(digests.map(str::to_owned).collect())
}

/// Writes down which factors a person's recovery codes stand in for, by digests without commas.
pub async fn let_codes_stand_in_for(
    connection: &mut Connection,
    admin: AdminId,
    digests: &[String],
) -> Result<(), DatabaseError> {
    ensure(connection, admin).await?;
    let sql = "UPDATE #postern_second_factor SET codes_stand_in_for = ? WHERE user_id = ?";
    let arguments = vec![digests.join(",").into(), admin.into()];
    connection.execute(sql, arguments).await.map(|_| ())
}

/// Whether a handle, in hexadecimal, is somebody's.
pub async fn is_user_handle(
    connection: &mut Connection,
    handle: &str,
) -> Result<bool, DatabaseError> {
    let sql = "SELECT 1 FROM #postern_second_factor WHERE user_handle = ?";
    let row = connection.fetch_optional(sql, vec![handle.into()]).await?;
    Ok(row.is_some())
}

async fn ensure(connection: &mut Connection, admin: AdminId) -> Result<(), DatabaseError> {
    let or_update = connection.dialect().or_update("user_id");
    let sql =
        format!("INSERT INTO #postern_second_factor (user_id) VALUES (?) {or_update} user_id = ?");
    connection
        .execute(&sql, vec![admin.into(), admin.into()])
        .await
        .map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::each_engine;

    #[tokio::test]
    async fn a_step_is_taken_once_and_never_after_a_later_one() {
        each_engine(async |database| {
            let mut connection = database.connection().await;
            for (step, is_taken) in [(7, true), (7, false), (6, false), (8, true)] {
                let taken = take_step(&mut connection, 1, step).await.unwrap();
                assert_eq!(taken, is_taken, "{step}");
            }
            forget_steps(&mut connection, 1).await.unwrap();
            assert!(take_step(&mut connection, 1, 7).await.unwrap());
            assert!(take_step(&mut connection, 2, 7).await.unwrap());
        })
        .await;
    }

    #[tokio::test]
    async fn a_handle_once_given_stays() {
        each_engine(async |database| {
            let mut connection = database.connection().await;
            assert_eq!(user_handle(&mut connection, 1).await.unwrap(), None);
            for handle in ["0a", "0b"] {
                give_user_handle(&mut connection, 1, handle).await.unwrap();
            }
            let given = user_handle(&mut connection, 1).await.unwrap();
            assert_eq!(given.as_deref(), Some("0a"));
            assert_eq!(user_handle(&mut connection, 2).await.unwrap(), None);
        })
        .await;
    }

    #[tokio::test]
    async fn what_codes_stand_in_for_is_what_was_written_last_for_this_person() {
        each_engine(async |database| {
            let mut connection = database.connection().await;
            assert!(
                codes_stand_in_for(&mut connection, 1)
                    .await
                    .unwrap()
                    .is_empty()
            );
            for digests in [
                vec!["a".repeat(64), "b".repeat(64)],
                vec!["c".repeat(64)],
                vec![],
            ] {
                let_codes_stand_in_for(&mut connection, 1, &digests)
                    .await
                    .unwrap();
                let read = codes_stand_in_for(&mut connection, 1).await.unwrap();
                assert_eq!(read, digests);
                assert!(
                    codes_stand_in_for(&mut connection, 2)
                        .await
                        .unwrap()
                        .is_empty()
                );
            }
        })
        .await;
    }

    #[tokio::test]
    async fn tokens_once_void_stay_so() {
        each_engine(async |database| {
            let mut connection = database.connection().await;
            assert_eq!(tokens_void_until(&mut connection, 1).await.unwrap(), None);
            void_tokens(&mut connection, 1, 20).await.unwrap();
            void_tokens(&mut connection, 1, 10).await.unwrap();
            let until = tokens_void_until(&mut connection, 1).await.unwrap();
            assert_eq!(until, Some(20));
        })
        .await;
    }
}
