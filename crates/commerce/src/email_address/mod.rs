//! Which mail addresses Commerce accepts for an admin, and what it says of the others. The rules
//! are those of its validator (Laminas, domain names only, no check against a list of top-level
//! domains). The part after the `@`: `hostname`.

mod hostname;

pub use hostname::HostnameProblem;

/// Bytes (RFC 5321, section 4.5.3.1).
const MAX_LOCAL_PART: usize = 64;
const MAX_HOSTNAME: usize = 255;

/// Something wrong with a mail address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EmailProblem {
    /// None was given.
    Missing,
    /// No `local-part@hostname`, or two dots in a row.
    Format(String),
    /// The part before the `@` has more than 64 bytes, or the one after it more than 255.
    TooLong(String),
    /// The part after the `@` is no domain name.
    Hostname {
        /// The whole address.
        email: String,
        /// The part after the last `@`.
        hostname: String,
        /// Why, in the order in which Commerce says it.
        problems: Vec<HostnameProblem>,
    },
    /// The part before the `@` is neither words with dots nor a quoted text.
    LocalPart {
        /// The whole address.
        email: String,
        /// The part before the last `@`.
        local_part: String,
    },
}

impl EmailProblem {
    /// Commerce's words for it, in English; some problems have several sentences.
    pub fn texts(&self) -> Vec<String> {
        match self {
            Self::Missing => vec!["Please enter a valid email.".to_owned()],
            Self::Format(email) => vec![format!(
                "'{email}' is not a valid email address in the basic format local-part@hostname"
            )],
            Self::TooLong(email) => vec![format!("'{email}' exceeds the allowed length")],
            Self::Hostname {
                email,
                hostname,
                problems,
            } => {
                let first =
                    format!("'{hostname}' is not a valid hostname for email address '{email}'");
                std::iter::once(first)
                    .chain(problems.iter().map(HostnameProblem::text))
                    .collect()
            }
            Self::LocalPart { email, local_part } => vec![
                format!("'{local_part}' can not be matched against dot-atom format"),
                format!("'{local_part}' can not be matched against quoted-string format"),
                format!("'{local_part}' is not a valid local part for email address '{email}'"),
            ],
        }
    }
}

/// Whether Commerce accepts `email`.
pub fn is_valid(email: &str) -> bool {
    email_problems(Some(email)).is_empty()
}

/// Everything wrong with `email`, in Commerce's order; nothing means it is accepted.
pub fn email_problems(email: Option<&str>) -> Vec<EmailProblem> {
    let Some(email) = email else {
        return vec![EmailProblem::Missing];
    };
    let Some((local_part, hostname)) = split(email) else {
        return vec![EmailProblem::Format(email.to_owned())];
    };
    let is_long = local_part.len() > MAX_LOCAL_PART || hostname.len() > MAX_HOSTNAME;
    let too_long = is_long.then(|| EmailProblem::TooLong(email.to_owned()));
    let problems = hostname::problems(hostname);
    let hostname = (!problems.is_empty()).then(|| EmailProblem::Hostname {
        email: email.to_owned(),
        hostname: hostname.to_owned(),
        problems,
    });
    let is_local_part = is_dot_atom(local_part) || is_quoted(local_part);
    let local_part = (!is_local_part).then(|| EmailProblem::LocalPart {
        email: email.to_owned(),
        local_part: local_part.to_owned(),
    });
    [too_long, hostname, local_part]
        .into_iter()
        .flatten()
        .collect()
}

/// At the last `@`; both parts have to hold something, and no line break may stand before it.
fn split(email: &str) -> Option<(&str, &str)> {
    let (local_part, hostname) = email.rsplit_once('@')?;
    let is_split = !local_part.is_empty()
        && !hostname.is_empty()
        && !local_part.contains('\n')
        && !email.contains("..");
    is_split.then_some((local_part, hostname))
}

/// Words of RFC 5322 `atext`, with dots between them.
fn is_dot_atom(local_part: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte))
    };
    local_part.split('.').all(is_word)
}

/// A quoted string of RFC 5321, section 4.1.2: printable ASCII, with quotes and backslashes
/// behind a backslash.
fn is_quoted(local_part: &str) -> bool {
    let Some(inner) = local_part
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
    else {
        return false;
    };
    let mut bytes = inner.bytes();
    while let Some(byte) = bytes.next() {
        let quoted = if byte == b'\\' {
            bytes.next()
        } else {
            Some(byte)
        };
        let is_printable = quoted.is_some_and(|byte| (b' '..=b'~').contains(&byte));
        if !is_printable || byte == b'"' {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_local_part_may_hold_what_is_escaped() {
        for email in [
            r#""a b"@c.com"#,
            r#""a\"b"@c.com"#,
            r#""a@b"@c.com"#,
            r#"""@c.com"#,
        ] {
            assert!(is_valid(email), "{email}");
        }
        for email in [
            r#""a"b"@c.com"#,
            r#""a\"@c.com"#,
            "\"a\u{e9}\"@c.com",
            "\"@c.com",
        ] {
            assert!(!is_valid(email), "{email}");
        }
    }

    #[test]
    fn dots_stand_between_words_only() {
        assert!(is_valid("first.last@c.com"));
        assert!(!is_valid(".first@c.com"));
        assert!(!is_valid("first.@c.com"));
    }

    #[test]
    fn a_line_break_is_never_part_of_an_address() {
        for email in [
            "a\nb@c.com",
            "a@c.com\n",
            "a@c.com\r\nBcc: x@y.com",
            "a@\nc.com",
        ] {
            assert!(!is_valid(email), "{email:?}");
        }
    }
}
