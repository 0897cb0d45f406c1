//! The catalogue of SQLite. Any column may hold text there, whatever its declared type.

use super::{Column, Table, quoted};
use crate::database::{Connection, DatabaseError, Value};

/// All tables, the engine's own as well.
pub(super) async fn tables(connection: &mut Connection) -> Result<Vec<Table>, DatabaseError> {
    let names = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
    let mut tables = Vec::new();
    for row in connection.fetch_all(names, Vec::new()).await? {
        let name = row.text(0)?;
        let table = Table {
            columns: columns(connection, &name).await?,
            size: size(connection, &name).await,
            has_history: false,
            name,
        };
        tables.push(table);
    }
    tables.retain(|table| !table.columns.is_empty());
    Ok(tables)
}

async fn columns(connection: &mut Connection, table: &str) -> Result<Vec<Column>, DatabaseError> {
    connection
        .fetch_all(
            "SELECT name, pk FROM pragma_table_info(?) ORDER BY cid",
            vec![Value::from(table)],
        )
        .await?
        .iter()
        .map(|row| {
            Ok(Column {
                name: row.text(0)?,
                is_key: row.integer(1)? > 0,
                is_json: false,
            })
        })
        .collect()
}

/// The highest row number, which is known at once and grows with the table. Tables without row
/// numbers are small by nature.
async fn size(connection: &mut Connection, table: &str) -> u64 {
    let sql = format!("SELECT MAX(rowid) FROM {}", quoted(table));
    match connection.fetch_optional(&sql, Vec::new()).await {
        Ok(Some(row)) => row
            .optional_integer(0)
            .ok()
            .flatten()
            .unwrap_or(0)
            .unsigned_abs(),
        _ => 0,
    }
}
