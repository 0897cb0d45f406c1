//! `core_config_data`, with website and store codes in place of ids.

use crate::database::{Connection, DatabaseError};

/// One row.
#[derive(Clone)]
pub struct ConfigurationRow {
    /// `default`, `websites` or `stores`.
    pub scope: String,
    /// Id of the website or store; 0 for the default scope.
    pub scope_id: u32,
    /// Code of the website or store; nothing for the default scope, or where it no longer exists.
    pub scope_code: Option<String>,
    /// For example `admin/security/session_lifetime`.
    pub path: String,
    /// The stored text, encrypted where the path's values are.
    pub value: Option<String>,
    /// When the row was last written, in unix seconds.
    pub updated_at: Option<i64>,
}

/// Every row, default scope first.
pub async fn list(connection: &mut Connection) -> Result<Vec<ConfigurationRow>, DatabaseError> {
    let updated_at = connection.dialect().seconds("c.updated_at");
    let sql = format!(
        "SELECT c.scope, c.scope_id, COALESCE(w.code, s.code), c.path, c.value, {updated_at} \
         FROM #core_config_data c \
         LEFT JOIN #store_website w ON c.scope = 'websites' AND w.website_id = c.scope_id \
         LEFT JOIN #store s ON c.scope = 'stores' AND s.store_id = c.scope_id \
         ORDER BY c.scope, c.scope_id, c.path"
    );
    connection
        .fetch_all(&sql, Vec::new())
        .await?
        .iter()
        .map(|row| {
            Ok(ConfigurationRow {
                scope: row.text(0)?,
                scope_id: row.id(1)?,
                scope_code: row.optional_text(2)?,
                path: row.text(3)?,
                value: row.optional_text(4)?,
                updated_at: row.optional_integer(5)?,
            })
        })
        .collect()
}

/// Writes one value, replacing what is there.
pub async fn set(
    connection: &mut Connection,
    scope: &str,
    scope_id: u32,
    path: &str,
    value: &str,
) -> Result<(), DatabaseError> {
    let update = "UPDATE #core_config_data SET value = ? \
                  WHERE scope = ? AND scope_id = ? AND path = ?";
    let arguments = vec![value.into(), scope.into(), scope_id.into(), path.into()];
    if connection.execute(update, arguments).await? == 0 {
        insert(connection, scope, scope_id, path, value).await?;
    }
    Ok(())
}

/// Writes one value where none is.
pub async fn insert(
    connection: &mut Connection,
    scope: &str,
    scope_id: u32,
    path: &str,
    value: &str,
) -> Result<(), DatabaseError> {
    let insert = "INSERT INTO #core_config_data (value, scope, scope_id, path) \
                  VALUES (?, ?, ?, ?)";
    let arguments = vec![value.into(), scope.into(), scope_id.into(), path.into()];
    connection.execute(insert, arguments).await.map(|_| ())
}

/// Deletes the values of all `paths` in every scope. Returns how many rows that were.
pub async fn delete_everywhere(
    connection: &mut Connection,
    paths: &[&str],
) -> Result<u64, DatabaseError> {
    let places = vec!["?"; paths.len()].join(", ");
    let sql = format!("DELETE FROM #core_config_data WHERE path IN ({places})");
    let arguments = paths.iter().map(|path| (*path).into()).collect();
    connection.execute(&sql, arguments).await
}

/// The id of the website or store with `code`; nothing where there is none.
pub async fn find_scope_id(
    connection: &mut Connection,
    scope: &str,
    code: &str,
) -> Result<Option<u32>, DatabaseError> {
    let sql = match scope {
        "websites" => "SELECT website_id FROM #store_website WHERE code = ?",
        "stores" => "SELECT store_id FROM #store WHERE code = ?",
        _ => return Ok(Some(0)),
    };
    connection
        .fetch_optional(sql, vec![code.into()])
        .await?
        .map(|row| row.id(0))
        .transpose()
}

/// Every store's code with that of its website.
pub async fn list_stores(
    connection: &mut Connection,
) -> Result<Vec<(String, String)>, DatabaseError> {
    let sql = "SELECT s.code, w.code FROM #store s \
               JOIN #store_website w ON w.website_id = s.website_id \
               WHERE s.code IS NOT NULL AND w.code IS NOT NULL";
    let rows = connection.fetch_all(sql, Vec::new()).await?;
    rows.iter()
        .map(|row| Ok((row.text(0)?, row.text(1)?)))
        .collect()
}
