//! The catalogue of SQLite. Any column may hold text there, whatever its declared type.

use super::{Column, Table, quoted};
use crate::database::{Connection, DatabaseError};
use std::collections::HashMap;

/// How many tables one statement asks about: fewer than SQLite lets a result have columns.
const MOST_AT_ONCE: usize = 500;

/// All tables, the engine's own as well; those without a row have no columns here. A statement for
/// each table costs more than to look through most of them, so all are asked about at once.
pub(super) async fn tables(connection: &mut Connection) -> Result<Vec<Table>, DatabaseError> {
    let sizes = sizes(connection).await;
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
    let mut tables = Vec::new();
    for row in connection.fetch_all(sql, Vec::new()).await? {
        let name = row.text(0)?;
        tables.push(Table {
            size: sizes.get(&name).copied().unwrap_or(0),
            columns: Vec::new(),
            has_history: false,
            name,
        });
    }
    for tables in tables.chunks_mut(MOST_AT_ONCE) {
        let filled = filled(connection, tables).await;
        for table in tables
            .iter_mut()
            .filter(|table| filled.contains(&table.name))
        {
            table.columns = columns(connection, table);
        }
    }
    Ok(tables)
}

/// What is read of a table: whatever it has.
pub(super) fn select(table: &Table) -> String {
    format!("SELECT * FROM {}", quoted(&table.name))
}

/// The columns of a table with rows. One that cannot be read has a column of no name, so that it is
/// tried, and the fault is told.
fn columns(connection: &Connection, table: &Table) -> Vec<Column> {
    let known = connection.known_columns(&select(table), &table.name);
    let column = |(name, is_key)| Column {
        name,
        is_key,
        is_json: false,
    };
    let unknown = |_| vec![(String::new(), false)];
    let known = known.unwrap_or_else(unknown);
    known.into_iter().map(column).collect()
}

/// The names of those tables that have rows; where that cannot be told, of all.
async fn filled(connection: &mut Connection, tables: &[Table]) -> Vec<String> {
    let names = tables.iter().map(|table| table.name.clone()).collect();
    let questions: Vec<_> = tables
        .iter()
        .map(|table| format!("EXISTS (SELECT 1 FROM {})", quoted(&table.name)))
        .collect();
    let sql = format!("SELECT {}", questions.join(", "));
    // In statements a `#` stands for the table prefix.
    if sql.contains('#') {
        return names;
    }
    let Ok(Some(row)) = connection.fetch_optional(&sql, Vec::new()).await else {
        return names;
    };
    let is_filled = |(number, _): &(usize, String)| !row.integer(*number).is_ok_and(|is| is == 0);
    let numbered = names.into_iter().enumerate();
    numbered.filter(is_filled).map(|(_, name)| name).collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestDatabase;

    async fn columns(script: &str) -> Vec<(String, usize)> {
        let test = TestDatabase::sqlite_empty().await;
        let mut connection = test.connection().await;
        connection.execute_script(script).await.unwrap();
        let tables = tables(&mut connection).await.unwrap();
        let count = |table: Table| (table.name, table.columns.len());
        tables.into_iter().map(count).collect()
    }

    #[tokio::test]
    async fn only_tables_with_rows_are_asked_for_their_columns() {
        let script = "CREATE TABLE empty (a, b); CREATE TABLE `odd``name` (a, b); \
                      INSERT INTO `odd``name` VALUES (1, 2)";
        let told = [("empty".to_owned(), 0), ("odd`name".to_owned(), 2)];
        assert_eq!(columns(script).await, told);
    }
}
