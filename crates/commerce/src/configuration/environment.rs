//! The process environment as configuration: a list given by the caller, and Commerce's two ways
//! of naming paths in it.
//! Rule guarded here: values may be secrets and do not print; names do.

use std::fmt;

use super::scope::Scope;
use crate::php_array::{PhpString, Value};

/// JSON that replaces whole top-level sections of the files.
pub(super) const OVERRIDE: &str = "MAGENTO_DC__OVERRIDE";
const DEPLOYMENT_PREFIX: &str = "MAGENTO_DC_";
const VALUE_PREFIX: &str = "CONFIG__";

/// Variables with their values, in the order of the environment.
#[derive(Clone, Default)]
pub struct Environment {
    variables: Vec<(String, PhpString)>,
    /// Which of them stand for a value in the files; every look into the files asks for these.
    for_files: Vec<usize>,
}

impl fmt::Debug for Environment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_list()
            .entries(self.variables.iter().map(|(name, _)| name))
            .finish()
    }
}

impl<N: Into<String>, V: Into<PhpString>> FromIterator<(N, V)> for Environment {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(variables: I) -> Self {
        let owned = |(name, value): (N, V)| (name.into(), value.into());
        let variables: Vec<_> = variables.into_iter().map(owned).collect();
        let is_for_files =
            |(name, _): &(String, PhpString)| name.contains(DEPLOYMENT_PREFIX) && name != OVERRIDE;
        let numbered = variables.iter().enumerate();
        let for_files = numbered.filter(|(_, variable)| is_for_files(variable));
        Self {
            for_files: for_files.map(|(number, _)| number).collect(),
            variables,
        }
    }
}

/// A variable that holds the value of a configuration path.
pub(super) struct PathVariable<'e> {
    pub(super) name: &'e str,
    pub(super) value: &'e PhpString,
    /// `default/web/…`, or a flat path such as `db/table_prefix`.
    pub(super) path: String,
}

impl Environment {
    /// The value of a variable.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&PhpString> {
        self.variables
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value)
    }

    /// `MAGENTO_DC_DB__TABLE_PREFIX` as `db/table_prefix`; the prefix counts wherever it stands in
    /// a name, and only lower-case paths can be reached.
    pub(super) fn deployment_variables(&self) -> impl DoubleEndedIterator<Item = PathVariable<'_>> {
        self.for_files
            .iter()
            .filter_map(|number| self.variables.get(*number))
            .map(|(name, value)| PathVariable {
                name,
                value,
                path: to_path(&name.replace(DEPLOYMENT_PREFIX, "")),
            })
    }

    /// `CONFIG__DEFAULT__WEB__URL` as `default/web/url`.
    pub(super) fn value_variables(&self) -> impl DoubleEndedIterator<Item = PathVariable<'_>> {
        self.variables.iter().filter_map(|(name, value)| {
            let rest = name.strip_prefix(VALUE_PREFIX)?;
            let valid = rest.starts_with(|first: char| first.is_ascii_alphabetic())
                && rest
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            valid.then(|| PathVariable {
                name,
                value,
                path: to_path(rest),
            })
        })
    }

    /// The variable that sets `path` in `scope`; of several the last, as PHP overwrites.
    pub(super) fn value_variable(&self, scope: &Scope, path: &str) -> Option<PathVariable<'_>> {
        let wanted = path_with_scope(scope, path);
        self.value_variables()
            .rev()
            .find(|variable| variable.path == wanted)
    }

    /// The sections of [`OVERRIDE`]. What is not a JSON object is ignored, as in Commerce.
    pub(super) fn override_sections(&self) -> Option<Value> {
        let json: serde_json::Value =
            serde_json::from_slice(self.get(OVERRIDE)?.as_bytes()).ok()?;
        Some(json)
            .filter(serde_json::Value::is_object)
            .map(Value::from)
    }

    /// Replaces `#env(NAME)` and `#env(NAME, "default")`. As in PHP an unset, empty or `0` variable
    /// gives the default, and without one the empty string.
    pub(super) fn expand(&self, value: Value) -> Value {
        match value {
            Value::Array(entries) => Value::Array(
                entries
                    .into_iter()
                    .map(|(key, value)| (key, self.expand(value)))
                    .collect(),
            ),
            Value::String(text) => match text.to_str().and_then(reference) {
                Some((name, default)) => {
                    let set = self
                        .get(name)
                        .filter(|text| !matches!(text.as_bytes(), b"" | b"0"));
                    Value::String(set.cloned().unwrap_or_else(|| default.unwrap_or("").into()))
                }
                None => Value::String(text),
            },
            other => other,
        }
    }
}

/// The path of a value variable, with its scope in front.
pub(super) fn path_with_scope(scope: &Scope, path: &str) -> String {
    match scope.code() {
        None => format!("{}/{path}", scope.name()),
        Some(code) => format!("{}/{code}/{path}", scope.name()),
    }
}

fn to_path(name: &str) -> String {
    name.replace("__", "/").to_ascii_lowercase()
}

/// The name and the default of `#env(NAME, "default")`.
fn reference(text: &str) -> Option<(&str, Option<&str>)> {
    let inside = text.strip_prefix("#env(")?.strip_suffix(')')?.trim_start();
    let length = inside.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let (name, rest) = inside.split_at_checked(length.unwrap_or(inside.len()))?;
    if name.is_empty() {
        return None;
    }
    let rest = rest.trim_start();
    if rest.is_empty() {
        return Some((name, None));
    }
    let default = rest
        .strip_prefix(',')?
        .trim_start()
        .strip_prefix('"')?
        .strip_suffix('"')?;
    (!default.is_empty() && !default.contains('"')).then_some((name, Some(default)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_paths_as_in_commerce() {
        let environment = Environment::from_iter([
            (
                "CONFIG__DEFAULT__ADOBE_IMS__INTEGRATION__ADMIN_ENABLED",
                "1",
            ),
            ("CONFIG__1BAD", "x"),
            ("CONFIG__WEB-URL", "x"),
            ("MAGENTO_DC_DB__TABLE_PREFIX", "m_"),
            ("MAGENTO_DC__OVERRIDE", "{}"),
        ]);
        let paths: Vec<String> = environment
            .value_variables()
            .map(|found| found.path)
            .collect();
        assert_eq!(paths, ["default/adobe_ims/integration/admin_enabled"]);
        let paths: Vec<String> = environment
            .deployment_variables()
            .map(|found| found.path)
            .collect();
        assert_eq!(paths, ["db/table_prefix"]);
    }

    #[test]
    fn references_are_replaced_by_variables_or_defaults() {
        let environment = Environment::from_iter([("SET", "value"), ("ZERO", "0")]);
        for (text, expected) in [
            ("#env(SET)", "value"),
            ("#env( SET , \"other\")", "value"),
            ("#env(ZERO, \"1\")", "1"),
            ("#env(UNSET)", ""),
            ("#env(UNSET, \"a, b\")", "a, b"),
            ("#env(UNSET, \"\")", "#env(UNSET, \"\")"),
            ("x #env(SET)", "x #env(SET)"),
            ("#env()", "#env()"),
        ] {
            assert_eq!(
                environment.expand(Value::string(text)),
                Value::string(expected),
                "{text}"
            );
        }
    }

    #[test]
    fn debug_output_names_variables_and_hides_values() {
        let environment = Environment::from_iter([("MAGENTO_DC_CRYPT__KEY", "hunter2")]);
        assert_eq!(format!("{environment:?}"), "[\"MAGENTO_DC_CRYPT__KEY\"]");
    }
}
