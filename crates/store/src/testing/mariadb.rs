//! A database of its own on the local MariaDB, dropped even when the test panics, together with the
//! user of its name where the test made one.

use crate::database::{Database, DatabaseError, MySqlAddress, MySqlSettings, Settings};
use secrecy::SecretString;

/// Where the tests' server listens, as `host:port`: where Debian's package does, unless the
/// environment names another for a run on other servers. `root` needs no password there.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place where tests are told of a server, for all crates"
)]
pub fn server_address() -> String {
    std::env::var("POSTERN_TEST_MYSQL").unwrap_or_else(|_| "127.0.0.1:3306".to_owned())
}

pub(super) struct MariaDatabase {
    name: String,
}

impl MariaDatabase {
    pub(super) async fn create() -> Self {
        let mut random = [0u8; 8];
        getrandom::fill(&mut random).expect("random bytes");
        let name = format!("postern_test_{:016x}", u64::from_ne_bytes(random));
        if let Err(error) = create(&name).await {
            let address = server_address();
            panic!("this test needs MariaDB on {address} (root, empty password): {error}");
        }
        Self { name }
    }

    pub(super) fn settings(&self, prefix: &str) -> MySqlSettings {
        settings(&self.name, prefix)
    }
}

impl Drop for MariaDatabase {
    /// On a thread and runtime of its own, since the test's may be the one that is unwinding.
    fn drop(&mut self) {
        let name = self.name.clone();
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime");
            runtime.block_on(drop_database(&name))
        })
        .join();
        if !matches!(dropped, Ok(Ok(()))) {
            eprintln!("the test database {} was left behind", self.name);
        }
    }
}

fn settings(database: &str, prefix: &str) -> MySqlSettings {
    MySqlSettings {
        address: MySqlAddress::parse(&server_address()),
        database: database.to_owned(),
        username: "root".to_owned(),
        password: SecretString::default(),
        prefix: prefix.to_owned(),
        tls_authority: None,
        tls_client: None,
        tls_verify: false,
    }
}

async fn server() -> Result<Database, DatabaseError> {
    Database::open(&Settings::MySql(settings("mysql", "")), 1).await
}

async fn create(name: &str) -> Result<(), DatabaseError> {
    let server = server().await?;
    let create =
        format!("CREATE DATABASE `{name}` CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
    server.connection().await?.execute_script(&create).await?;
    server.close().await;
    Ok(())
}

/// A transaction that the test left open holds locks for which the DROP would wait, so what is
/// still connected to this one database is cut off first.
async fn drop_database(name: &str) -> Result<(), DatabaseError> {
    let server = server().await?;
    let mut connection = server.connection().await?;
    let connected = "SELECT id FROM information_schema.processlist WHERE db = ?";
    for row in connection.fetch_all(connected, vec![name.into()]).await? {
        // It may be gone by itself by now.
        let _ = connection
            .execute_script(&format!("KILL {}", row.integer(0)?))
            .await;
    }
    let drop_all =
        format!("DROP DATABASE `{name}`; DROP USER IF EXISTS `{name}`@`%`, `{name}`@`localhost`");
    connection.execute_script(&drop_all).await?;
    drop(connection);
    server.close().await;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn exists(name: &str) -> bool {
        let server = server().await.unwrap();
        let sql = "SELECT 1 FROM information_schema.schemata WHERE schema_name = ?";
        let mut connection = server.connection().await.unwrap();
        connection
            .fetch_optional(sql, vec![name.into()])
            .await
            .unwrap()
            .is_some()
    }

    #[tokio::test]
    async fn nothing_is_left_behind_even_with_a_transaction_open() {
        let database = MariaDatabase::create().await;
        let name = database.name.clone();
        assert!(exists(&name).await);
        let opened = Database::open(&Settings::MySql(database.settings("")), 2)
            .await
            .unwrap();
        let mut connection = opened.connection().await.unwrap();
        connection
            .execute_script("CREATE TABLE held (id INT) ENGINE=InnoDB")
            .await
            .unwrap();
        let mut transaction = opened.begin().await.unwrap();
        transaction
            .execute("INSERT INTO held VALUES (1)", vec![])
            .await
            .unwrap();
        drop(database);
        assert!(!exists(&name).await);
    }
}
