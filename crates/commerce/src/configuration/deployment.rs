//! Deployment configuration: `config.php` and `env.php` joined, and what the environment says to it.
//! Rule guarded here: Commerce's order (env.php over config.php, `MAGENTO_DC__OVERRIDE` over both,
//! `MAGENTO_DC_…` over all), and PHP code in a file matters only to those who need that value.

use super::environment::{Environment, OVERRIDE};
use super::source::{ConfigFile, NotLiteralIn, Source};
use crate::php_array::{PhpFile, Value};

/// The two files of an instance with the environment.
#[derive(Debug)]
pub struct DeploymentConfig {
    config_php: Option<PhpFile>,
    env_php: Option<PhpFile>,
    sections: Option<Value>,
    environment: Environment,
}

/// A value of the deployment configuration.
#[derive(Clone, Debug, PartialEq)]
pub struct DeploymentValue {
    /// The value, with `#env(…)` replaced; never null, which reads back as the empty string.
    pub value: Value,
    /// Where it stands.
    pub source: Source,
}

impl DeploymentConfig {
    /// Joins what the caller has read; a missing file is an empty one.
    #[must_use]
    pub fn load(
        config_php: Option<PhpFile>,
        env_php: Option<PhpFile>,
        environment: &Environment,
    ) -> Self {
        let sections = environment.override_sections();
        Self {
            config_php,
            env_php,
            sections,
            environment: environment.clone(),
        }
    }

    /// The value at a path such as `db/connection/default`. A `MAGENTO_DC_…` variable answers its
    /// exact path only and does not show in an array above it.
    ///
    /// # Errors
    /// When the value depends on PHP code.
    pub fn get(&self, path: &str) -> Result<Option<DeploymentValue>, NotLiteralIn> {
        let variable = self
            .environment
            .deployment_variables()
            .rev()
            .find(|found| found.path == path);
        if let Some(variable) = variable {
            let value = Value::String(variable.value.clone());
            let source = Source::Variable(variable.name.to_owned());
            return Ok(Some(DeploymentValue { value, source }));
        }
        let keys: Vec<&str> = path.split('/').collect();
        Ok(self.in_files(&keys)?.map(|found| match found.value {
            Value::Null => DeploymentValue {
                value: Value::string(""),
                ..found
            },
            _ => found,
        }))
    }

    /// The text at a path, as PHP would print it; `None` for an array.
    ///
    /// # Errors
    /// When the value depends on PHP code.
    pub fn text(&self, path: &str) -> Result<Option<String>, NotLiteralIn> {
        let text = self
            .get(path)?
            .and_then(|found| found.value.to_php_string());
        Ok(text.map(|text| String::from_utf8_lossy(text.as_bytes()).into_owned()))
    }

    /// Whether setup has finished on this instance.
    ///
    /// # Errors
    /// When `install/date` depends on PHP code.
    pub fn is_installed(&self) -> Result<bool, NotLiteralIn> {
        Ok(self.get("install/date")?.is_some())
    }

    /// One of the two files, when it exists.
    #[must_use]
    pub fn file(&self, file: ConfigFile) -> Option<&PhpFile> {
        match file {
            ConfigFile::Config => self.config_php.as_ref(),
            ConfigFile::Env => self.env_php.as_ref(),
        }
    }

    /// The environment the configuration was loaded with.
    #[must_use]
    pub fn environment(&self) -> &Environment {
        &self.environment
    }

    /// The sections that a variable puts in the place of the files'.
    pub(super) fn override_sections(&self) -> Option<&Value> {
        self.sections.as_ref()
    }

    /// The value under keys, without the variables for single paths.
    pub(super) fn in_files(&self, keys: &[&str]) -> Result<Option<DeploymentValue>, NotLiteralIn> {
        if let (Some(sections), Some(section)) = (&self.sections, keys.first())
            && sections.at(&[section]).is_some()
        {
            let found = sections.at(keys).cloned();
            let source = Source::Variable(OVERRIDE.to_owned());
            return Ok(found.map(|value| self.found(value, source)));
        }
        let Some((above, source)) = self.in_file(ConfigFile::Env, keys)? else {
            if self.env_ends_above(keys)? {
                return Ok(None);
            }
            let below = self.in_file(ConfigFile::Config, keys)?;
            return Ok(below.map(|(value, source)| self.found(value, source)));
        };
        if matches!(above, Value::Array(_))
            && let Some((below, _)) = self.in_file(ConfigFile::Config, keys)?
        {
            return Ok(Some(self.found(below.replaced_recursively(above), source)));
        }
        Ok(Some(self.found(above, source)))
    }

    fn found(&self, value: Value, source: Source) -> DeploymentValue {
        DeploymentValue {
            value: self.environment.expand(value),
            source,
        }
    }

    fn in_file(
        &self,
        file: ConfigFile,
        keys: &[&str],
    ) -> Result<Option<(Value, Source)>, NotLiteralIn> {
        let Some(php) = self.file(file) else {
            return Ok(None);
        };
        let found = php
            .get(keys)
            .and_then(|value| Ok(value.zip(php.line(keys)?)));
        let found = found.map_err(|reason| NotLiteralIn { file, reason })?;
        Ok(found.map(|(value, line)| (value, Source::File { file, line })))
    }

    fn env_ends_above(&self, keys: &[&str]) -> Result<bool, NotLiteralIn> {
        let ends = self
            .env_php
            .as_ref()
            .map_or(Ok(false), |php| php.ends_above(keys));
        ends.map_err(|reason| NotLiteralIn {
            file: ConfigFile::Env,
            reason,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(config: &str, env: &str, variables: &[(&str, &str)]) -> DeploymentConfig {
        let parse =
            |source: &str| PhpFile::parse(format!("<?php return {source};").into()).unwrap();
        let environment = variables.iter().copied().collect();
        DeploymentConfig::load(Some(parse(config)), Some(parse(env)), &environment)
    }

    fn text(config: &DeploymentConfig, path: &str) -> Option<String> {
        config.text(path).unwrap()
    }

    #[test]
    fn env_php_wins_and_arrays_are_joined() {
        let config = config(
            "['a' => ['b' => 1, 'c' => 2], 'd' => ['e' => 5], 'n' => null]",
            "['a' => ['c' => 3], 'd' => 4]",
            &[],
        );
        assert_eq!(text(&config, "a/b").as_deref(), Some("1"));
        assert_eq!(text(&config, "a/c").as_deref(), Some("3"));
        assert_eq!(text(&config, "d").as_deref(), Some("4"));
        assert_eq!(
            text(&config, "d/e"),
            None,
            "the single value of env.php hides the array"
        );
        assert_eq!(text(&config, "n").as_deref(), Some(""));
        let joined = config.get("a").unwrap().unwrap();
        assert_eq!(joined.value.entries().unwrap().len(), 2);
        assert_eq!(
            joined.source,
            Source::File {
                file: ConfigFile::Env,
                line: 1
            }
        );
    }

    #[test]
    fn the_override_replaces_whole_sections() {
        let variables = [(OVERRIDE, r#"{"db":{"table_prefix":"x_"}}"#)];
        let config = config("[]", "['db' => ['host' => 'h'], 'a' => 1]", &variables);
        assert_eq!(text(&config, "db/table_prefix").as_deref(), Some("x_"));
        assert_eq!(text(&config, "db/host"), None);
        assert_eq!(text(&config, "a").as_deref(), Some("1"));
    }

    #[test]
    fn a_variable_answers_its_own_path_and_no_array_above() {
        let variables = [("MAGENTO_DC_DB__HOST", "v"), ("HOST", "h2")];
        let config = config(
            "[]",
            "['db' => ['host' => 'h', 'other' => '#env(HOST)']]",
            &variables,
        );
        let found = config.get("db/host").unwrap().unwrap();
        assert_eq!(
            found.source,
            Source::Variable("MAGENTO_DC_DB__HOST".to_owned())
        );
        let whole = config.get("db").unwrap().unwrap().value;
        assert_eq!(whole.at(&["host"]).unwrap().as_str(), Some("h"));
        assert_eq!(whole.at(&["other"]).unwrap().as_str(), Some("h2"));
    }

    #[test]
    fn php_code_matters_only_where_it_is_needed() {
        let config = config(
            "['a' => getenv('A'), 'b' => 1]",
            "['a' => 'x', 'c' => foo()]",
            &[],
        );
        assert_eq!(text(&config, "a").as_deref(), Some("x"));
        assert_eq!(text(&config, "b").as_deref(), Some("1"));
        let refused = config.get("c").unwrap_err();
        assert_eq!(
            refused.to_string(),
            "app/etc/env.php: `c` (line 1) is a call, not a literal value"
        );
    }
}
