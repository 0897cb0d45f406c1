//! Keeping an instance and putting it back: its folder file by file, its server's tables row by
//! row.

use super::Engine;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use store::database::{Connection, MySqlSettings, Settings};
use store::testing::TestDatabase;
use tokio::runtime::Runtime;

/// Of the tables on the server.
const PREFIX: &str = "mg_";

/// Where the embedded database is, below the instance's folder.
const SQLITE_FILE: &str = "data/postern.sqlite";

/// Where the database is.
pub(super) enum Place {
    /// In the instance's folder.
    Sqlite,
    /// On the server.
    MariaDb(Box<Server>),
}

/// Two databases on the server: the instance's own, and the copy to go back to.
pub(super) struct Server {
    live: TestDatabase,
    kept: TestDatabase,
}

impl Place {
    pub(super) fn new(engine: Engine, runtime: &Runtime) -> Self {
        match engine {
            Engine::Sqlite => Self::Sqlite,
            Engine::MariaDb => runtime.block_on(async {
                let live = TestDatabase::mariadb_empty(PREFIX).await;
                // All that is done through it is to create and drop the database.
                live.database().close().await;
                let kept = TestDatabase::mariadb_empty(PREFIX).await;
                Self::MariaDb(Box::new(Server { live, kept }))
            }),
        }
    }

    fn server(&self) -> Option<(&MySqlSettings, &MySqlSettings, &TestDatabase)> {
        let Self::MariaDb(server) = self else {
            return None;
        };
        let Server { live, kept } = server.as_ref();
        match (live.settings(), kept.settings()) {
            (Settings::MySql(of_live), Settings::MySql(of_kept)) => Some((of_live, of_kept, kept)),
            _ => None,
        }
    }

    pub(super) fn prefix(&self) -> &'static str {
        if self.server().is_some() { PREFIX } else { "" }
    }

    pub(super) fn settings(&self, root: &Path) -> Settings {
        match self.server() {
            None => Settings::Sqlite {
                file: root.join(SQLITE_FILE),
                prefix: String::new(),
            },
            Some((live, ..)) => Settings::MySql(live.clone()),
        }
    }

    /// For `setup:install`.
    pub(super) fn install_options(&self) -> Vec<String> {
        let Some((live, ..)) = self.server() else {
            return Vec::new();
        };
        vec![
            format!("--db-host={}", live.address),
            format!("--db-name={}", live.database),
            "--db-user=root".to_owned(),
            format!("--db-prefix={PREFIX}"),
        ]
    }

    /// For `env.php`.
    pub(super) fn php_connection(&self) -> Value {
        match self.server() {
            None => json!({"model": "sqlite", "dbname": SQLITE_FILE, "active": "1"}),
            Some((live, ..)) => json!({
                "host": live.address.to_string(), "dbname": live.database, "username": "root", "password": "",
                "model": "mysql4", "engine": "innodb", "initStatements": "SET NAMES utf8;",
                "active": "1",
            }),
        }
    }

    pub(super) async fn keep(&self) {
        let Some((live, kept, database)) = self.server() else {
            return;
        };
        let mut connection = database.connection().await;
        let mut script = String::from("SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO';");
        for table in tables(&mut connection, &live.database).await {
            let (from, to) = (&live.database, &kept.database);
            script += &format!("CREATE TABLE `{to}`.`{table}` LIKE `{from}`.`{table}`;");
            script += &format!("INSERT INTO `{to}`.`{table}` SELECT * FROM `{from}`.`{table}`;");
        }
        connection
            .execute_script(&script)
            .await
            .expect("a copy of every table");
    }

    pub(super) async fn restore(&self) {
        let Some((live, kept, database)) = self.server() else {
            return;
        };
        let mut connection = database.connection().await;
        let mut script = String::from(
            "SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO', foreign_key_checks = 0; \
             START TRANSACTION;",
        );
        for table in tables(&mut connection, &kept.database).await {
            let (from, to) = (&kept.database, &live.database);
            script += &format!("DELETE FROM `{to}`.`{table}`;");
            script += &format!("INSERT INTO `{to}`.`{table}` SELECT * FROM `{from}`.`{table}`;");
        }
        script += "COMMIT;";
        connection
            .execute_script(&script)
            .await
            .expect("every table put back");
    }

    /// Waits until nobody is connected to the database any more: a killed program's transaction
    /// ends when the server notices.
    pub(super) async fn wait_until_alone(&self) {
        let Some((live, _, database)) = self.server() else {
            return;
        };
        let mut connection = database.connection().await;
        let sql = "SELECT COUNT(*) FROM information_schema.processlist WHERE db = ?";
        let deadline = Instant::now() + Duration::from_secs(60);
        loop {
            let rows = connection
                .fetch_all(sql, vec![live.database.as_str().into()])
                .await;
            let count = rows.expect("the server answers")[0]
                .integer(0)
                .expect("a number");
            if count == 0 {
                return;
            }
            assert!(
                Instant::now() < deadline,
                "the server does not notice that a client is gone"
            );
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    /// What a backup of the server would hold of this instance.
    pub(super) fn server_dump(&self) -> Option<Vec<u8>> {
        let (live, ..) = self.server()?;
        let address = live.address.to_string();
        let (host, port) = address.split_once(':').expect("host and port");
        let output = Command::new("mariadb-dump")
            .args(["--host", host, "--port", port, "--user=root"])
            .args(["--skip-comments", &live.database])
            .output()
            .expect("this test needs mariadb-dump");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        Some(output.stdout)
    }
}

async fn tables(connection: &mut Connection, database: &str) -> Vec<String> {
    let sql = "SELECT table_name FROM information_schema.tables WHERE table_schema = ?";
    let rows = connection
        .fetch_all(sql, vec![database.into()])
        .await
        .expect("the tables");
    rows.iter()
        .map(|row| row.text(0).expect("a name"))
        .collect()
}

/// Makes `to` an exact copy of `from`, whatever was there.
pub(super) fn copy_folder(from: &Path, to: &Path) {
    match fs::remove_dir_all(to) {
        Ok(()) => {}
        Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::NotFound, "{error}"),
    }
    copy_into(from, to);
}

fn copy_into(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.file_type().expect("its kind").is_dir() {
            copy_into(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// Every file below a folder, by its path, with its content.
pub(super) fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        if entry.file_type().expect("its kind").is_dir() {
            found.extend(files(&entry.path()));
        } else {
            let content = fs::read(entry.path()).expect("a file");
            found.push((entry.path().display().to_string(), content));
        }
    }
    found
}
