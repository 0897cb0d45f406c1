//! Everything a database holds, as text that can be compared.

use std::collections::BTreeMap;
use store::database::{Connection, Database, Value};

/// One row: its columns by name.
pub type Row = BTreeMap<String, String>;

/// Every table by its name without the prefix, its rows sorted.
pub type Dump = BTreeMap<String, Vec<Row>>;

/// What stands for SQL's NULL.
const NULL: &str = "(null)";

/// Reads every table whose name begins with the instance's prefix.
pub async fn take(database: &Database) -> Dump {
    let mut connection = database.connection().await.expect("a connection");
    let mut dump = Dump::new();
    for (table, columns) in tables(&mut connection, database).await {
        let selected: Vec<String> = columns.iter().map(|column| column.sql.clone()).collect();
        let sql = format!("SELECT {} FROM `#{table}`", selected.join(", "));
        let rows = connection
            .fetch_all(&sql, Vec::new())
            .await
            .expect("the rows of a table");
        let names = columns.iter().map(|column| column.name.clone());
        let mut rows: Vec<Row> = rows
            .iter()
            .map(|row| {
                let cells = (0..columns.len()).map(|index| text(row.value(index).expect("a cell")));
                names.clone().zip(cells).collect()
            })
            .collect();
        rows.sort();
        dump.insert(table, rows);
    }
    dump
}

struct Column {
    name: String,
    /// The column in a form that reads the same on every connection.
    sql: String,
}

async fn tables(connection: &mut Connection, database: &Database) -> BTreeMap<String, Vec<Column>> {
    let query = if database.is_server() {
        "SELECT table_name, column_name, data_type FROM information_schema.columns \
         WHERE table_schema = DATABASE() ORDER BY ordinal_position"
    } else {
        "SELECT t.name, c.name, c.type FROM sqlite_master t JOIN pragma_table_info(t.name) c \
         WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY c.cid"
    };
    let mut tables: BTreeMap<String, Vec<Column>> = BTreeMap::new();
    for row in connection
        .fetch_all(query, Vec::new())
        .await
        .expect("the tables")
    {
        let [table, name, kind] = [0, 1, 2].map(|column| row.text(column).expect("a name"));
        let table = table
            .strip_prefix(database.prefix())
            .unwrap_or(&table)
            .to_owned();
        let sql = if kind.to_lowercase().contains("blob") {
            format!("HEX(`{name}`)")
        } else if database.is_server() {
            format!("CAST(`{name}` AS CHAR)")
        } else {
            format!("`{name}`")
        };
        tables.entry(table).or_default().push(Column { name, sql });
    }
    tables
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => NULL.to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// How two dumps differ, for a person; nothing where they are equal.
pub fn difference(expected: &Dump, actual: &Dump) -> Option<String> {
    let mut told = String::new();
    let names = expected
        .keys()
        .chain(actual.keys().filter(|name| !expected.contains_key(*name)));
    for name in names {
        let (before, after) = (expected.get(name), actual.get(name));
        if before == after {
            continue;
        }
        let (before, after) = (before.into_iter().flatten(), after.into_iter().flatten());
        let gone = before
            .clone()
            .filter(|row| !after.clone().any(|other| other == *row));
        let new = after
            .clone()
            .filter(|row| !before.clone().any(|other| other == *row));
        told += &format!("table {name}\n");
        told.extend(gone.map(|row| format!("  - {row:?}\n")));
        told.extend(new.map(|row| format!("  + {row:?}\n")));
    }
    (!told.is_empty()).then_some(told)
}
