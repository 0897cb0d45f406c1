//! One SQL code path over two engines. SQL text names tables as `#admin_user`; the instance's
//! table prefix is put in place of the `#`. What differs between engines is in `crate::dialect`
//! and nowhere else. This is the only module that hands SQL text to the driver.

mod connection;
mod error;
mod row;
mod settings;

pub use connection::{Connection, Transaction};
pub use error::DatabaseError;
pub use row::{Row, Value};
pub use settings::{MySqlAddress, MySqlSettings, Settings};

use crate::dialect::{self, Dialect};
use sqlx::MySqlPool;
use std::path::Path;

/// An instance's database: a pool of connections and the table prefix. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Database {
    pool: Pool,
    prefix: String,
}

#[derive(Clone, Debug)]
enum Pool {
    Sqlite(dialect::sqlite::Pool),
    MySql(MySqlPool),
}

impl Database {
    /// Opens the database that `settings` names with at most `connections` connections. The first
    /// connection is made at once, so that an unreachable or refusing server is told here.
    pub async fn open(settings: &Settings, connections: u32) -> Result<Self, DatabaseError> {
        let (pool, prefix) = match settings {
            Settings::Sqlite { file, prefix } => (
                Pool::Sqlite(dialect::sqlite::Pool::open(file, connections)?),
                prefix,
            ),
            Settings::MySql(mysql) => (
                Pool::MySql(dialect::mysql::open(mysql, connections).await?),
                &mysql.prefix,
            ),
        };
        Ok(Self {
            pool,
            prefix: prefix.clone(),
        })
    }

    /// A connection outside any transaction.
    pub async fn connection(&self) -> Result<Connection, DatabaseError> {
        let inner = match &self.pool {
            Pool::Sqlite(pool) => connection::Inner::Sqlite(pool.acquire().await?),
            Pool::MySql(pool) => connection::Inner::MySql(pool.acquire().await?),
        };
        Ok(Connection {
            inner,
            prefix: self.prefix.clone(),
        })
    }

    /// A transaction that may write. Dropped without [`Transaction::commit`] it is rolled back.
    /// On SQLite it takes the write lock at once, since a later upgrade could fail half way.
    pub async fn begin(&self) -> Result<Transaction, DatabaseError> {
        let inner = match &self.pool {
            Pool::Sqlite(pool) => connection::Inner::Sqlite(pool.acquire_to_write().await?),
            Pool::MySql(pool) => connection::Inner::MySqlTransaction(pool.begin().await?),
        };
        let mut connection = Connection {
            inner,
            prefix: self.prefix.clone(),
        };
        if connection.dialect() == Dialect::Sqlite {
            connection.execute_script("BEGIN IMMEDIATE").await?;
        }
        Ok(Transaction { connection })
    }

    /// Runs one statement whose loss in a power cut would do no harm, without waiting for the disk
    /// where the engine lets one say so.
    pub async fn execute_unsynced(
        &self,
        sql: &str,
        arguments: Vec<Value>,
    ) -> Result<(), DatabaseError> {
        let mut connection = self.connection().await?;
        let (relax, restore) = connection.dialect().unsynced();
        connection.execute_script(relax).await?;
        let executed = connection.execute(sql, arguments).await;
        connection.execute_script(restore).await?;
        executed.map(|_| ())
    }

    /// The table prefix of the instance, often empty.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Whether the engine is a server other nodes may share, rather than a file.
    pub fn is_server(&self) -> bool {
        matches!(self.pool, Pool::MySql(_))
    }

    /// The file of an embedded database; nothing for a server's.
    pub fn file(&self) -> Option<&Path> {
        match &self.pool {
            Pool::Sqlite(pool) => Some(pool.file()),
            Pool::MySql(_) => None,
        }
    }

    /// Makes an empty SQLite database, readable by its owner alone.
    pub async fn create_sqlite(file: &Path) -> Result<(), DatabaseError> {
        dialect::sqlite::create(file)
    }

    /// Lets nothing of deleted rows survive outside the database file proper: SQLite's
    /// write-ahead log is folded into it, where deleted content is overwritten. Servers look
    /// after their own logs.
    pub async fn fold_away_deleted(&self) -> Result<(), DatabaseError> {
        match &self.pool {
            Pool::Sqlite(pool) => dialect::sqlite::fold_log(pool).await,
            Pool::MySql(_) => Ok(()),
        }
    }

    /// Closes every connection and waits for it.
    pub async fn close(&self) {
        match &self.pool {
            Pool::Sqlite(pool) => pool.close(),
            Pool::MySql(pool) => pool.close().await,
        }
    }
}
