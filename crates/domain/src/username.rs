//! A user name as somebody types it. Two spellings that a database takes for one name, by letter
//! case, by composed letters or by blanks at the end, are one name here as well, so that nobody
//! gets a fresh count of failures by spelling a name differently.

use unicode_normalization::UnicodeNormalization as _;

/// The longest name that is told apart, in characters: the width of Commerce's columns for counts.
const LONGEST: usize = 255;

/// A user name, with the key under which its failures are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Username {
    typed: String,
    key: String,
}

impl Username {
    /// Takes what was typed.
    pub fn typed(text: &str) -> Self {
        let typed: String = text
            .trim_end_matches(' ')
            .chars()
            .take(LONGEST)
            .nfc()
            .take(LONGEST)
            .collect();
        let key = typed.to_lowercase().nfc().take(LONGEST).collect();
        Self { typed, key }
    }

    /// The name to look an account up by.
    pub fn as_str(&self) -> &str {
        &self.typed
    }

    /// What failures are counted under, whether there is such an account or not.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Whether there is anything left.
    pub fn is_empty(&self) -> bool {
        self.typed.is_empty()
    }

    /// Whether an account's name is this one. MySQL also finds accounts that differ in accents:
    /// they are other people's. Letter case counts where
    /// `admin/security/use_case_sensitive_login` says so.
    pub fn is_of(&self, account: &str, is_case_sensitive: bool) -> bool {
        let account = Self::typed(account);
        if is_case_sensitive {
            self.typed == account.typed
        } else {
            self.key == account.key
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v08_no_spelling_of_a_name_has_a_count_of_its_own() {
        for spelling in ["Änne", "änne", "A\u{308}nne", "a\u{308}NNE", "Änne  "] {
            assert_eq!(Username::typed(spelling).key(), "änne", "{spelling:?}");
        }
    }

    #[test]
    fn accents_leading_blanks_and_look_alikes_make_other_names() {
        for other in ["anne", " änne", "änne\t", "än\u{200b}ne"] {
            assert!(!Username::typed(other).is_of("Änne", false), "{other:?}");
        }
    }

    #[test]
    fn case_counts_only_where_it_is_set() {
        let typed = Username::typed("ANN");
        assert!(typed.is_of("Ann", false));
        assert!(!typed.is_of("Ann", true));
        assert!(Username::typed("Ann ").is_of("Ann", true));
    }

    #[test]
    fn a_name_of_any_length_has_a_key_that_fits_the_column() {
        for long in ["x".repeat(5000), "\u{fb2c}".repeat(5000), "İ".repeat(255)] {
            assert!(Username::typed(&long).key().chars().count() <= LONGEST);
        }
        assert!(Username::typed("  ").is_empty());
    }
}
