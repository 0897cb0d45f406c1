//! Every place that holds a value for a path, in whatever scope and whether it counts or not.
//! Rule guarded here: the switch cleans what is listed here, so nothing Commerce could read may be
//! missing; a file in which PHP code might hold a value is refused, not skipped.

use super::effective::Configuration;
use super::environment::{OVERRIDE, path_with_scope};
use super::scope::Scope;
use super::setting::is_encrypted;
use super::source::{ConfigFile, NotLiteralIn};
use crate::php_array::{Key, NotLiteral, PhpFile, Value};

/// A place that holds a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Where it is.
    pub location: Location,
    /// What it holds, as it stands there, with `#env(…)` replaced.
    pub value: Value,
    /// Whether what it holds is kept encrypted there.
    pub is_encrypted: bool,
}

/// Where a [`Place`] is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// A row of `core_config_data`, with the path that was asked for.
    Row {
        /// `default`, `websites` or `stores`.
        scope: String,
        /// The website's or store's number; 0 for `default`.
        scope_id: u32,
    },
    /// An entry of a file.
    File {
        /// Which one.
        file: ConfigFile,
        /// The scope it stands in.
        scope: Scope,
        /// Where the entry begins, counted from 1.
        line: usize,
    },
    /// An environment variable: no program can remove it.
    Variable {
        /// Its name.
        name: String,
    },
}

impl Configuration {
    /// All places of a path: rows, then `config.php`, then `env.php`, then variables.
    ///
    /// # Errors
    /// When a file might hold the path in PHP code.
    pub fn places(&self, path: &str) -> Result<Vec<Place>, NotLiteralIn> {
        let mut places = self.rows_of(path);
        for file in [ConfigFile::Config, ConfigFile::Env] {
            if let Some(php) = self.deployment.file(file) {
                let found = places_in_file(php, file, path);
                let found = found.map_err(|reason| NotLiteralIn { file, reason })?;
                let environment = self.deployment.environment();
                places.extend(found.into_iter().map(|place| Place {
                    value: environment.expand(place.value),
                    ..place
                }));
            }
        }
        places.extend(self.variables_of(path));
        Ok(places)
    }

    fn rows_of(&self, path: &str) -> Vec<Place> {
        let rows = self.rows.get(path).map(Vec::as_slice).unwrap_or_default();
        rows.iter()
            .map(|row| Place {
                location: Location::Row {
                    scope: row.scope.clone(),
                    scope_id: row.scope_id,
                },
                value: row.value.clone().map_or(Value::Null, Value::String),
                is_encrypted: is_encrypted(path),
            })
            .collect()
    }

    /// Variables that set the path, and those that put a value into the files' section `system`.
    fn variables_of(&self, path: &str) -> Vec<Place> {
        let environment = self.deployment.environment();
        let ends_with_path = |candidate: &str| match candidate.split_once('/') {
            Some(("default", rest)) => rest == path,
            Some(("websites" | "stores", rest)) => {
                rest.split_once('/').is_some_and(|(_, rest)| rest == path)
            }
            _ => false,
        };
        let values = environment
            .value_variables()
            .filter(|found| ends_with_path(&found.path));
        let place = |name: &str, value: Value, is_encrypted| Place {
            location: Location::Variable {
                name: name.to_owned(),
            },
            value,
            is_encrypted,
        };
        let mut places: Vec<Place> = values
            .map(|found| place(found.name, Value::String(found.value.clone()), false))
            .collect();
        for found in environment.deployment_variables() {
            if found
                .path
                .strip_prefix("system/")
                .is_some_and(ends_with_path)
            {
                let value = Value::String(found.value.clone());
                places.push(place(found.name, value, is_encrypted(path)));
            }
        }
        if let Some(sections) = self.deployment.override_sections() {
            let values = scopes_of(sections)
                .into_iter()
                .filter_map(|scope| sections.at(&scope.keys_in_file(path)).cloned());
            places.extend(values.map(|value| place(OVERRIDE, value, is_encrypted(path))));
        }
        places
    }
}

fn places_in_file(php: &PhpFile, file: ConfigFile, path: &str) -> Result<Vec<Place>, NotLiteral> {
    let mut scopes = vec![Scope::Default];
    scopes.extend(php.keys(&["system", "websites"])?.iter().map(website));
    scopes.extend(php.keys(&["system", "stores"])?.iter().map(store));
    let mut places = Vec::new();
    for scope in scopes {
        let keys = scope.keys_in_file(path);
        if let Some((value, line)) = php.get(&keys)?.zip(php.line(&keys)?) {
            let location = Location::File { file, scope, line };
            places.push(Place {
                location,
                value,
                is_encrypted: is_encrypted(path),
            });
        }
    }
    Ok(places)
}

fn scopes_of(sections: &Value) -> Vec<Scope> {
    let keys = |name: &str| {
        let entries = sections.at(&["system", name]).and_then(Value::entries);
        entries.unwrap_or_default().iter().map(|(key, _)| key)
    };
    let scopes = std::iter::once(Scope::Default);
    scopes
        .chain(keys("websites").map(website))
        .chain(keys("stores").map(store))
        .collect()
}

fn website(code: &Key) -> Scope {
    Scope::Website(code.to_string())
}

fn store(code: &Key) -> Scope {
    Scope::Store(code.to_string())
}

impl Location {
    /// The place in words that name it, for people and receipts.
    #[must_use]
    pub fn describe(&self, path: &str) -> String {
        match self {
            Self::Row { scope, scope_id } => {
                format!("core_config_data, scope {scope} {scope_id}, {path}")
            }
            Self::File { file, scope, line } => {
                format!("{file}, line {line}, {}", path_with_scope(scope, path))
            }
            Self::Variable { name } => format!("environment variable {name}"),
        }
    }
}
