//! Where configuration values come from, for messages and for the switch that must clean them.

use std::fmt;

use crate::php_array::NotLiteral;

/// The two files of an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConfigFile {
    /// `app/etc/config.php`, shared between installations.
    Config,
    /// `app/etc/env.php`, which belongs to one installation and wins.
    Env,
}

impl fmt::Display for ConfigFile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Config => "app/etc/config.php",
            Self::Env => "app/etc/env.php",
        })
    }
}

/// Where a value was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A default of Commerce's modules.
    Default,
    /// A row of `core_config_data`.
    Row {
        /// `default`, `websites` or `stores`.
        scope: String,
        /// The website's or store's number; 0 for `default`.
        scope_id: u32,
    },
    /// An entry of a file. Of an array joined from both files, the entry of `env.php`.
    File {
        /// Which one.
        file: ConfigFile,
        /// Where the entry begins, counted from 1.
        line: usize,
    },
    /// An environment variable, by name.
    Variable(String),
}

impl fmt::Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => formatter.write_str("the default"),
            Self::Row { scope, scope_id } => {
                write!(formatter, "core_config_data (scope {scope}, id {scope_id})")
            }
            Self::File { file, line } => write!(formatter, "{file}, line {line}"),
            Self::Variable(name) => write!(formatter, "environment variable {name}"),
        }
    }
}

/// A value that is needed is PHP code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {reason}")]
pub struct NotLiteralIn {
    /// The file it stands in.
    pub file: ConfigFile,
    /// Path, line and kind.
    #[source]
    pub reason: NotLiteral,
}
