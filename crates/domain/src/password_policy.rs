//! What a new password must be, judged with all of its problems at once. Commerce's rules are the
//! default, since switching the integration off promises exactly them; the modern ones follow
//! NIST SP 800-63B-4: long instead of composed, never rotated, not guessable.
//!
//! A password is hashed as it was typed, to the byte, under both: PHP must verify what we store,
//! and PHP normalises nothing. The modern length is counted after composing (NFC), so that one
//! character on the screen is one character here, however a keyboard spells it.

mod weakness;

pub use weakness::Weakness;

use commerce::password_rules::{DEFAULT_MINIMUM_LENGTH, PasswordViolation, password_violations};
use jiff::{SignedDuration, Timestamp};
use unicode_normalization::UnicodeNormalization as _;

/// The longest password that is taken, in bytes: far above any passphrase, far below what would
/// keep a machine busy.
pub const LONGEST: usize = 4096;

/// The fewest characters under the modern policy.
pub const MODERN_MINIMUM: usize = 15;

/// How many of the newest passwords are never taken again.
const ALWAYS_REMEMBERED: usize = 4;

/// `postern/security/password_policy`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordPolicy {
    /// Commerce's rules.
    Commerce {
        /// `admin/security/minimum_password_length`, in characters.
        minimum_length: usize,
    },
    /// Length, and no password that others would guess.
    Modern,
}

impl PasswordPolicy {
    /// What holds where nothing is set: Commerce's rules with seven characters.
    pub const DEFAULT: Self = Self::Commerce {
        minimum_length: DEFAULT_MINIMUM_LENGTH,
    };
}

/// Something that keeps a password from being set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordProblem {
    /// It breaks a rule of Commerce's, or is too short or typed differently the second time.
    Rule(PasswordViolation),
    /// It has more than [`LONGEST`] bytes.
    TooLong,
    /// Others would guess it.
    Guessable(Weakness),
    /// It is the present one, or one that is remembered.
    UsedBefore,
}

impl PasswordProblem {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Rule(PasswordViolation::Empty) => "password.empty",
            Self::Rule(PasswordViolation::TooShort { .. }) => "password.too_short",
            Self::Rule(PasswordViolation::NotAlphanumeric) => "password.not_alphanumeric",
            Self::Rule(PasswordViolation::ConfirmationDiffers) => "password.confirmation_differs",
            Self::TooLong => "password.too_long",
            Self::Guessable(weakness) => weakness.code(),
            Self::UsedBefore => "password.used_before",
        }
    }

    /// Words for it in English, Commerce's where Commerce has them.
    pub fn text(self) -> String {
        match self {
            Self::Rule(violation) => violation.text(),
            Self::TooLong => format!("Your password may have {LONGEST} bytes at most."),
            Self::Guessable(weakness) => weakness.text().to_owned(),
            Self::UsedBefore => {
                "Sorry, but this password has already been used. Please create another.".to_owned()
            }
        }
    }
}

/// Everything that is wrong with `password`, but for its history. `own_words` are what somebody
/// who knows the person or the shop would try first.
pub fn problems(
    policy: PasswordPolicy,
    password: &str,
    confirmation: Option<&str>,
    own_words: &[&str],
) -> Vec<PasswordProblem> {
    let is_too_long = password.len() > LONGEST;
    let mut problems: Vec<PasswordProblem> = match policy {
        PasswordPolicy::Commerce { minimum_length } => {
            password_violations(password, confirmation, minimum_length)
        }
        PasswordPolicy::Modern => modern_violations(password, confirmation),
    }
    .into_iter()
    .map(PasswordProblem::Rule)
    .collect();
    if is_too_long {
        problems.push(PasswordProblem::TooLong);
    }
    if policy == PasswordPolicy::Modern && problems.is_empty() {
        problems.extend(Weakness::of(password, own_words).map(PasswordProblem::Guessable));
    }
    problems
}

fn modern_violations(password: &str, confirmation: Option<&str>) -> Vec<PasswordViolation> {
    let is_short = password.nfc().take(MODERN_MINIMUM).count() < MODERN_MINIMUM;
    let differs = confirmation.is_some_and(|confirmation| confirmation != password);
    [
        password
            .trim()
            .is_empty()
            .then_some(PasswordViolation::Empty),
        is_short.then_some(PasswordViolation::TooShort {
            minimum: MODERN_MINIMUM,
        }),
        differs.then_some(PasswordViolation::ConfirmationDiffers),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Whether an earlier password is still remembered, and so not taken again: the newest four
/// always, older ones until they are as old as a password may get. `position` counts from the
/// newest, which is 0.
pub fn is_remembered(
    position: usize,
    set_at: Timestamp,
    lifetime: SignedDuration,
    now: Timestamp,
) -> bool {
    position < ALWAYS_REMEMBERED || now.duration_since(set_at) < lifetime
}

#[cfg(test)]
mod tests {
    use super::*;
    use PasswordViolation::{ConfirmationDiffers, Empty, NotAlphanumeric, TooShort};

    const COMMERCE: PasswordPolicy = PasswordPolicy::Commerce { minimum_length: 7 };
    const OWN: [&str; 4] = ["ann", "Smith", "ann@luma.test", "Luma"];

    fn of(policy: PasswordPolicy, password: &str) -> Vec<PasswordProblem> {
        problems(policy, password, None, &OWN)
    }

    fn rules(violations: &[PasswordViolation]) -> Vec<PasswordProblem> {
        violations
            .iter()
            .copied()
            .map(PasswordProblem::Rule)
            .collect()
    }

    #[test]
    fn the_default_rules_are_commerces_and_no_others() {
        let cases = [
            (
                "",
                rules(&[Empty, TooShort { minimum: 7 }, NotAlphanumeric]),
            ),
            ("   \t   ", rules(&[Empty, NotAlphanumeric])),
            ("abcdefg", rules(&[NotAlphanumeric])),
            ("abc123", rules(&[TooShort { minimum: 7 }])),
            ("abcd123", Vec::new()),
            ("password1", Vec::new()),
        ];
        for (password, expected) in cases {
            assert_eq!(of(COMMERCE, password), expected, "{password:?}");
        }
        let differs = problems(COMMERCE, "abcd123", Some("abcd124"), &OWN);
        assert_eq!(differs, rules(&[ConfirmationDiffers]));
    }

    #[test]
    fn the_modern_policy_asks_for_length_and_for_nothing_to_be_mixed() {
        let short = rules(&[TooShort { minimum: 15 }]);
        let cases = [
            ("Tr0ub4dor&3", short.clone()),
            ("quiet marble ou", Vec::new()),
            ("velvet otter under thin ice", Vec::new()),
            ("läuft über neunzehn Brücken", Vec::new()),
            ("🌵🛶🎷🪁🧭🍄🪵🐙🎯🧲🪐🥨🔭🦉🧵", Vec::new()),
            ("               ", rules(&[Empty])),
            ("", rules(&[Empty, TooShort { minimum: 15 }])),
        ];
        for (password, expected) in cases {
            assert_eq!(
                of(PasswordPolicy::Modern, password),
                expected,
                "{password:?}"
            );
        }
    }

    #[test]
    fn a_decomposed_letter_counts_once() {
        let fourteen = "a\u{308}".repeat(14);
        let problems = of(PasswordPolicy::Modern, &fourteen);
        assert_eq!(problems, rules(&[TooShort { minimum: 15 }]));
    }

    #[test]
    fn passwords_may_be_long_but_not_endless() {
        let long = |bytes: usize| {
            let words = "ferry 7 lamp cork tundra mild owl ";
            words.repeat(bytes / words.len() + 1)[..bytes].to_owned()
        };
        for policy in [COMMERCE, PasswordPolicy::Modern] {
            assert!(of(policy, &long(64)).is_empty());
            assert!(of(policy, &long(LONGEST)).is_empty());
            assert_eq!(of(policy, &long(LONGEST + 1)), [PasswordProblem::TooLong]);
        }
    }

    #[test]
    fn the_newest_four_are_remembered_and_older_ones_for_a_lifetime() {
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let days = |days: i64| SignedDuration::from_hours(days * 24);
        let cases = [
            (3, 900, 90, true),
            (4, 89, 90, true),
            (4, 90, 90, false),
            (4, 0, 0, false),
        ];
        for (position, age, lifetime, remembered) in cases {
            let set_at = now - days(age);
            assert_eq!(
                is_remembered(position, set_at, days(lifetime), now),
                remembered,
                "{position} {age}"
            );
        }
    }
}
