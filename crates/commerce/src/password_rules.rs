//! What a new admin password must look like: the part of Commerce's rules that needs nothing but
//! the password itself. Whether it was used before is for whoever holds the history. All
//! violations are reported at once, in Commerce's order and words.

/// The fewest characters unless `admin/security/minimum_password_length` says otherwise.
pub const DEFAULT_MINIMUM_LENGTH: usize = 7;

/// The zeros of every script with decimal digits (Unicode 14, general category Nd); nine more
/// digits follow each. The mathematical digits are five such rows in one.
#[rustfmt::skip]
const DECIMAL_ZEROS: [u32; 66] = [
    0x30, 0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66,
    0xDE6, 0xE50, 0xED0, 0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90,
    0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10,
    0x104A0, 0x10D30, 0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650,
    0x116C0, 0x11730, 0x118E0, 0x11950, 0x11C50, 0x11D50, 0x11DA0, 0x16A60, 0x16AC0, 0x16B50,
    0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E950, 0x1FBF0,
];

/// A rule that a password breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordViolation {
    /// Nothing, or nothing but white space.
    Empty,
    /// Fewer characters (Unicode code points) than `minimum`.
    TooShort {
        /// The fewest characters allowed.
        minimum: usize,
    },
    /// No letter and digit on the same line.
    NotAlphanumeric,
    /// Typed differently the second time.
    ConfirmationDiffers,
}

impl PasswordViolation {
    /// Commerce's words for it, in English.
    pub fn text(self) -> String {
        match self {
            Self::Empty => "Password is required field.".to_owned(),
            Self::TooShort { minimum } => {
                format!("Your password must be at least {minimum} characters.")
            }
            Self::NotAlphanumeric => {
                "Your password must include both numeric and alphabetic characters.".to_owned()
            }
            Self::ConfirmationDiffers => {
                "Your password confirmation must match your password.".to_owned()
            }
        }
    }
}

/// Every rule that `password` breaks, in Commerce's order; none means it may be set. Without a
/// confirmation (a command has none) that rule does not apply.
pub fn password_violations(
    password: &str,
    confirmation: Option<&str>,
    minimum_length: usize,
) -> Vec<PasswordViolation> {
    let is_empty = password.trim().is_empty();
    let is_short = password.chars().count() < minimum_length;
    let differs = confirmation.is_some_and(|confirmation| confirmation != password);
    [
        is_empty.then_some(PasswordViolation::Empty),
        is_short.then_some(PasswordViolation::TooShort {
            minimum: minimum_length,
        }),
        (!is_alphanumeric(password)).then_some(PasswordViolation::NotAlphanumeric),
        differs.then_some(PasswordViolation::ConfirmationDiffers),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// `/[a-z].*\d|\d.*[a-z]/iu`: the dot does not cross a line feed, case folding lets the long s
/// and the Kelvin sign pass as letters, and every script's decimal digits count.
fn is_alphanumeric(password: &str) -> bool {
    password
        .split('\n')
        .any(|line| line.chars().any(is_letter) && line.chars().any(is_decimal_digit))
}

fn is_letter(character: char) -> bool {
    character.is_ascii_alphabetic() || matches!(character, '\u{17F}' | '\u{212A}')
}

fn is_decimal_digit(character: char) -> bool {
    let code = u32::from(character);
    DECIMAL_ZEROS
        .iter()
        .any(|zero| (*zero..zero + 10).contains(&code))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    #[test]
    fn a_confirmation_must_be_the_same_to_the_byte() {
        let with = |confirmation| password_violations("Secret123", confirmation, 7);
        assert!(with(None).is_empty());
        assert!(with(Some("Secret123")).is_empty());
        assert_eq!(
            with(Some("secret123")),
            [PasswordViolation::ConfirmationDiffers]
        );
    }

    #[test]
    fn blanks_alone_are_no_password() {
        let violations = password_violations(" \t\u{a0}     ", None, 7);
        assert_eq!(
            violations,
            [PasswordViolation::Empty, PasswordViolation::NotAlphanumeric]
        );
    }

    #[test]
    fn the_minimum_is_named_and_counted_in_characters() {
        let violations = password_violations("日本語1a", None, 8);
        assert_eq!(violations, [PasswordViolation::TooShort { minimum: 8 }]);
        assert_eq!(
            violations[0].text(),
            "Your password must be at least 8 characters."
        );
        assert!(password_violations("日本語日本語1a", None, 8).is_empty());
    }

    /// Every character, beside an `a` and beside a `1`, through PHP's own expression. Newer
    /// Unicode may add digits that we do not know, never the other way round.
    #[test]
    fn letters_and_digits_are_those_of_php() {
        const CODE: &str = r#"
            for ($code = 0; $code < 0x110000; $code++) {
                if ($code >= 0xD800 && $code < 0xE000) continue;
                $character = iconv('UCS-4BE', 'UTF-8', pack('N', $code));
                $matches = fn ($text) => preg_match('/[a-z].*\d|\d.*[a-z]/iu', $text);
                if ($matches("a$character")) echo "digit $code\n";
                if ($matches("1$character")) echo "letter $code\n";
            }
        "#;
        let output = Command::new("php")
            .args(["-r", CODE])
            .output()
            .expect("php is needed");
        let output = String::from_utf8(output.stdout).unwrap();
        let php: std::collections::HashSet<&str> = output.lines().collect();
        for character in '\0'..=char::MAX {
            let code = u32::from(character);
            let letter = php.contains(format!("letter {code}").as_str());
            let digit = php.contains(format!("digit {code}").as_str());
            assert_eq!(is_letter(character), letter, "letter {code:x}");
            assert!(digit || !is_decimal_digit(character), "digit {code:x}");
        }
        let digits = output
            .lines()
            .filter(|line| line.starts_with("digit"))
            .count();
        assert!(digits >= DECIMAL_ZEROS.len() * 10);
    }
}
