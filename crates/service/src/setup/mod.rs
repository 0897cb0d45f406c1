//! Making an instance, adopting one that PHP Commerce made, and looking at its tables.

pub mod db_status;
pub mod install;
mod launcher;
pub mod upgrade;

use store::database::DatabaseError;

/// Why an instance was not made or adopted; the words are Commerce's where it has them.
#[derive(Debug, thiserror::Error)]
pub enum SetupRefused {
    /// Options that break a rule, all told at once.
    #[error("{}", .0.join("\n"))]
    Invalid(Vec<String>),
    /// The folder holds an instance already.
    #[error(
        "{0} is an instance already: setup:install makes new ones only. \
         To adopt it, run setup:upgrade"
    )]
    AlreadyInstalled(String),
    /// A file or folder of the new instance cannot be made.
    #[error("{path} cannot be made: {why}")]
    CannotWrite {
        /// Which.
        path: String,
        /// The system's words.
        why: std::io::Error,
    },
    /// The database cannot be used.
    #[error("Database connection failure. {0}")]
    Database(DatabaseError),
    /// The database has tables already.
    #[error("the database {0} already holds Commerce's tables: adopt it with setup:upgrade, or name another")]
    DatabaseInUse(String),
    /// Tables or columns of Commerce that are needed are missing.
    #[error("the database lacks what Postern needs of Commerce's tables: {}", .0.join(", "))]
    Incomplete(Vec<String>),
}
