//! The rules for a new password in words: before it is chosen, and where it broke one.

use commerce::password_rules::{DEFAULT_MINIMUM_LENGTH, PasswordViolation};
use service::words::Words;

/// What a new password must be like.
pub(super) fn hint(words: Words) -> String {
    words.tell(
        "password_rules-commerce",
        &[("minimum", DEFAULT_MINIMUM_LENGTH.into())],
    )
}

/// What is wrong with one.
pub(super) fn violation(words: Words, violation: PasswordViolation) -> String {
    match violation {
        PasswordViolation::Empty => words.say("password_rules-empty"),
        PasswordViolation::TooShort { minimum } => {
            words.tell("password_rules-too_short", &[("minimum", minimum.into())])
        }
        PasswordViolation::NotAlphanumeric => words.say("password_rules-not_alphanumeric"),
        PasswordViolation::ConfirmationDiffers => words.say("password_rules-confirmation_differs"),
    }
}
