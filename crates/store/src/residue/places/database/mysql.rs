//! The catalogue of MySQL and MariaDB: `information_schema`, for the current database.

use super::{Column, Table, quoted};
use crate::database::{Connection, DatabaseError};
use std::time::Duration;

/// Columns that can hold text, and the numbers of primary keys.
const COLUMNS: &str = "\
    SELECT t.table_name, COALESCE(t.data_length, 0), t.table_type, c.column_name, c.data_type, \
        CASE WHEN c.column_key = 'PRI' AND c.data_type LIKE '%int' THEN 1 ELSE 0 END \
    FROM information_schema.tables t \
    JOIN information_schema.columns c \
        ON c.table_schema = t.table_schema AND c.table_name = t.table_name \
    WHERE t.table_schema = DATABASE() AND t.table_type IN ('BASE TABLE', 'SYSTEM VERSIONED') \
        AND (c.data_type LIKE '%char' OR c.data_type LIKE '%text' OR c.data_type LIKE '%blob' \
            OR c.data_type LIKE '%binary' OR c.data_type IN ('json', 'enum', 'set') \
            OR (c.column_key = 'PRI' AND c.data_type LIKE '%int')) \
    ORDER BY t.table_name, c.ordinal_position";

/// MySQL tells sizes of up to a day ago unless it is asked for those of now. To MariaDB, whose sizes
/// are always of now, these are comments.
const SIZES_OF_NOW: &str = "/*!80000 SET SESSION information_schema_stats_expiry = 0 */";
const SIZES_AS_BEFORE: &str = "/*!80000 SET SESSION information_schema_stats_expiry = DEFAULT */";

/// All tables that have anything to search.
pub(super) async fn tables(connection: &mut Connection) -> Result<Vec<Table>, DatabaseError> {
    // The sizes are for the order and the haste only: who does not tell them is searched all the same.
    let _ = connection.execute_script(SIZES_OF_NOW).await;
    let rows = connection.fetch_all(COLUMNS, Vec::new()).await;
    let _ = connection.execute_script(SIZES_AS_BEFORE).await;
    let mut tables: Vec<Table> = Vec::new();
    for row in rows? {
        let name = row.text(0)?;
        let column = Column {
            name: row.text(3)?,
            is_key: row.integer(5)? == 1,
            is_json: row.text(4)?.eq_ignore_ascii_case("json"),
        };
        match tables.last_mut().filter(|table| table.name == name) {
            Some(table) => table.columns.push(column),
            None => tables.push(Table {
                size: u64::try_from(row.integer(1)?).unwrap_or(0),
                has_history: row.text(2)? == "SYSTEM VERSIONED",
                columns: vec![column],
                name,
            }),
        }
    }
    tables.retain(|table| table.columns.iter().any(|column| !column.is_key));
    Ok(tables)
}

/// What is read of a table: the columns that can hold text, and those that tell which row it is.
pub(super) fn select(table: &Table) -> String {
    let columns: Vec<_> = table
        .columns
        .iter()
        .map(|column| match column.is_json {
            true => format!("CAST({} AS CHAR)", quoted(&column.name)),
            false => quoted(&column.name),
        })
        .collect();
    let history = if table.has_history {
        " FOR SYSTEM_TIME ALL"
    } else {
        ""
    };
    format!(
        "SELECT {} FROM {}{history}",
        columns.join(", "),
        quoted(&table.name)
    )
}

/// Makes the server itself end a statement that takes longer. A statement that was only abandoned
/// here would have to be read to its end before the connection closes.
pub(super) async fn limit_statements(
    connection: &mut Connection,
    limit: Duration,
) -> Result<(), DatabaseError> {
    // MariaDB counts seconds, MySQL milliseconds under another name; each refuses the other's.
    // To both of them 0 means no limit.
    let limit = limit.max(Duration::from_millis(1));
    let mariadb = format!("SET SESSION max_statement_time = {}", limit.as_secs_f64());
    if connection.execute(&mariadb, Vec::new()).await.is_ok() {
        return Ok(());
    }
    let mysql = format!("SET SESSION max_execution_time = {}", limit.as_millis());
    connection.execute(&mysql, Vec::new()).await.map(drop)
}

/// Gives the connection back without a limit of ours.
pub(super) async fn lift_limit(connection: &mut Connection) -> Result<(), DatabaseError> {
    let mariadb = "SET SESSION max_statement_time = DEFAULT";
    if connection.execute(mariadb, Vec::new()).await.is_ok() {
        return Ok(());
    }
    let mysql = "SET SESSION max_execution_time = DEFAULT";
    connection.execute(mysql, Vec::new()).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestDatabase;
    use std::time::Instant;

    /// The size of the only table, by the catalogue.
    async fn size(test: &TestDatabase) -> u64 {
        tables(&mut test.connection().await).await.unwrap()[0].size
    }

    #[tokio::test]
    async fn a_table_that_grew_is_told_with_the_size_of_now() {
        let test = TestDatabase::mariadb_empty("").await;
        let create = "CREATE TABLE notes (note TEXT) ENGINE=InnoDB STATS_PERSISTENT=1";
        test.execute(create, vec![]).await;
        let before = size(&test).await;
        let fill = "INSERT INTO notes SELECT REPEAT('x', 1000) \
                    FROM information_schema.columns a, information_schema.tables b LIMIT 3000";
        test.execute(fill, vec![]).await;
        let deadline = Instant::now() + Duration::from_secs(30);
        while size(&test).await < before + 1_000_000 {
            assert!(Instant::now() < deadline, "the size is one of before");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}
