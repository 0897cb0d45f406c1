//! Database faults, sorted by what an operator can do about them.

use crate::dialect;

/// Why the database did not do as asked.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// No connection could be made, or it was lost.
    #[error(
        "the database cannot be reached: {0}; see whether it runs, and whether \
         db/connection/default in app/etc/env.php leads to it"
    )]
    Unreachable(String),
    /// The server refused the user name or password of `env.php`.
    #[error(
        "the database refused the user name or password in app/etc/env.php: correct username and \
         password of db/connection/default there"
    )]
    AccessDenied,
    /// The server has no database of that name, or the file is not there.
    #[error(
        "the database named in app/etc/env.php does not exist, or its user may not use it: correct \
         dbname of db/connection/default there, or restore the database"
    )]
    NoSuchDatabase,
    /// A table or column that the instance should have is missing.
    #[error(
        "the database lacks something Postern needs ({0}): see setup:db:status, and db/table_prefix \
         in app/etc/env.php"
    )]
    MissingTable(String),
    /// The database, or the user's rights on it, allow no change.
    #[error(
        "the database is read-only for this user: run the command as the owner of the database \
         file, or give the database user in app/etc/env.php the right to write"
    )]
    ReadOnly,
    /// No room left on the disk.
    #[error("the disk that holds the database is full: make room and run the command again")]
    DiskFull,
    /// The system refused a read or write: an exhausted or a failing disk.
    #[error(
        "the disk that holds the database refused to read or write ({0}): see whether it is full \
         or failing, and run the command again"
    )]
    Disk(String),
    /// Somebody else holds the lock that is needed.
    #[error("the database is locked by another process: run the command again in a moment")]
    Busy,
    /// The file is not a database, or is damaged.
    #[error("the database file is damaged or not a database: restore it from a backup")]
    Corrupt,
    /// A row that must be unique is there already.
    #[error("a row with this key exists already")]
    Duplicate,
    /// A value had another shape than its column promises.
    #[error("unexpected value in column {column} of a result")]
    Shape {
        /// Position in the select list, from 0.
        column: usize,
    },
    /// Anything else; the driver's own words.
    #[error("the database failed: {0}")]
    Other(String),
}

impl From<sqlx::Error> for DatabaseError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(ref fault) => dialect::mysql::classify(fault.as_ref())
                .unwrap_or_else(|| Self::Other(fault.message().to_owned())),
            sqlx::Error::Io(fault) => Self::Unreachable(fault.to_string()),
            sqlx::Error::Tls(fault) => Self::Unreachable(fault.to_string()),
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => {
                Self::Unreachable("no connection became free in time".to_owned())
            }
            sqlx::Error::Protocol(fault) => Self::Unreachable(fault),
            other => Self::Other(other.to_string()),
        }
    }
}
