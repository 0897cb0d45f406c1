//! The file of an embedded database as it lies on the disk, with its write-ahead log: deleted rows
//! and replaced pages stay in there until something overwrites them, and no query shows them.
//!
//! The rule it guards: POSIX takes *all* locks of a process off a file when that process closes
//! *any* descriptor of it. To read the file while SQLite has it open in this process would undo
//! SQLite's locks and could destroy the database, so the database is closed first.

use super::super::haystack::Position;
use super::super::{Gap, Search};
use crate::database::Database;
use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// What SQLite adds to the file's name for the files beside it; first the file itself.
pub(super) const SUFFIXES: [&str; 4] = ["", "-wal", "-shm", "-journal"];

/// The file of an embedded database, without links, as its engine opens it; nothing for a server's.
pub fn locate(database: &Database) -> Option<PathBuf> {
    let file = database.file()?;
    Some(file.canonicalize().unwrap_or_else(|_| file.to_owned()))
}

impl Search<'_> {
    /// Closes an embedded database, every clone of it included, and searches the bytes of its
    /// files. A server's database is left as it is. Blocks while it reads.
    pub async fn database_file(&mut self, database: Database) {
        if let Some(file) = locate(&database) {
            database.close().await;
            self.raw_files(&file);
        }
    }

    fn raw_files(&mut self, file: &Path) {
        for suffix in SUFFIXES {
            let mut path = file.as_os_str().to_owned();
            path.push(suffix);
            self.raw_file(Path::new(&path));
        }
    }

    fn raw_file(&mut self, path: &Path) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let place = format!("database file {name}");
        let searched = match File::open(path) {
            Ok(file) => {
                self.place(&place).items += 1;
                let size = file.metadata().map_or(u64::MAX, |metadata| metadata.len());
                self.stream(&place, (file, size), |Position { byte, .. }| {
                    format!("byte {byte}")
                })
            }
            Err(error) if error.kind() == ErrorKind::NotFound => return,
            Err(error) => Err(Gap::Unreadable(error.to_string())),
        };
        if let Err(gap) = searched {
            self.gap(&place, gap);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fixtures::{Fixture, SECRET, assert_silent, findings};
    use super::*;
    use crate::testing::TestDatabase;

    async fn write_and_delete(test: &TestDatabase, secure_delete: &str) {
        let mut connection = test.connection().await;
        for sql in [
            format!("PRAGMA secure_delete = {secure_delete}"),
            "PRAGMA wal_autocheckpoint = 0".to_owned(),
            format!("INSERT INTO flag (flag_code, flag_data) VALUES ('x', '{SECRET}')"),
            "DELETE FROM flag".to_owned(),
        ] {
            connection.execute_script(&sql).await.unwrap();
        }
    }

    /// Closing the pool does so as well, but not every time.
    async fn fold_the_log(test: &TestDatabase) {
        test.rows("PRAGMA wal_checkpoint(TRUNCATE)", Vec::new())
            .await;
    }

    #[tokio::test]
    async fn a_deleted_row_is_found_in_the_bytes_of_the_file() {
        let test = TestDatabase::sqlite().await;
        write_and_delete(&test, "OFF").await;
        fold_the_log(&test).await;
        let fixture = Fixture::new();
        let mut search = fixture.search();
        search.database(test.database()).await;
        search.database_file(test.database().clone()).await;
        let report = search.finish();
        let found = findings(&report);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("database file commerce.sqlite: client secret clear"));
        assert_silent(&report);
    }

    #[tokio::test]
    async fn a_row_deleted_securely_is_found_nowhere() {
        let test = TestDatabase::sqlite().await;
        write_and_delete(&test, "ON").await;
        fold_the_log(&test).await;
        let fixture = Fixture::new();
        let mut search = fixture.search();
        search.database_file(test.database().clone()).await;
        let report = search.finish();
        assert!(report.is_clean(), "{report:?}");
    }

    #[tokio::test]
    async fn a_deleted_row_is_found_in_the_write_ahead_log_of_another_process() {
        let test = TestDatabase::sqlite().await;
        write_and_delete(&test, "ON").await;
        let file = locate(test.database()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let copy = folder.path().join("shop.sqlite");
        for suffix in ["", "-wal"] {
            let from = format!("{}{suffix}", file.display());
            std::fs::copy(from, format!("{}{suffix}", copy.display())).unwrap();
        }
        let fixture = Fixture::new();
        let mut search = fixture.search();
        search.raw_files(&copy);
        let found = findings(&search.finish());
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("database file shop.sqlite-wal: client secret clear"));
    }

    #[tokio::test]
    async fn a_database_server_has_no_file_here_and_stays_open() {
        let test = TestDatabase::mariadb("").await;
        let fixture = Fixture::new();
        let mut search = fixture.search();
        search.database_file(test.database().clone()).await;
        assert!(search.finish().places.is_empty());
        assert_eq!(test.texts("SELECT 'open'").await, ["open"]);
    }
}
