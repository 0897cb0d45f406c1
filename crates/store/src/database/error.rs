//! Database faults, sorted by what an operator can do about them.

use crate::dialect;

/// Why the database did not do as asked.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// No connection could be made, or it was lost.
    #[error("the database cannot be reached: {0}")]
    Unreachable(String),
    /// The server refused the user name or password of `env.php`.
    #[error("the database refused the user name or password in app/etc/env.php")]
    AccessDenied,
    /// The server has no database of that name, or the file is not there.
    #[error("the database named in app/etc/env.php does not exist")]
    NoSuchDatabase,
    /// A table or column that the instance should have is missing.
    #[error("the database lacks something Postern needs ({0}); run setup:upgrade")]
    MissingTable(String),
    /// The database, or the user's rights on it, allow no change.
    #[error("the database is read-only for this user")]
    ReadOnly,
    /// No room left on the disk.
    #[error("the disk that holds the database is full")]
    DiskFull,
    /// Somebody else holds the lock that is needed.
    #[error("the database is locked by another process")]
    Busy,
    /// The file is not a database, or is damaged.
    #[error("the database file is damaged or not a database")]
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
            sqlx::Error::Database(ref fault) => dialect::sqlite::classify(fault.as_ref())
                .or_else(|| dialect::mysql::classify(fault.as_ref()))
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
