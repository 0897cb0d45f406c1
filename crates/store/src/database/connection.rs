//! Running statements, on a connection or within a transaction, alike on both engines.

use super::{DatabaseError, Row, Value};
use crate::dialect::{Dialect, mysql, sqlite};
use sqlx::MySql;
use sqlx::pool::PoolConnection;
use std::ops::{ControlFlow, Deref, DerefMut};

/// A connection from the pool.
pub struct Connection {
    pub(super) inner: Inner,
    pub(super) prefix: String,
}

pub(super) enum Inner {
    /// Whether a transaction is open, SQLite itself knows.
    Sqlite(sqlite::Guard),
    MySql(PoolConnection<MySql>),
    MySqlTransaction(sqlx::Transaction<'static, MySql>),
}

impl Connection {
    /// Runs a statement and returns how many rows it matched.
    pub async fn execute(
        &mut self,
        sql: &str,
        arguments: Vec<Value>,
    ) -> Result<u64, DatabaseError> {
        let sql = self.prefixed(sql);
        match &mut self.inner {
            Inner::Sqlite(guard) => {
                let _turn = guard.turn().await?;
                sqlite::execute(guard.connection()?, &sql, &arguments)
            }
            Inner::MySql(connection) => mysql::execute(connection, sql, arguments).await,
            Inner::MySqlTransaction(connection) => mysql::execute(connection, sql, arguments).await,
        }
    }

    /// Deletes every row of a table, named as in a statement. Returns how many there were. Without
    /// a condition SQLite would write the pages of a table and of its indexes anew even where it
    /// is empty, and all of that would be waited for when it is synced.
    pub async fn delete_all(&mut self, table: &str) -> Result<u64, DatabaseError> {
        let sql = format!("DELETE FROM {table} WHERE TRUE");
        self.execute(&sql, Vec::new()).await
    }

    /// Runs several statements without arguments, separated by `;`, as a schema needs them.
    pub async fn execute_script(&mut self, sql: &str) -> Result<(), DatabaseError> {
        let sql = self.prefixed(sql);
        match &mut self.inner {
            Inner::Sqlite(guard) => sqlite::execute_script(guard.connection()?, &sql),
            Inner::MySql(connection) => mysql::execute_script(connection, sql).await,
            Inner::MySqlTransaction(connection) => mysql::execute_script(connection, sql).await,
        }
    }

    /// All rows of a result.
    pub async fn fetch_all(
        &mut self,
        sql: &str,
        arguments: Vec<Value>,
    ) -> Result<Vec<Row>, DatabaseError> {
        let mut rows = Vec::new();
        let keep = |row| {
            rows.push(row);
            ControlFlow::Continue(())
        };
        self.for_each(sql, arguments, keep).await?;
        Ok(rows)
    }

    /// The first row of a result, if any.
    pub async fn fetch_optional(
        &mut self,
        sql: &str,
        arguments: Vec<Value>,
    ) -> Result<Option<Row>, DatabaseError> {
        Ok(self.fetch_all(sql, arguments).await?.into_iter().next())
    }

    /// Hands each row of a result to `visit` as it arrives, until that has seen enough, so that a
    /// large table is never held in memory.
    pub async fn for_each(
        &mut self,
        sql: &str,
        arguments: Vec<Value>,
        visit: impl FnMut(Row) -> ControlFlow<()>,
    ) -> Result<(), DatabaseError> {
        let sql = self.prefixed(sql);
        match &mut self.inner {
            Inner::Sqlite(guard) => sqlite::for_each(guard.connection()?, &sql, &arguments, visit),
            Inner::MySql(connection) => mysql::for_each(connection, sql, arguments, visit).await,
            Inner::MySqlTransaction(connection) => {
                mysql::for_each(connection, sql, arguments, visit).await
            }
        }
    }

    /// The columns of a query's result and which of them belong to the primary key of `table`, as
    /// far as the driver knows it by itself: a server's knows nothing before it asks.
    pub(crate) fn known_columns(
        &self,
        sql: &str,
        table: &str,
    ) -> Result<Vec<(String, bool)>, DatabaseError> {
        match &self.inner {
            Inner::Sqlite(guard) => sqlite::columns(guard.connection()?, sql, table),
            Inner::MySql(_) | Inner::MySqlTransaction(_) => Ok(Vec::new()),
        }
    }

    /// The id that the last insert on this connection was given.
    pub async fn last_insert_id(&mut self) -> Result<u32, DatabaseError> {
        let sql = self.dialect().last_insert_id();
        self.fetch_optional(sql, Vec::new())
            .await?
            .ok_or(DatabaseError::Shape { column: 0 })?
            .id(0)
    }

    /// The engine's peculiarities.
    pub(crate) fn dialect(&self) -> Dialect {
        match self.inner {
            Inner::Sqlite(_) => Dialect::Sqlite,
            Inner::MySql(_) | Inner::MySqlTransaction(_) => Dialect::MySql,
        }
    }

    /// The table prefix of the instance.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Puts the table prefix in place of each `#`.
    fn prefixed(&self, sql: &str) -> String {
        sql.replace('#', &self.prefix)
    }
}

/// A connection within a transaction.
pub struct Transaction {
    pub(super) connection: Connection,
}

impl Transaction {
    /// Has it wait a second at the most for each row that somebody else holds, which a server would
    /// let it do for longer. SQLite has no such rows: who has its turn to write has all of them.
    pub async fn wait_briefly(&mut self) -> Result<(), DatabaseError> {
        match self.dialect() {
            Dialect::Sqlite => Ok(()),
            Dialect::MySql => {
                let sql = "SET SESSION innodb_lock_wait_timeout = 1";
                self.execute_script(sql).await
            }
        }
    }

    /// Makes everything done through it durable and visible, or nothing of it.
    pub async fn commit(self) -> Result<(), DatabaseError> {
        match self.connection.inner {
            Inner::Sqlite(guard) => sqlite::execute_script(guard.connection()?, "COMMIT")?,
            Inner::MySqlTransaction(transaction) => transaction.commit().await?,
            Inner::MySql(_) => {}
        }
        Ok(())
    }
}

impl Deref for Transaction {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.connection
    }
}

impl DerefMut for Transaction {
    fn deref_mut(&mut self) -> &mut Connection {
        &mut self.connection
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{TestDatabase, each_empty_engine};

    const TABLE: &str = "CREATE TABLE #kept (id INT PRIMARY KEY, note VARCHAR(9))";

    #[tokio::test]
    async fn all_rows_are_deleted_and_counted() {
        each_empty_engine(async |test| {
            let mut connection = test.connection().await;
            connection.execute_script(TABLE).await.unwrap();
            let insert = "INSERT INTO #kept VALUES (1, 'a'), (2, 'b')";
            connection.execute(insert, Vec::new()).await.unwrap();
            assert_eq!(connection.delete_all("#kept").await.unwrap(), 2);
            assert_eq!(connection.delete_all("#kept").await.unwrap(), 0);
        })
        .await;
    }

    #[tokio::test]
    async fn deleting_all_rows_of_an_empty_table_writes_nothing() {
        let test = TestDatabase::sqlite_empty().await;
        let mut connection = test.connection().await;
        connection.execute_script(TABLE).await.unwrap();
        test.database().fold_away_deleted().await.unwrap();
        connection.delete_all("#kept").await.unwrap();
        let log = test.rows("PRAGMA wal_checkpoint", Vec::new()).await;
        assert_eq!(log[0].integer(1).unwrap(), 0, "pages in the log");
    }
}
