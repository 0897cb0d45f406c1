//! The catalogue of SQLite. Any column may hold text there, whatever its declared type.

use super::{Column, Table};
use crate::database::{Connection, DatabaseError};
use std::collections::HashMap;

/// All tables, the engine's own as well. Two questions tell everything: each costs a change of
/// threads, and the operator is waiting.
pub(super) async fn tables(connection: &mut Connection) -> Result<Vec<Table>, DatabaseError> {
    let sizes = sizes(connection).await;
    let sql = "SELECT t.name, c.name, c.pk FROM sqlite_schema t JOIN pragma_table_info(t.name) c \
               WHERE t.type = 'table' ORDER BY t.name, c.cid";
    let mut tables: Vec<Table> = Vec::new();
    for row in connection.fetch_all(sql, Vec::new()).await? {
        let name = row.text(0)?;
        let column = Column {
            name: row.text(1)?,
            is_key: row.integer(2)? > 0,
            is_json: false,
        };
        match tables.last_mut() {
            Some(table) if table.name == name => table.columns.push(column),
            _ => tables.push(Table {
                size: sizes.get(&name).copied().unwrap_or(0),
                columns: vec![column],
                has_history: false,
                name,
            }),
        }
    }
    Ok(tables)
}

/// The highest row number that each table gave out, which grows with the table. Tables without
/// such numbers count as small.
async fn sizes(connection: &mut Connection) -> HashMap<String, u64> {
    let sql = "SELECT name, seq FROM sqlite_sequence";
    let rows = connection
        .fetch_all(sql, Vec::new())
        .await
        .unwrap_or_default();
    rows.iter()
        .filter_map(|row| Some((row.text(0).ok()?, row.integer(1).ok()?.unsigned_abs())))
        .collect()
}
