//! The rules for a new password in words: before it is chosen, and where it broke one.

use commerce::password_rules::PasswordViolation;
use domain::password_policy::{LONGEST, MODERN_MINIMUM, PasswordPolicy, PasswordProblem, Weakness};
use service::words::Words;

/// What a new password must be like.
pub(super) fn hint(words: Words, policy: PasswordPolicy) -> String {
    let (key, minimum) = match policy {
        PasswordPolicy::Commerce { minimum_length } => ("password_rules-commerce", minimum_length),
        PasswordPolicy::Modern => ("password_rules-modern", MODERN_MINIMUM),
    };
    words.tell(key, &[("minimum", minimum.into())])
}

/// Everything that is wrong with one.
pub(super) fn problems(words: Words, problems: Vec<PasswordProblem>) -> Vec<String> {
    let told = problems.into_iter().map(|found| problem(words, found));
    told.collect()
}

/// One thing that is wrong with one.
pub(super) fn problem(words: Words, problem: PasswordProblem) -> String {
    match problem {
        PasswordProblem::Rule(broken) => rule(words, broken),
        PasswordProblem::TooLong => {
            words.tell("password_rules-too_long", &[("bytes", LONGEST.into())])
        }
        PasswordProblem::Guessable(weakness) => words.say(guessable(weakness)),
        PasswordProblem::UsedBefore => words.say("password_rules-used"),
    }
}

fn rule(words: Words, broken: PasswordViolation) -> String {
    match broken {
        PasswordViolation::Empty => words.say("password_rules-empty"),
        PasswordViolation::TooShort { minimum } => {
            words.tell("password_rules-too_short", &[("minimum", minimum.into())])
        }
        PasswordViolation::NotAlphanumeric => words.say("password_rules-not_alphanumeric"),
        PasswordViolation::ConfirmationDiffers => words.say("password_rules-confirmation_differs"),
    }
}

fn guessable(weakness: Weakness) -> &'static str {
    match weakness {
        Weakness::Common => "password_rules-common",
        Weakness::OwnWords => "password_rules-own_words",
        Weakness::KeyboardPattern => "password_rules-keyboard_pattern",
        Weakness::Repetition => "password_rules-repetition",
        Weakness::Sequence => "password_rules-sequence",
        Weakness::Date => "password_rules-date",
        Weakness::Word => "password_rules-word",
        Weakness::Predictable => "password_rules-predictable",
    }
}
