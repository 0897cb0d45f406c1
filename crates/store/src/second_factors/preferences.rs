//! What Commerce keeps beside a person's second factors in `tfa_user_config`, in clear: which
//! provider comes first, and a list of providers that Commerce stores and asks nobody for.

use crate::database::{Connection, DatabaseError};
use domain::admin::AdminId;

/// The code of the provider that comes first; nothing where none was chosen.
pub async fn find_default(
    connection: &mut Connection,
    admin: AdminId,
) -> Result<Option<String>, DatabaseError> {
    let sql = "SELECT default_provider FROM #tfa_user_config WHERE user_id = ? \
               ORDER BY config_id LIMIT 1";
    let row = connection.fetch_optional(sql, vec![admin.into()]).await?;
    Ok(match row {
        Some(row) => row.optional_text(0)?,
        None => None,
    })
}

/// Keeps the code of the provider that comes first, in a transaction that holds the account.
pub async fn set_default(
    connection: &mut Connection,
    admin: AdminId,
    code: &str,
) -> Result<(), DatabaseError> {
    set(connection, admin, "default_provider", code).await
}

/// Keeps the list, as the JSON that Commerce writes, in a transaction that holds the account.
pub async fn set_list(
    connection: &mut Connection,
    admin: AdminId,
    json: &str,
) -> Result<(), DatabaseError> {
    set(connection, admin, "encoded_providers", json).await
}

/// Writes to the row that is read: the first of the person.
async fn set(
    connection: &mut Connection,
    admin: AdminId,
    column: &'static str,
    value: &str,
) -> Result<(), DatabaseError> {
    let sql = "SELECT MIN(config_id) FROM #tfa_user_config WHERE user_id = ?";
    let first = connection.fetch_optional(sql, vec![admin.into()]).await?;
    let first = match first {
        Some(row) => row.optional_integer(0)?,
        None => None,
    };
    let (sql, whose) = match first {
        Some(id) => (
            format!("UPDATE #tfa_user_config SET {column} = ? WHERE config_id = ?"),
            id.into(),
        ),
        None => (
            format!("INSERT INTO #tfa_user_config ({column}, user_id) VALUES (?, ?)"),
            admin.into(),
        ),
    };
    let arguments = vec![value.into(), whose];
    connection.execute(&sql, arguments).await.map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::second_factors::user_configs;
    use crate::testing::{AdminSeed, each_engine};

    #[tokio::test]
    async fn preferences_stand_beside_what_is_set_up_and_leave_it_alone() {
        each_engine(async |database| {
            database.seed_admin(&AdminSeed::default()).await;
            let mut connection = database.connection().await;
            assert_eq!(find_default(&mut connection, 1).await.unwrap(), None);
            set_default(&mut connection, 1, "google").await.unwrap();
            assert_eq!(user_configs::find(&mut connection, 1).await.unwrap(), None);
            user_configs::save(&mut connection, 1, "sealed")
                .await
                .unwrap();
            set_default(&mut connection, 1, "u2fkey").await.unwrap();
            set_list(&mut connection, 1, "[\"google\"]").await.unwrap();
            let found = find_default(&mut connection, 1).await.unwrap();
            assert_eq!(found.as_deref(), Some("u2fkey"));
            let sealed = user_configs::find(&mut connection, 1).await.unwrap();
            assert_eq!(sealed.as_deref(), Some("sealed"));
            let sql = "SELECT encoded_providers FROM #tfa_user_config";
            let rows = connection.fetch_all(sql, Vec::new()).await.unwrap();
            assert_eq!(rows.len(), 1);
            assert_eq!(rows[0].text(0).unwrap(), "[\"google\"]");
        })
        .await;
    }
}
