//! What each person has set up, `tfa_user_config`. Commerce puts no unique key on a person; like
//! Commerce we read the first row, and write to it.

use crate::database::{Connection, DatabaseError};
use domain::admin::AdminId;

/// The encrypted configuration of a person, as it stands; nothing where there is none.
pub async fn find(
    connection: &mut Connection,
    admin: AdminId,
) -> Result<Option<String>, DatabaseError> {
    let sql = "SELECT encoded_config FROM #tfa_user_config WHERE user_id = ? \
               ORDER BY config_id LIMIT 1";
    let row = connection.fetch_optional(sql, vec![admin.into()]).await?;
    Ok(match row {
        Some(row) => row.optional_text(0)?,
        None => None,
    })
}

/// Those of everybody who has one, each person once.
pub async fn list(connection: &mut Connection) -> Result<Vec<(AdminId, String)>, DatabaseError> {
    let sql = "SELECT user_id, encoded_config FROM #tfa_user_config ORDER BY user_id, config_id";
    let rows = connection.fetch_all(sql, Vec::new()).await?;
    let mut list = Vec::new();
    for row in &rows {
        list.push((row.id(0)?, row.optional_text(1)?.unwrap_or_default()));
    }
    list.dedup_by_key(|(admin, _)| *admin);
    Ok(list)
}

/// Whether there is such a table: a Commerce without the module has none.
pub async fn has_table(connection: &mut Connection) -> Result<bool, DatabaseError> {
    let sql = "SELECT 1 FROM #tfa_user_config WHERE config_id = 0";
    match connection.fetch_optional(sql, Vec::new()).await {
        Ok(_) => Ok(true),
        Err(DatabaseError::MissingTable(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Stores the encrypted configuration of a person, whose row of `admin_user` the transaction holds.
pub async fn save(
    connection: &mut Connection,
    admin: AdminId,
    encrypted: &str,
) -> Result<(), DatabaseError> {
    let sql = "SELECT MIN(config_id) FROM #tfa_user_config WHERE user_id = ?";
    let first = connection.fetch_optional(sql, vec![admin.into()]).await?;
    let first = match first {
        Some(row) => row.optional_integer(0)?,
        None => None,
    };
    let (sql, arguments) = match first {
        Some(id) => (
            "UPDATE #tfa_user_config SET encoded_config = ? WHERE config_id = ?",
            vec![encrypted.into(), id.into()],
        ),
        None => (
            "INSERT INTO #tfa_user_config (encoded_config, user_id) VALUES (?, ?)",
            vec![encrypted.into(), admin.into()],
        ),
    };
    connection.execute(sql, arguments).await.map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{AdminSeed, each_engine};

    #[tokio::test]
    async fn the_first_row_of_a_person_is_read_and_written_and_others_are_left() {
        each_engine(async |database| {
            database.seed_admin(&AdminSeed::default()).await;
            let mut connection = database.connection().await;
            assert!(has_table(&mut connection).await.unwrap());
            assert_eq!(find(&mut connection, 1).await.unwrap(), None);
            save(&mut connection, 1, "first").await.unwrap();
            let doubled = "INSERT INTO #tfa_user_config (user_id, encoded_config) VALUES (1, 'x')";
            connection.execute(doubled, Vec::new()).await.unwrap();
            save(&mut connection, 1, "second").await.unwrap();
            let found = find(&mut connection, 1).await.unwrap();
            assert_eq!(found.as_deref(), Some("second"));
            let all = list(&mut connection).await.unwrap();
            assert_eq!(all, [(1, "second".to_owned())]);
        })
        .await;
    }
}
