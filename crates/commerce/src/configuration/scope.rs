//! Scopes of configuration values, as the tables, the files and the command line name them.
//! Rule guarded here: a scope given on the command line is checked as Commerce checks it; the
//! words for a refusal belong to the caller.

/// Where a value holds. Codes are those of `store_website` and `store`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// Everywhere, unless a website or store says otherwise.
    Default,
    /// In one website.
    Website(String),
    /// In one store view.
    Store(String),
}

/// Why `--scope` and `--scope-code` do not go together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScopeRefusal {
    /// `default` was given a code.
    CodeForDefault,
    /// The scope is empty.
    MissingScope,
    /// A website or store was asked for without its code.
    MissingCode,
    /// The code is not [`is_scope_code`].
    MalformedCode,
    /// There is no such kind of scope.
    UnknownScope(String),
}

impl Scope {
    /// The scope of a command line, in Commerce's order of checks. Whether the code exists is for
    /// the caller to look up.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn parse(scope: &str, code: Option<&str>) -> Result<Self, ScopeRefusal> {
        let code = code.filter(|code| !code.is_empty());
        if scope == "default" {
            return code.map_or(Ok(Self::Default), |_| Err(ScopeRefusal::CodeForDefault));
        }
        if scope.is_empty() {
            return Err(ScopeRefusal::MissingScope);
        }
        let code = code.ok_or(ScopeRefusal::MissingCode)?;
        if !is_scope_code(code) {
            return Err(ScopeRefusal::MalformedCode);
        }
        match scope {
            "website" | "websites" => Ok(Self::Website(code.to_owned())),
            "store" | "stores" => Ok(Self::Store(code.to_owned())),
            _ => Err(ScopeRefusal::UnknownScope(scope.to_owned())),
        }
    }

    /// The name in `core_config_data.scope` and in files.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Website(_) => "websites",
            Self::Store(_) => "stores",
        }
    }

    /// The code; none for the default scope.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Default => None,
            Self::Website(code) | Self::Store(code) => Some(code),
        }
    }

    /// The keys of a value in `env.php` and `config.php`, from the top: `system`, `websites`,
    /// `base`, and the path's own.
    #[must_use]
    pub fn keys_in_file<'a>(&'a self, path: &'a str) -> Vec<&'a str> {
        let scope = ["system", self.name()].into_iter().chain(self.code());
        scope
            .chain(path.split('/').filter(|segment| !segment.is_empty()))
            .collect()
    }
}

/// Whether a text can be the code of a website or store: small letters, digits and underscores,
/// beginning with a letter.
#[must_use]
pub fn is_scope_code(text: &str) -> bool {
    text.bytes()
        .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
        && text.starts_with(|first: char| first.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_refused_in_the_order_of_commerce() {
        for (scope, code, expected) in [
            ("default", None, Ok(Scope::Default)),
            ("default", Some(""), Ok(Scope::Default)),
            ("default", Some("base"), Err(ScopeRefusal::CodeForDefault)),
            ("", Some("base"), Err(ScopeRefusal::MissingScope)),
            ("websites", None, Err(ScopeRefusal::MissingCode)),
            ("planets", Some("Base"), Err(ScopeRefusal::MalformedCode)),
            (
                "planets",
                Some("base"),
                Err(ScopeRefusal::UnknownScope("planets".into())),
            ),
            ("website", Some("base"), Ok(Scope::Website("base".into()))),
            ("stores", Some("de_2"), Ok(Scope::Store("de_2".into()))),
        ] {
            assert_eq!(Scope::parse(scope, code), expected, "{scope} {code:?}");
        }
    }

    #[test]
    fn a_code_begins_with_a_small_letter() {
        assert!(is_scope_code("a1_"));
        for text in ["", "1a", "_a", "aB", "a-b", "ä"] {
            assert!(!is_scope_code(text), "{text}");
        }
    }
}
