//! Everything that differs between the SQL engines: one file per engine, and the expressions that
//! statements need in both.

pub(crate) mod mysql;
pub(crate) mod sqlite;

/// Which engine's SQL is spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    MySql,
}

impl Dialect {
    /// A timestamp column of Commerce's (UTC) as unix seconds.
    pub(crate) fn seconds(self, column: &str) -> String {
        match self {
            Self::Sqlite => format!("unixepoch({column})"),
            Self::MySql => format!("UNIX_TIMESTAMP({column})"),
        }
    }

    /// A bound number of unix seconds as a value for a timestamp column.
    pub(crate) fn timestamp(self) -> &'static str {
        match self {
            Self::Sqlite => "datetime(?, 'unixepoch')",
            Self::MySql => "FROM_UNIXTIME(?)",
        }
    }

    /// The database's own clock in milliseconds since 1970: the one clock that all nodes share.
    pub(crate) fn now_milliseconds(self) -> &'static str {
        match self {
            Self::Sqlite => "CAST(unixepoch('subsec') * 1000 AS INTEGER)",
            Self::MySql => "CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)",
        }
    }

    /// Suffix of a SELECT that locks its rows until the transaction ends, after waiting for whoever
    /// holds them. SQLite's write transaction holds the whole file already.
    pub(crate) fn for_update(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::MySql => " FOR UPDATE",
        }
    }

    /// Suffix of a SELECT that locks its rows until the transaction ends, refusing at once where
    /// somebody else holds them. SQLite's write transaction holds the whole file already.
    pub(crate) fn for_update_no_wait(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::MySql => " FOR UPDATE NOWAIT",
        }
    }

    /// What turns an INSERT into an update where a row with the same `key` is there.
    pub(crate) fn or_update(self, key: &str) -> String {
        match self {
            Self::Sqlite => format!("ON CONFLICT ({key}) DO UPDATE SET"),
            Self::MySql => "ON DUPLICATE KEY UPDATE".to_owned(),
        }
    }

    /// Statements before and after a write that need not survive a power cut.
    pub(crate) fn unsynced(self) -> (&'static str, &'static str) {
        match self {
            Self::Sqlite => ("PRAGMA synchronous = NORMAL", "PRAGMA synchronous = FULL"),
            // The servers settle this for all of their clients together.
            Self::MySql => ("DO 0", "DO 0"),
        }
    }

    pub(crate) fn last_insert_id(self) -> &'static str {
        match self {
            Self::Sqlite => "SELECT last_insert_rowid()",
            Self::MySql => "SELECT LAST_INSERT_ID()",
        }
    }
}
