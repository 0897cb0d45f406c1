//! Making an instance, adopting one that PHP Commerce made, and looking at its tables.

pub mod db_status;
pub mod install;
mod launcher;
mod made;
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
    #[error("{path} cannot be made ({why}): let this user write there, or make room")]
    CannotWrite {
        /// Which.
        path: String,
        /// The system's words.
        why: std::io::Error,
    },
    /// The database cannot be used.
    #[error("Database connection failure. {}", connection_failure(.0))]
    Database(DatabaseError),
    /// The database has tables already.
    #[error(
        "the database {0} already holds Commerce's tables: adopt it with setup:upgrade, or name another"
    )]
    DatabaseInUse(String),
    /// Tables or columns of Commerce that are needed are missing.
    #[error(
        "the database lacks what Postern needs of Commerce's tables ({}): see dbname and table_prefix \
         in app/etc/env.php, or run PHP Commerce's own setup:upgrade", .0.join(", ")
    )]
    Incomplete(Vec<String>),
}

/// While an instance is made, what is wrong stands on the command line and not yet in a file.
fn connection_failure(why: &DatabaseError) -> String {
    match why {
        DatabaseError::Unreachable(why) => {
            format!("The server cannot be reached: {why}; see --db-host")
        }
        DatabaseError::AccessDenied => {
            "The server refused the user name or password: see --db-user and --db-password"
                .to_owned()
        }
        DatabaseError::NoSuchDatabase => {
            "The database does not exist, or its user may not use it: see --db-name".to_owned()
        }
        other => other.to_string(),
    }
}
