//! Configuration paths as a person types them: `section/group/field`, or deeper.

use std::fmt;

/// A path of three segments or more, of letters, digits, `_`, `-` and `.`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ConfigPath(String);

/// A text that no configuration path can be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a configuration path of the form section/group/field")]
pub struct MalformedPath(
    /// The text.
    pub String,
);

impl ConfigPath {
    /// Checks a text.
    ///
    /// # Errors
    /// When it has fewer than three segments, an empty one, or another character.
    pub fn parse(text: &str) -> Result<Self, MalformedPath> {
        let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
        let is_segment = |segment: &str| !segment.is_empty() && segment.bytes().all(is_allowed);
        if text.split('/').count() >= 3 && text.split('/').all(is_segment) {
            Ok(Self(text.to_owned()))
        } else {
            Err(MalformedPath(text.to_owned()))
        }
    }

    /// The text, with slashes.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ConfigPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_have_three_plain_segments_or_more() {
        assert!(ConfigPath::parse("adobe_ims/integration/admin/scopes/openid").is_ok());
        for text in ["", "a/b", "a//b", "a/b/c/", "/a/b/c", "a/b/c d", "a/b/é"] {
            assert!(ConfigPath::parse(text).is_err(), "{text}");
        }
    }
}
