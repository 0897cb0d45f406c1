//! From a table's description to SQL: one file per engine. Every statement may be repeated; a
//! schema change that was interrupted is completed by running it again.

mod mysql;
mod sqlite;

use super::table::Table;
use crate::database::{Connection, DatabaseError};
use crate::dialect::Dialect;

/// Creates a table with its keys, unless it is there already.
pub(crate) async fn create(
    connection: &mut Connection,
    table: &Table,
) -> Result<(), DatabaseError> {
    let prefix = connection.prefix();
    let statements = match connection.dialect() {
        Dialect::Sqlite => sqlite::statements(table, prefix),
        Dialect::MySql => mysql::statements(table, prefix),
    };
    for statement in statements {
        connection.execute_script(&statement).await?;
    }
    Ok(())
}

/// What surrounds a schema change.
pub(crate) struct Frame {
    before: &'static [&'static str],
    done: &'static [&'static str],
    failed: &'static [&'static str],
}

impl Frame {
    /// Readies the connection for a schema change.
    pub(crate) async fn open(connection: &mut Connection) -> Result<Self, DatabaseError> {
        let frame = match connection.dialect() {
            Dialect::Sqlite => sqlite::FRAME,
            Dialect::MySql => mysql::FRAME,
        };
        run(connection, frame.before).await?;
        Ok(frame)
    }

    /// Leaves the connection as it was found and passes `outcome` on.
    pub(crate) async fn close<T>(
        self,
        connection: &mut Connection,
        outcome: Result<T, DatabaseError>,
    ) -> Result<T, DatabaseError> {
        let statements = match outcome {
            Ok(_) => self.done,
            Err(_) => self.failed,
        };
        let closed = run(connection, statements).await;
        let value = outcome?;
        closed.map(|()| value)
    }
}

async fn run(connection: &mut Connection, statements: &[&str]) -> Result<(), DatabaseError> {
    for statement in statements {
        connection.execute_script(statement).await?;
    }
    Ok(())
}

/// A query for the column names of the one table whose full name is bound; empty without it.
pub(crate) fn columns_query(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => sqlite::COLUMNS,
        Dialect::MySql => mysql::COLUMNS,
    }
}

/// `` `a`, `b` ``: both engines take backticks.
fn quoted(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

/// Commerce's way to name a key: table with prefix and columns, in capitals. By these names its
/// `setup:upgrade` recognises a key, and two instances in one database do not get in each other's
/// way.
fn key_name(prefix: &str, table: &str, columns: &[&str]) -> String {
    format!("{prefix}{table}_{}", columns.join("_")).to_uppercase()
}
