//! Domain names as Commerce's mail check takes them: at least two labels, letters, digits and
//! dashes, no addresses and no local names. Its tables of the letters that each registry sells
//! are not repeated here: any letter or digit of any script passes, as most of them allow.

use std::net::IpAddr;

/// Characters, dots included.
const NAME_LENGTH: std::ops::RangeInclusive<usize> = 4..=254;
const LABEL_LENGTH: std::ops::RangeInclusive<usize> = 1..=63;
const TOP_LEVEL_LENGTH: std::ops::RangeInclusive<usize> = 2..=63;

/// Why a hostname is refused; the last one or two of a list concern local names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostnameProblem {
    /// A number instead of a name.
    IpAddress,
    /// One label only, an empty one, or too short or long as a whole.
    Structure,
    /// A dash at an end of a label, or in its third and fourth place.
    Dash,
    /// A character that names under this top-level domain (upper case) cannot have.
    Schema(String),
    /// The last label is too short or too long.
    TopLevel,
    /// It could be the name of a machine in a local network.
    LocalName,
    /// It could not even be that.
    NotEvenLocal,
}

impl HostnameProblem {
    /// Commerce's words for it, in English.
    pub fn text(&self) -> String {
        match self {
            Self::IpAddress => {
                "The input appears to be an IP address, but IP addresses are not allowed"
            }
            Self::Structure => "The input does not match the expected structure for a DNS hostname",
            Self::Dash => {
                "The input appears to be a DNS hostname but contains a dash in an invalid position"
            }
            Self::Schema(top_level) => {
                return format!(
                    "The input appears to be a DNS hostname but cannot match against hostname \
                     schema for TLD '{top_level}'"
                );
            }
            Self::TopLevel => "The input appears to be a DNS hostname but cannot extract TLD part",
            Self::LocalName => {
                "The input appears to be a local network name but local network names are not \
                 allowed"
            }
            Self::NotEvenLocal => "The input does not appear to be a valid local network name",
        }
        .to_owned()
    }
}

/// Everything wrong with `hostname`, in Commerce's order; nothing means it is accepted.
pub(super) fn problems(hostname: &str) -> Vec<HostnameProblem> {
    if hostname.parse::<IpAddr>().is_ok() {
        return vec![HostnameProblem::IpAddress];
    }
    let Some(problem) = domain_problem(hostname) else {
        return Vec::new();
    };
    let local = if is_local_name(hostname) {
        HostnameProblem::LocalName
    } else {
        HostnameProblem::NotEvenLocal
    };
    vec![problem, local]
}

fn domain_problem(hostname: &str) -> Option<HostnameProblem> {
    let (_, top_level) = match hostname.rsplit_once('.') {
        Some(split) if NAME_LENGTH.contains(&hostname.chars().count()) => split,
        _ => return Some(HostnameProblem::Structure),
    };
    if !TOP_LEVEL_LENGTH.contains(&top_level.chars().count()) {
        return Some(HostnameProblem::TopLevel);
    }
    let labels: Vec<&str> = hostname.split('.').collect();
    for label in &labels {
        if label.is_empty() {
            return Some(HostnameProblem::Structure);
        }
        if has_dash_out_of_place(label) {
            return Some(HostnameProblem::Dash);
        }
    }
    // An underscore may stand in labels left of the registered name.
    let registered_from = labels.len().saturating_sub(2);
    let is_schema = labels
        .iter()
        .enumerate()
        .all(|(position, label)| is_label(label, position < registered_from));
    (!is_schema).then(|| HostnameProblem::Schema(top_level.to_uppercase()))
}

/// Labels in Punycode (RFC 5891) have dashes in their third and fourth place by right.
fn has_dash_out_of_place(label: &str) -> bool {
    let is_punycode = label.starts_with("xn--");
    let third_and_fourth: String = label.chars().skip(2).take(2).collect();
    label.starts_with('-') || label.ends_with('-') || (third_and_fourth == "--" && !is_punycode)
}

fn is_label(label: &str, allow_underscore: bool) -> bool {
    LABEL_LENGTH.contains(&label.chars().count())
        && label.chars().all(|character| {
            character.is_alphanumeric()
                || character == '-'
                || (allow_underscore && character == '_')
        })
}

fn is_local_name(hostname: &str) -> bool {
    let hostname = hostname.strip_suffix('.').unwrap_or(hostname);
    let is_local_label = |label: &str| {
        LABEL_LENGTH.contains(&label.len())
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    hostname.split('.').all(is_local_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_two_or_more_labels_are_accepted() {
        for name in [
            "example.com",
            "a.b-c.example",
            "ü.com",
            "xn--tda.com",
            "_dmarc.example.com",
        ] {
            assert_eq!(problems(name), [], "{name}");
        }
    }

    #[test]
    fn addresses_of_both_kinds_are_refused() {
        for address in ["127.0.0.1", "::1"] {
            assert_eq!(problems(address), [HostnameProblem::IpAddress]);
        }
    }

    #[test]
    fn dashes_and_lengths_have_their_own_reasons() {
        let first = |name: &str| problems(name).swap_remove(0);
        assert_eq!(first("b-.com"), HostnameProblem::Dash);
        assert_eq!(first("ab--c.com"), HostnameProblem::Dash);
        assert_eq!(first("example.c"), HostnameProblem::TopLevel);
        assert_eq!(first(".com"), HostnameProblem::Structure);
        assert_eq!(
            first(&format!("{}.com", "a".repeat(64))),
            HostnameProblem::Schema("COM".into())
        );
        assert_eq!(
            first(&format!("{}com", "a.".repeat(126))),
            HostnameProblem::Structure
        );
    }
}
