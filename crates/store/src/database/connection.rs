//! Running statements, on a connection or within a transaction, alike on both engines.

use super::{DatabaseError, Row, Value};
use crate::dialect::Dialect;
use futures_util::TryStreamExt;
use sqlx::pool::PoolConnection;
use sqlx::{AssertSqlSafe, Column, MySql, Row as _, SqlSafeStr, Sqlite, TypeInfo, ValueRef};
use std::ops::{Deref, DerefMut};

/// A connection from the pool.
pub struct Connection {
    pub(super) inner: Inner,
    pub(super) prefix: String,
}

pub(super) enum Inner {
    Sqlite(PoolConnection<Sqlite>),
    MySql(PoolConnection<MySql>),
    SqliteTransaction(sqlx::Transaction<'static, Sqlite>),
    MySqlTransaction(sqlx::Transaction<'static, MySql>),
}

/// Runs `$body` with `$executor` bound to the driver's connection, whichever it is.
macro_rules! on_each_engine {
    ($connection:expr, $executor:ident, $bind:ident, $read:ident => $body:expr) => {
        match &mut $connection.inner {
            Inner::Sqlite(connection) => {
                let ($executor, $bind, $read) = (&mut **connection, bind_sqlite, read_sqlite);
                $body
            }
            Inner::SqliteTransaction(connection) => {
                let ($executor, $bind, $read) = (&mut **connection, bind_sqlite, read_sqlite);
                $body
            }
            Inner::MySql(connection) => {
                let ($executor, $bind, $read) = (&mut **connection, bind_mysql, read_mysql);
                $body
            }
            Inner::MySqlTransaction(connection) => {
                let ($executor, $bind, $read) = (&mut **connection, bind_mysql, read_mysql);
                $body
            }
        }
    };
}

impl Connection {
    /// Runs a statement and returns how many rows it matched.
    pub async fn execute(
        &mut self,
        sql: &str,
        arguments: Vec<Value>,
    ) -> Result<u64, DatabaseError> {
        let sql = self.prefixed(sql);
        on_each_engine!(self, executor, bind, _read => {
            let query = arguments.into_iter().fold(sqlx::query(sql), bind);
            Ok(query.execute(executor).await?.rows_affected())
        })
    }

    /// Runs several statements without arguments, separated by `;`, as a schema needs them.
    pub async fn execute_script(&mut self, sql: &str) -> Result<(), DatabaseError> {
        let sql = self.prefixed(sql);
        on_each_engine!(self, executor, _bind, _read => {
            sqlx::raw_sql(sql).execute(executor).await?;
        });
        Ok(())
    }

    /// All rows of a result.
    pub async fn fetch_all(
        &mut self,
        sql: &str,
        arguments: Vec<Value>,
    ) -> Result<Vec<Row>, DatabaseError> {
        let mut rows = Vec::new();
        self.for_each(sql, arguments, |row| rows.push(row)).await?;
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

    /// Hands each row of a result to `visit` as it arrives, so that a large table is never held
    /// in memory.
    pub async fn for_each(
        &mut self,
        sql: &str,
        arguments: Vec<Value>,
        mut visit: impl FnMut(Row),
    ) -> Result<(), DatabaseError> {
        let sql = self.prefixed(sql);
        on_each_engine!(self, executor, bind, read => {
            let query = arguments.into_iter().fold(sqlx::query(sql), bind);
            let mut rows = query.fetch(executor);
            while let Some(row) = rows.try_next().await? {
                visit(read(&row)?);
            }
        });
        Ok(())
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
            Inner::Sqlite(_) | Inner::SqliteTransaction(_) => Dialect::Sqlite,
            Inner::MySql(_) | Inner::MySqlTransaction(_) => Dialect::MySql,
        }
    }

    /// The table prefix of the instance.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Puts the table prefix in place of each `#` and vouches for the text: all SQL is written in
    /// this crate, values are bound, and the prefix was validated when the instance was opened.
    fn prefixed(&self, sql: &str) -> sqlx::SqlStr {
        AssertSqlSafe(sql.replace('#', &self.prefix)).into_sql_str()
    }
}

/// A connection within a transaction.
pub struct Transaction {
    pub(super) connection: Connection,
}

impl Transaction {
    /// Makes everything done through it durable and visible, or nothing of it.
    pub async fn commit(self) -> Result<(), DatabaseError> {
        match self.connection.inner {
            Inner::SqliteTransaction(transaction) => transaction.commit().await?,
            Inner::MySqlTransaction(transaction) => transaction.commit().await?,
            Inner::Sqlite(_) | Inner::MySql(_) => {}
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

type SqliteQuery<'q> = sqlx::query::Query<'q, Sqlite, sqlx::sqlite::SqliteArguments>;
type MySqlQuery<'q> = sqlx::query::Query<'q, MySql, sqlx::mysql::MySqlArguments>;

fn bind_sqlite<'q>(query: SqliteQuery<'q>, mut value: Value) -> SqliteQuery<'q> {
    match &mut value {
        Value::Null => query.bind(None::<i64>),
        Value::Integer(number) => query.bind(*number),
        Value::Real(number) => query.bind(*number),
        // SQLite compares TEXT and BLOB as different things, so text is bound as text.
        Value::Bytes(bytes) => match String::from_utf8(std::mem::take(bytes)) {
            Ok(text) => query.bind(text),
            Err(error) => query.bind(error.into_bytes()),
        },
    }
}

fn bind_mysql<'q>(query: MySqlQuery<'q>, mut value: Value) -> MySqlQuery<'q> {
    match &mut value {
        Value::Null => query.bind(None::<i64>),
        Value::Integer(number) => query.bind(*number),
        Value::Real(number) => query.bind(*number),
        Value::Bytes(bytes) => match String::from_utf8(std::mem::take(bytes)) {
            Ok(text) => query.bind(text),
            Err(error) => query.bind(error.into_bytes()),
        },
    }
}

fn read_sqlite(row: &sqlx::sqlite::SqliteRow) -> Result<Row, DatabaseError> {
    (0..row.len())
        .map(|column| {
            let raw = row.try_get_raw(column)?;
            if raw.is_null() {
                return Ok(Value::Null);
            }
            Ok(match raw.type_info().name() {
                "INTEGER" | "BOOLEAN" => Value::Integer(row.try_get_unchecked(column)?),
                "REAL" => Value::Real(row.try_get_unchecked(column)?),
                _ => Value::Bytes(row.try_get_unchecked::<Vec<u8>, _>(column)?),
            })
        })
        .collect::<Result<_, DatabaseError>>()
        .map(Row)
}

fn read_mysql(row: &sqlx::mysql::MySqlRow) -> Result<Row, DatabaseError> {
    (0..row.len())
        .map(|column| {
            if row.try_get_raw(column)?.is_null() {
                return Ok(Value::Null);
            }
            let name = row.column(column).type_info().name().to_owned();
            Ok(match name.as_str() {
                "FLOAT" | "DOUBLE" => Value::Real(row.try_get_unchecked(column)?),
                name if name.contains("INT") && name.ends_with("UNSIGNED") => {
                    let number: u64 = row.try_get_unchecked(column)?;
                    Value::Integer(
                        i64::try_from(number).map_err(|_| DatabaseError::Shape { column })?,
                    )
                }
                name if name.contains("INT") || name == "BOOLEAN" => {
                    Value::Integer(row.try_get_unchecked(column)?)
                }
                _ => Value::Bytes(row.try_get_unchecked::<Vec<u8>, _>(column)?),
            })
        })
        .collect::<Result<_, DatabaseError>>()
        .map(Row)
}
