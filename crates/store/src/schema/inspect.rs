//! What is there: the columns of a table and the migrations that were applied. Reads only.

use super::render;
use crate::database::{Connection, DatabaseError, Value};

/// The columns of a table named without its prefix, in lower case and in order; none when there
/// is no such table.
pub(crate) async fn columns(
    connection: &mut Connection,
    table: &str,
) -> Result<Vec<String>, DatabaseError> {
    let name = format!("{}{table}", connection.prefix());
    let query = render::columns_query(connection.dialect());
    connection
        .fetch_all(query, vec![Value::from(name)])
        .await?
        .iter()
        .map(|row| Ok(row.text(0)?.to_lowercase()))
        .collect()
}

/// The versions of our own tables that were applied, ascending; none before the first migration.
pub(crate) async fn applied_migrations(
    connection: &mut Connection,
) -> Result<Vec<u32>, DatabaseError> {
    if columns(connection, "postern_migration").await?.is_empty() {
        return Ok(Vec::new());
    }
    connection
        .fetch_all(
            "SELECT version FROM `#postern_migration` ORDER BY version",
            Vec::new(),
        )
        .await?
        .iter()
        .map(|row| row.id(0))
        .collect()
}
