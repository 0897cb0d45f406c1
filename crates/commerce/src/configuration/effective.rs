//! The value that counts for a path in a scope.
//! Rule guarded here: Commerce's order. Within a scope a `CONFIG__…` variable beats the files, the
//! files beat the database; a store beats its website, which beats the default scope, wherever the
//! value comes from; the modules' defaults come last.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use super::defaults::default_value;
use super::deployment::DeploymentConfig;
use super::scope::Scope;
use super::setting::is_encrypted;
use super::source::{NotLiteralIn, Source};
use crate::php_array::PhpString;

/// A row of `core_config_data`.
#[derive(Clone)]
pub struct Row {
    /// `default`, `websites` or `stores`.
    pub scope: String,
    /// The website's or store's number; 0 for `default`.
    pub scope_id: u32,
    /// The code that belongs to the number; `None` for `default`, and for a website or store that
    /// is gone.
    pub code: Option<String>,
    /// The path.
    pub path: String,
    /// The value as stored, encrypted or not.
    pub value: Option<PhpString>,
}

impl Row {
    /// The scope the row counts in; `None` when its website or store is gone.
    #[must_use]
    pub fn scope(&self) -> Option<Scope> {
        match (self.scope.as_str(), self.code.clone()) {
            ("default", _) => Some(Scope::Default),
            ("websites", Some(code)) => Some(Scope::Website(code)),
            ("stores", Some(code)) => Some(Scope::Store(code)),
            _ => None,
        }
    }
}

impl fmt::Debug for Row {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "Row({}/{} {})",
            self.scope, self.scope_id, self.path
        )
    }
}

/// Everything Commerce reads configuration values from.
#[derive(Debug)]
pub struct Configuration {
    pub(super) deployment: Arc<DeploymentConfig>,
    pub(super) rows: HashMap<String, Vec<Row>>,
    website_of_store: HashMap<String, String>,
}

/// A value that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The value as it stands, as PHP's string; null is the empty string.
    pub value: PhpString,
    /// Where it stands.
    pub source: Source,
    /// Whether Commerce decrypts it before use: for paths that are kept encrypted, unless the value
    /// comes from a `CONFIG__…` variable, which is plain text.
    pub is_encrypted: bool,
}

impl Found {
    fn by_default(path: &str) -> Option<Self> {
        default_value(path).map(|value| Self {
            value: value.into(),
            source: Source::Default,
            is_encrypted: false,
        })
    }

    /// As it stands in a file or a row.
    fn stored(path: &str, value: PhpString, source: Source) -> Self {
        Self {
            is_encrypted: is_encrypted(path) && !value.is_empty(),
            value,
            source,
        }
    }
}

impl Configuration {
    /// Puts the sources together. `stores` are pairs of a store's and its website's code.
    #[must_use]
    pub fn new(
        deployment: impl Into<Arc<DeploymentConfig>>,
        rows: Vec<Row>,
        stores: impl IntoIterator<Item = (String, String)>,
    ) -> Self {
        let mut by_path: HashMap<String, Vec<Row>> = HashMap::new();
        for row in rows {
            by_path.entry(row.path.clone()).or_default().push(row);
        }
        Self {
            deployment: deployment.into(),
            rows: by_path,
            website_of_store: stores.into_iter().collect(),
        }
    }

    /// The files and their environment.
    #[must_use]
    pub fn deployment(&self) -> &DeploymentConfig {
        &self.deployment
    }

    /// The value that counts for a path in a scope, with the fallback from store over website to
    /// default.
    ///
    /// # Errors
    /// When the value depends on PHP code in a file.
    pub fn effective(&self, scope: &Scope, path: &str) -> Result<Option<Found>, NotLiteralIn> {
        for scope in self.fallback(scope) {
            if let Some(found) = self.in_scope(&scope, path)? {
                return Ok(Some(found));
            }
        }
        Ok(Found::by_default(path))
    }

    /// The value that counts for a path in the default scope if the files are left aside.
    #[must_use]
    pub fn without_files(&self, path: &str) -> Option<Found> {
        self.in_variable(&Scope::Default, path)
            .or_else(|| self.in_row(&Scope::Default, path))
            .or_else(|| Found::by_default(path))
    }

    /// The value a scope itself has, without fallback and without defaults: what `config:show`
    /// prints.
    ///
    /// # Errors
    /// When the value depends on PHP code in a file.
    pub fn in_scope(&self, scope: &Scope, path: &str) -> Result<Option<Found>, NotLiteralIn> {
        if let Some(found) = self.in_variable(scope, path) {
            return Ok(Some(found));
        }
        let in_files = self.deployment.in_files(&scope.keys_in_file(path))?;
        let in_files =
            in_files.and_then(|found| Some((found.value.to_php_string()?, found.source)));
        let in_files = in_files.map(|(value, source)| Found::stored(path, value, source));
        Ok(in_files.or_else(|| self.in_row(scope, path)))
    }

    fn in_variable(&self, scope: &Scope, path: &str) -> Option<Found> {
        let variable = self.deployment.environment().value_variable(scope, path)?;
        Some(Found {
            value: variable.value.clone(),
            source: Source::Variable(variable.name.to_owned()),
            is_encrypted: false,
        })
    }

    fn in_row(&self, scope: &Scope, path: &str) -> Option<Found> {
        let rows = self.rows.get(path)?;
        let row = rows
            .iter()
            .find(|row| row.scope().as_ref() == Some(scope))?;
        let source = Source::Row {
            scope: row.scope.clone(),
            scope_id: row.scope_id,
        };
        let value = row.value.clone().unwrap_or_default();
        Some(Found::stored(path, value, source))
    }

    fn fallback(&self, scope: &Scope) -> Vec<Scope> {
        let mut scopes = vec![scope.clone()];
        if let Scope::Store(store) = scope {
            scopes.extend(
                self.website_of_store
                    .get(store)
                    .cloned()
                    .map(Scope::Website),
            );
        }
        if *scope != Scope::Default {
            scopes.push(Scope::Default);
        }
        scopes
    }
}
