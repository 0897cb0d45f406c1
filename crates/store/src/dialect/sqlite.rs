//! SQLite: an embedded database in one file beside the instance.

use crate::database::DatabaseError;
use sqlx::sqlite::{SqliteConnectOptions, SqliteError, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Row as _, SqlitePool};
use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;

/// How long a writer waits for another one. Ordinary writers are done in milliseconds; whoever
/// holds the file longer is another switch or a backup, and is named instead of waited for.
const BUSY_TIMEOUT: Duration = Duration::from_secs(2);

pub(crate) async fn open(file: &Path, connections: u32) -> Result<SqlitePool, DatabaseError> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(false)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        // A committed switch must survive a power cut: WAL syncs each commit only with FULL.
        .synchronous(SqliteSynchronous::Full)
        // Deleted secrets are overwritten with zeros, not just forgotten.
        .pragma("secure_delete", "ON")
        .optimize_on_close(false, None);
    SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(5))
        .test_before_acquire(false)
        .connect_with(options)
        .await
        .map_err(|error| not_opened(error.into(), file))
}

/// To SQLite a file that may not be opened is the same as one that is not there.
fn not_opened(error: DatabaseError, file: &Path) -> DatabaseError {
    match (error, std::fs::File::open(file)) {
        (DatabaseError::NoSuchDatabase, Err(why)) if why.kind() != ErrorKind::NotFound => {
            DatabaseError::Unreachable(format!("{}: {why}", file.display()))
        }
        (other, _) => other,
    }
}

/// Makes an empty database file in write-ahead mode, so that readers never wait for the switch.
pub(crate) async fn create(file: &Path) -> Result<(), DatabaseError> {
    use sqlx::ConnectOptions;
    use std::os::unix::fs::OpenOptionsExt;
    let private = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file);
    private.map_err(|why| match why.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => DatabaseError::DiskFull,
        _ => DatabaseError::Unreachable(format!("{}: {why}", file.display())),
    })?;
    let connection = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(sqlx::sqlite::SqliteJournalMode::Wal)
        .connect()
        .await?;
    sqlx::Connection::close(connection).await?;
    Ok(())
}

/// How often a reader in the way of folding is waited for, and how long between.
const FOLD_ATTEMPTS: u32 = 40;
const FOLD_PAUSE: Duration = Duration::from_millis(25);

/// Folds the write-ahead log into the database and empties it. Readers are done in milliseconds;
/// one that stays in the way for a second is told as [`DatabaseError::Busy`].
pub(crate) async fn fold_log(pool: &SqlitePool) -> Result<(), DatabaseError> {
    for _ in 0..FOLD_ATTEMPTS {
        let row = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
            .fetch_one(pool)
            .await?;
        let is_busy: i64 = row.try_get(0)?;
        if is_busy == 0 {
            return Ok(());
        }
        tokio::time::sleep(FOLD_PAUSE).await;
    }
    Err(DatabaseError::Busy)
}

/// Result codes as <https://sqlite.org/rescode.html> has them; the low byte is the primary code.
pub(crate) fn classify(error: &dyn sqlx::error::DatabaseError) -> Option<DatabaseError> {
    error.try_downcast_ref::<SqliteError>()?;
    let code: i32 = error.code()?.parse().ok()?;
    let message = error.message();
    Some(match code & 0xff {
        5 | 6 => DatabaseError::Busy,
        8 => DatabaseError::ReadOnly,
        13 => DatabaseError::DiskFull,
        14 => DatabaseError::NoSuchDatabase,
        11 | 26 => DatabaseError::Corrupt,
        19 => DatabaseError::Duplicate,
        1 if message.starts_with("no such table") || message.starts_with("no such column") => {
            DatabaseError::MissingTable(message.to_owned())
        }
        // An I/O error while writing or syncing: what an exhausted or failing disk looks like.
        10 => DatabaseError::Disk(message.to_owned()),
        _ => return None,
    })
}
