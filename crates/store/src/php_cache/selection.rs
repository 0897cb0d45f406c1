//! Which entries of a cache are meant, and how Commerce names them.
//!
//! Commerce turns an id or tag to upper case, puts `__` for a dot and `_` for whatever is neither
//! letter, digit nor underscore, and puts the instance's prefix in front.

use super::CacheType;

/// The id of a revocation that fronts `jwt_auth_revoked`, for user type 2 (admins), as mangled:
/// `jwt-user-token:revoked:2:<user>`.
const ADMIN_REVOCATION: &str = "JWT_USER_TOKEN_REVOKED_2_";

/// What stands before every id and tag of one instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum IdPrefix {
    /// `id_prefix` of the front end's settings.
    Given(String),
    /// Not given: three hexadecimal digits of a digest of the path of `app/etc`, and `_`. Any such
    /// prefix is taken for ours, since PHP may see the folder under another path than we do, and
    /// an entry left behind weighs more than a neighbour's entry that must be made again.
    Derived,
}

impl IdPrefix {
    /// The rest of an id or tag behind the prefix, or nothing if it is another instance's.
    pub(super) fn strip<'id>(&self, id: &'id str) -> Option<&'id str> {
        match self {
            Self::Given(prefix) => id.strip_prefix(prefix.as_str()),
            Self::Derived => {
                let (prefix, rest) = id.split_at_checked(4)?;
                let digits = prefix.strip_suffix('_')?;
                let is_hexadecimal = |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
                digits.bytes().all(is_hexadecimal).then_some(rest)
            }
        }
    }

    /// The prefix as a Redis key pattern.
    pub(super) fn pattern(&self) -> String {
        match self {
            Self::Given(prefix) => crate::redis_server::escape_pattern(prefix),
            Self::Derived => "[0-9a-f][0-9a-f][0-9a-f]_".to_owned(),
        }
    }
}

/// Entries by tag or by the start of their id, both without prefix.
#[derive(Clone, Debug)]
pub(super) struct Selection {
    pub(super) tags: Vec<&'static str>,
    pub(super) id_starts: Vec<&'static str>,
}

impl Selection {
    pub(super) fn of_types(types: &[CacheType]) -> Self {
        Self {
            tags: types.iter().map(|cache_type| cache_type.tag()).collect(),
            id_starts: Vec::new(),
        }
    }

    pub(super) fn config_and_revocations() -> Self {
        Self {
            tags: vec![CacheType::Config.tag()],
            id_starts: vec![ADMIN_REVOCATION],
        }
    }

    pub(super) fn has_id(&self, prefix: &IdPrefix, id: &str) -> bool {
        prefix
            .strip(id)
            .is_some_and(|id| self.id_starts.iter().any(|start| id.starts_with(start)))
    }

    pub(super) fn has_tag(&self, prefix: &IdPrefix, tag: &str) -> bool {
        prefix
            .strip(tag)
            .is_some_and(|tag| self.tags.contains(&tag))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_ids_are_matched_behind_the_prefix_only() {
        let selection = Selection::config_and_revocations();
        let given = IdPrefix::Given("shop_".into());
        assert!(selection.has_tag(&given, "shop_CONFIG"));
        assert!(!selection.has_tag(&given, "shop_COMPILED_CONFIG"));
        assert!(!selection.has_tag(&given, "other_CONFIG"));
        assert!(selection.has_id(&given, "shop_JWT_USER_TOKEN_REVOKED_2_17"));
        assert!(!selection.has_id(&given, "shop_JWT_USER_TOKEN_REVOKED_3_17"));
    }

    #[test]
    fn a_derived_prefix_is_three_hexadecimal_digits() {
        let derived = IdPrefix::Derived;
        assert_eq!(derived.strip("0af_CONFIG"), Some("CONFIG"));
        assert_eq!(derived.strip("0AF_CONFIG"), None);
        assert_eq!(derived.strip("COMPILED_CONFIG"), None);
        assert_eq!(derived.strip("abc"), None);
    }
}
