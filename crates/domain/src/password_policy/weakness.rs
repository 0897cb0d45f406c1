//! Whether others would guess a password, and why: by lists of common passwords, words and names,
//! by patterns, and by what they know of the person and the shop.

use zxcvbn::feedback::Warning;
use zxcvbn::{Score, zxcvbn};

/// A password of own words needs so many letters or digits beside them.
const FEWEST_OTHERS: usize = 8;

/// Why a password is guessable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    /// Many people use it, or something close to it.
    Common,
    /// It is made of the person's own names, or the shop's.
    OwnWords,
    /// Rows of keys.
    KeyboardPattern,
    /// The same thing again and again.
    Repetition,
    /// A run such as `abcdef` or `123456`.
    Sequence,
    /// A date or a year.
    Date,
    /// A name, or a word alone.
    Word,
    /// Too few surprises, of no single kind.
    Predictable,
}

impl Weakness {
    /// What is weak about a password; nothing where guessing would take 10^8 tries or more. Looks
    /// at its first hundred characters. Slow: some milliseconds.
    pub fn of(password: &str, own_words: &[&str]) -> Option<Self> {
        if is_made_of(password, own_words) {
            return Some(Self::OwnWords);
        }
        let judged = zxcvbn(password, own_words);
        if judged.score() >= Score::Three {
            return None;
        }
        let warning = judged.feedback().and_then(|feedback| feedback.warning());
        Some(warning.map_or(Self::Predictable, Self::from_warning))
    }

    fn from_warning(warning: Warning) -> Self {
        match warning {
            Warning::ThisIsATop10Password
            | Warning::ThisIsATop100Password
            | Warning::ThisIsACommonPassword
            | Warning::ThisIsSimilarToACommonlyUsedPassword => Self::Common,
            Warning::StraightRowsOfKeysAreEasyToGuess
            | Warning::ShortKeyboardPatternsAreEasyToGuess => Self::KeyboardPattern,
            Warning::RepeatsLikeAaaAreEasyToGuess
            | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => Self::Repetition,
            Warning::SequencesLikeAbcAreEasyToGuess => Self::Sequence,
            Warning::RecentYearsAreEasyToGuess | Warning::DatesAreOftenEasyToGuess => Self::Date,
            Warning::AWordByItselfIsEasyToGuess
            | Warning::NamesAndSurnamesByThemselvesAreEasyToGuess
            | Warning::CommonNamesAndSurnamesAreEasyToGuess => Self::Word,
        }
    }

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Common => "password.common",
            Self::OwnWords => "password.own_words",
            Self::KeyboardPattern => "password.keyboard_pattern",
            Self::Repetition => "password.repetition",
            Self::Sequence => "password.sequence",
            Self::Date => "password.date",
            Self::Word => "password.word",
            Self::Predictable => "password.predictable",
        }
    }

    /// Why, and what to do, in English.
    pub fn text(self) -> &'static str {
        match self {
            Self::Common => {
                "Many people use this password or one like it. Put several unrelated words together."
            }
            Self::OwnWords => {
                "This password is made of your names or the shop's. Use words that have nothing to do with you."
            }
            Self::KeyboardPattern => {
                "Rows of keys are guessed early. Put several unrelated words together."
            }
            Self::Repetition => {
                "Repeating something adds little. Put several different words together."
            }
            Self::Sequence => {
                "Letters or numbers in order are guessed early. Put several unrelated words together."
            }
            Self::Date => {
                "Dates and years are guessed early. Put several unrelated words together."
            }
            Self::Word => {
                "A name or one word is guessed early. Put several unrelated words together."
            }
            Self::Predictable => {
                "This password can be guessed. Add another word or two that do not belong together."
            }
        }
    }
}

/// Whether next to nothing is left of a password without the words.
fn is_made_of(password: &str, own_words: &[&str]) -> bool {
    let mut words: Vec<String> = own_words.iter().map(|word| word.to_lowercase()).collect();
    words.retain(|word| word.chars().count() >= 3);
    // The longest first: a word may be a part of another.
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let password = password.to_lowercase();
    let left = words
        .iter()
        .fold(password.clone(), |left, word| left.replace(word, " "));
    let letters = |text: &str| {
        text.chars()
            .filter(|letter| letter.is_alphanumeric())
            .count()
    };
    letters(&left) < FEWEST_OTHERS && letters(&left) < letters(&password)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_guessed_first_is_refused_with_its_reason() {
        let own = [
            "ann",
            "Smith",
            "annsmith",
            "Zomerwinkel",
            "commerce",
            "admin",
        ];
        let cases = [
            ("passwordpassword", Some(Weakness::Repetition)),
            ("qwertyuiopasdfghjkl", Some(Weakness::Common)),
            ("aaaaaaaaaaaaaaaaaaaa", Some(Weakness::Repetition)),
            ("zomerwinkelannsmith", Some(Weakness::OwnWords)),
            ("Ann.Smith@Zomerwinkel-2026", Some(Weakness::OwnWords)),
            ("velvet otter under thin ice", None),
        ];
        for (password, expected) in cases {
            assert_eq!(Weakness::of(password, &own), expected, "{password}");
        }
        assert!(Weakness::of("abcdefghijklmnop", &own).is_some());
    }

    #[test]
    fn own_words_are_no_fault_inside_something_long() {
        let long = "ann counts nineteen herons by the weir";
        assert_eq!(Weakness::of(long, &["ann"]), None);
    }

    #[test]
    fn every_code_and_text_is_its_own() {
        use Weakness::*;
        let all = [
            Common,
            OwnWords,
            KeyboardPattern,
            Repetition,
            Sequence,
            Date,
            Word,
            Predictable,
        ];
        let codes: std::collections::HashSet<_> = all.map(Weakness::code).into();
        let texts: std::collections::HashSet<_> = all.map(Weakness::text).into();
        assert_eq!((codes.len(), texts.len()), (8, 8));
    }
}
