//! Everything an instance consists of, to prove that a command changed nothing, or only what it
//! may: every file with its mode, and every row of every table.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use store::database::{Connection, Database, Row, Value};

/// A file or a table by its name, with all that it holds.
#[derive(PartialEq, Eq)]
pub(crate) struct Fingerprint(BTreeMap<String, String>);

impl Fingerprint {
    /// Takes it. The embedded database is compared by its rows, not by its bytes.
    pub(crate) async fn take(root: &Path, database: Option<&Database>) -> Self {
        let mut entries = BTreeMap::new();
        files(root, root, &mut entries);
        if let Some(database) = database {
            let mut connection = database.connection().await.expect("a connection");
            for table in tables(&mut connection, database.is_server()).await {
                let sql = format!("SELECT * FROM `{table}`");
                let rows = connection
                    .fetch_all(&sql, Vec::new())
                    .await
                    .expect("its rows");
                let mut rows: Vec<String> = rows.iter().map(text).collect();
                rows.sort();
                entries.insert(format!("table {table}"), rows.join("\n"));
            }
        }
        Self(entries)
    }

    /// The names of what differs, each with `-` (gone), `+` (new) or `*` (changed) before it.
    pub(crate) fn differences(&self, later: &Self) -> Vec<String> {
        let gone = self.0.keys().filter(|name| !later.0.contains_key(*name));
        let gone = gone.map(|name| format!("- {name}"));
        let other = later
            .0
            .iter()
            .filter_map(|(name, holds)| match self.0.get(name) {
                None => Some(format!("+ {name}")),
                Some(held) if held != holds => Some(format!("* {name}")),
                Some(_) => None,
            });
        gone.chain(other).collect()
    }
}

fn files(root: &Path, folder: &Path, entries: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("its entry").path();
        let about = fs::symlink_metadata(&path).expect("about a file");
        let name = path
            .strip_prefix(root)
            .expect("below the root")
            .display()
            .to_string();
        if name.starts_with("data/postern.sqlite") {
            continue;
        }
        let mut holds = format!("mode {:o}, owner {}", about.mode(), about.uid());
        if about.is_dir() {
            files(root, &path, entries);
        } else if about.is_file() {
            for byte in fs::read(&path).expect("a readable file") {
                let _ = write!(holds, "{byte:02x}");
            }
        }
        entries.insert(name, holds);
    }
}

async fn tables(connection: &mut Connection, is_server: bool) -> Vec<String> {
    let sql = if is_server {
        "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
    } else {
        "SELECT name FROM sqlite_master WHERE type = 'table'"
    };
    let rows = connection
        .fetch_all(sql, Vec::new())
        .await
        .expect("the tables");
    rows.iter()
        .map(|row| row.text(0).expect("a name"))
        .collect()
}

/// A row in one line, every column of it.
pub(crate) fn text(row: &Row) -> String {
    let columns: Vec<String> = (0..row.len())
        .map(|column| match row.value(column).expect("a column") {
            Value::Null => "NULL".to_owned(),
            Value::Integer(number) => number.to_string(),
            Value::Real(number) => number.to_string(),
            Value::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        })
        .collect();
    columns.join("|")
}
