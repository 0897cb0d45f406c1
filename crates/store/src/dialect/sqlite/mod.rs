//! SQLite: an embedded database in one file beside the instance. Its calls take microseconds, a
//! write some milliseconds of disk, so they are made where they are needed, without a change of
//! threads.

mod pool;

pub(crate) use pool::{Guard, Pool};

use crate::blocking;
use crate::database::{DatabaseError, Row, Value};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql, ffi};
use std::io::ErrorKind;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;

/// How long a writer waits for another one. Ordinary writers are done in milliseconds; whoever
/// holds the file longer is another switch or a backup, and is named instead of waited for.
const BUSY_TIMEOUT: Duration = Duration::from_secs(2);

/// How many statements a connection keeps ready: to make one costs more than most take to run.
const KEPT_STATEMENTS: usize = 128;

/// What every connection begins with: a committed switch must survive a power cut, which WAL
/// promises only with FULL, and deleted secrets are overwritten with zeros, not just forgotten.
const PREPARATION: &str =
    "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;";

fn connect(file: &Path) -> Result<Connection, DatabaseError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let opened = Connection::open_with_flags(file, flags).map_err(DatabaseError::from);
    let connection = opened.map_err(|error| not_opened(error, file))?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(KEPT_STATEMENTS);
    connection.execute_batch(PREPARATION)?;
    Ok(connection)
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
pub(crate) fn create(file: &Path) -> Result<(), DatabaseError> {
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
    let connection = connect(file)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection
        .close()
        .map_err(|(_, error)| DatabaseError::from(error))
}

/// Runs a statement and returns how many rows it changed.
pub(crate) fn execute(
    connection: &Connection,
    sql: &str,
    arguments: &[Value],
) -> Result<u64, DatabaseError> {
    blocking::in_place(|| {
        let mut statement = connection.prepare_cached(sql)?;
        let changed = statement.execute(rusqlite::params_from_iter(arguments))?;
        Ok(changed as u64)
    })
}

/// Runs several statements without arguments.
pub(crate) fn execute_script(connection: &Connection, sql: &str) -> Result<(), DatabaseError> {
    blocking::in_place(|| Ok(connection.execute_batch(sql)?))
}

/// Hands each row of a result to `visit` until that has seen enough.
pub(crate) fn for_each(
    connection: &Connection,
    sql: &str,
    arguments: &[Value],
    mut visit: impl FnMut(Row) -> ControlFlow<()>,
) -> Result<(), DatabaseError> {
    blocking::in_place(|| {
        let mut statement = connection.prepare_cached(sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query(rusqlite::params_from_iter(arguments))?;
        while let Some(row) = rows.next()? {
            let values = (0..columns).map(|column| row.get_ref(column).map(value));
            if visit(Row::new(values.collect::<Result<_, _>>()?)).is_break() {
                break;
            }
        }
        Ok(())
    })
}

/// The columns of a result, and which of them belong to the primary key of `table`. Nothing is
/// asked of the database for it, and the statement is kept for whoever runs it next.
pub(crate) fn columns(
    connection: &Connection,
    sql: &str,
    table: &str,
) -> Result<Vec<(String, bool)>, DatabaseError> {
    let statement = connection.prepare_cached(sql)?;
    let names = statement.column_names();
    Ok(names
        .map(|name| {
            let described = connection.column_metadata(None, table, name);
            let is_key = described.is_ok_and(|(_, _, _, is_key, _)| is_key);
            (name.to_owned(), is_key)
        })
        .collect())
}

fn value(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(number) => ValueRef::Integer(*number),
            Self::Real(number) => ValueRef::Real(*number),
            // SQLite compares TEXT and BLOB as different things, so text is bound as text.
            Self::Bytes(bytes) if std::str::from_utf8(bytes).is_ok() => ValueRef::Text(bytes),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// How often a reader in the way of folding is waited for, and how long between.
const FOLD_ATTEMPTS: u32 = 40;
const FOLD_PAUSE: Duration = Duration::from_millis(25);

/// Folds the write-ahead log into the database and empties it. Readers are done in milliseconds;
/// one that stays in the way for a second is told as [`DatabaseError::Busy`].
pub(crate) async fn fold_log(pool: &Pool) -> Result<(), DatabaseError> {
    let guard = pool.acquire().await?;
    for _ in 0..FOLD_ATTEMPTS {
        let mut is_busy = true;
        for_each(
            guard.connection()?,
            "PRAGMA wal_checkpoint(TRUNCATE)",
            &[],
            |row| {
                is_busy = row.integer(0).is_ok_and(|busy| busy != 0);
                ControlFlow::Continue(())
            },
        )?;
        if !is_busy {
            return Ok(());
        }
        tokio::time::sleep(FOLD_PAUSE).await;
    }
    Err(DatabaseError::Busy)
}

/// Result codes as <https://sqlite.org/rescode.html> has them; the low byte is the primary code.
impl From<rusqlite::Error> for DatabaseError {
    fn from(error: rusqlite::Error) -> Self {
        let rusqlite::Error::SqliteFailure(ffi::Error { extended_code, .. }, message) = &error
        else {
            return Self::of_statement(error.to_string());
        };
        let message = message.clone().unwrap_or_else(|| error.to_string());
        match extended_code & 0xff {
            5 | 6 => Self::Busy,
            8 => Self::ReadOnly,
            13 => Self::DiskFull,
            14 => Self::NoSuchDatabase,
            11 | 26 => Self::Corrupt,
            19 => Self::Duplicate,
            // An I/O error while writing or syncing: an exhausted or failing disk.
            10 => Self::Disk(message),
            _ => Self::of_statement(message),
        }
    }
}

impl DatabaseError {
    fn of_statement(message: String) -> Self {
        if message.starts_with("no such table") || message.starts_with("no such column") {
            let name = message.split(" in ").next().unwrap_or(&message);
            return Self::MissingTable(name.to_owned());
        }
        Self::Other(message)
    }
}
