//! Databases for tests: empty or as a new instance has them, on every engine we promise. A test
//! that takes [`each_engine`] has run on SQLite, and on MariaDB without and with a table prefix;
//! where MariaDB is missing it fails, since a skipped engine would look like a passed one. MySQL can
//! stand in for MariaDB: see [`server_address`].
#![expect(
    clippy::panic,
    clippy::expect_used,
    clippy::print_stderr,
    reason = "only tests use it, and a test stops at the first thing that is not as it should be"
)]

mod mariadb;
mod seeds;

pub use mariadb::server_address;
pub use seeds::AdminSeed;

use crate::database::{Connection, Database, Row, Settings, Value};
use crate::schema::{create_commerce_tables, migrate};
use mariadb::MariaDatabase;
use tempfile::TempDir;

/// Enough for a few nodes at once.
const CONNECTIONS: u32 = 8;

/// A database of a test's own, gone when it is dropped.
pub struct TestDatabase {
    database: Database,
    settings: Settings,
    name: String,
    _place: Place,
}

enum Place {
    Folder { _folder: TempDir },
    Server { _database: MariaDatabase },
}

impl TestDatabase {
    /// SQLite, with Commerce's tables, their first rows and ours.
    pub async fn sqlite() -> Self {
        Self::sqlite_empty().await.installed().await
    }

    /// SQLite without any table.
    pub async fn sqlite_empty() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("commerce.sqlite");
        crate::dialect::sqlite::create(&file).expect("a new SQLite file");
        let settings = Settings::Sqlite {
            file,
            prefix: String::new(),
        };
        Self::open(
            settings,
            "SQLite".to_owned(),
            Place::Folder { _folder: folder },
        )
        .await
    }

    /// MariaDB, with Commerce's tables, their first rows and ours, under a table prefix.
    pub async fn mariadb(prefix: &str) -> Self {
        Self::mariadb_empty(prefix).await.installed().await
    }

    /// MariaDB without any table.
    pub async fn mariadb_empty(prefix: &str) -> Self {
        let database = MariaDatabase::create().await;
        let settings = Settings::MySql(database.settings(prefix));
        let name = format!("the server at {} with prefix '{prefix}'", server_address());
        Self::open(
            settings,
            name,
            Place::Server {
                _database: database,
            },
        )
        .await
    }

    async fn open(settings: Settings, name: String, place: Place) -> Self {
        let database = Database::open(&settings, CONNECTIONS)
            .await
            .expect("the database opens");
        Self {
            database,
            settings,
            name,
            _place: place,
        }
    }

    async fn installed(self) -> Self {
        let mut connection = self.connection().await;
        create_commerce_tables(&mut connection)
            .await
            .expect("Commerce's tables");
        migrate(&mut connection).await.expect("our tables");
        drop(connection);
        self
    }

    /// The database under test.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// How to open it once more, as another process would.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The same database with another table prefix, or none.
    pub async fn with_prefix(&self, prefix: &str) -> Database {
        let mut settings = self.settings.clone();
        match &mut settings {
            Settings::Sqlite { prefix: old, .. } => *old = prefix.to_owned(),
            Settings::MySql(mysql) => mysql.prefix = prefix.to_owned(),
        }
        Database::open(&settings, CONNECTIONS)
            .await
            .expect("the database opens again")
    }

    /// Whether the server is MariaDB, rather than MySQL.
    pub async fn is_mariadb(&self) -> bool {
        self.texts("SELECT VERSION()")
            .await
            .concat()
            .contains("MariaDB")
    }

    /// A connection from the pool.
    pub async fn connection(&self) -> Connection {
        self.database.connection().await.expect("a connection")
    }

    /// Runs a statement (`#` stands for the prefix) and returns how many rows it matched.
    pub async fn execute(&self, sql: &str, arguments: Vec<Value>) -> u64 {
        match self.connection().await.execute(sql, arguments).await {
            Ok(rows) => rows,
            Err(error) => panic!("{error}: {sql}"),
        }
    }

    /// The rows of a query (`#` stands for the prefix).
    pub async fn rows(&self, sql: &str, arguments: Vec<Value>) -> Vec<Row> {
        match self.connection().await.fetch_all(sql, arguments).await {
            Ok(rows) => rows,
            Err(error) => panic!("{error}: {sql}"),
        }
    }

    /// The text of a query's first column.
    pub async fn texts(&self, sql: &str) -> Vec<String> {
        let rows = self.rows(sql, Vec::new()).await;
        rows.iter().map(|row| row.text(0).expect("text")).collect()
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("this was on {}", self.name);
        }
    }
}

/// Runs a test on a new instance's database, once on each engine.
pub async fn each_engine(test: impl AsyncFn(&TestDatabase)) {
    test(&TestDatabase::sqlite().await).await;
    test(&TestDatabase::mariadb("").await).await;
    test(&TestDatabase::mariadb("mg_").await).await;
}

/// Runs a test on a database without tables, once on each engine.
pub async fn each_empty_engine(test: impl AsyncFn(&TestDatabase)) {
    test(&TestDatabase::sqlite_empty().await).await;
    test(&TestDatabase::mariadb_empty("").await).await;
    test(&TestDatabase::mariadb_empty("mg_").await).await;
}
