//! All values of a scope below a path, as `config:show` lists them.

use std::collections::BTreeMap;

use super::effective::{Configuration, Found};
use super::environment::path_with_scope;
use super::scope::Scope;
use super::source::{ConfigFile, NotLiteralIn};
use crate::php_array::{Key, Leaf};

/// A line of a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The path; for a key that is PHP code, down to the array around it.
    pub path: String,
    /// The value, or why it cannot be told.
    pub found: Result<Found, NotLiteralIn>,
}

impl Configuration {
    /// The values of a scope at and below a path, by path; an empty path is everything. Without
    /// fallback and defaults. A value that is PHP code is listed with its refusal.
    ///
    /// # Errors
    /// When the way to `path` in a file is PHP code.
    pub fn entries(&self, scope: &Scope, path: &str) -> Result<Vec<Entry>, NotLiteralIn> {
        let mut entries = BTreeMap::new();
        for candidate in self.paths(scope, path)? {
            if let Some(found) = self.in_scope(scope, &candidate).transpose() {
                entries.insert(candidate, found);
            }
        }
        Ok(entries
            .into_iter()
            .map(|(path, found)| Entry { path, found })
            .collect())
    }

    fn paths(&self, scope: &Scope, path: &str) -> Result<Vec<String>, NotLiteralIn> {
        let is_below = |candidate: &str| {
            path.is_empty()
                || candidate
                    .strip_prefix(path)
                    .is_some_and(|r| r.is_empty() || r.starts_with('/'))
        };
        let mut paths: Vec<String> = self
            .rows
            .keys()
            .filter(|candidate| is_below(candidate))
            .cloned()
            .collect();
        let keys = scope.keys_in_file(path);
        let above = scope.keys_in_file("").len();
        for file in [ConfigFile::Config, ConfigFile::Env] {
            let Some(php) = self.deployment.file(file) else {
                continue;
            };
            let leaves = php
                .leaves(&keys)
                .map_err(|reason| NotLiteralIn { file, reason })?;
            paths.extend(leaves.iter().map(|leaf| path_of(leaf, above)));
        }
        let prefix = path_with_scope(scope, "");
        let variables = self.deployment.environment().value_variables();
        paths.extend(
            variables
                .filter_map(|variable| Some(variable.path.strip_prefix(&prefix)?.to_owned()))
                .filter(|candidate| is_below(candidate)),
        );
        Ok(paths)
    }
}

fn path_of(leaf: &Leaf, above: usize) -> String {
    let keys: Vec<String> = leaf.path.iter().skip(above).map(Key::to_string).collect();
    keys.join("/")
}
