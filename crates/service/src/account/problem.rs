//! What can be wrong with an account as somebody wants it to be.

use super::AccountChange;
use crate::words::Language;
use commerce::email_address;
use domain::admin::Admin;
use domain::password_policy::PasswordProblem;

/// The widths of the columns, in characters.
const LONGEST_NAME: usize = 32;
const LONGEST_USERNAME: usize = 40;
const LONGEST_EMAIL: usize = 128;

/// One thing that is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountProblem {
    /// No user name.
    UsernameMissing,
    /// A user name of more than 40 characters.
    UsernameTooLong,
    /// No first name, or one of more than 32 characters.
    FirstName,
    /// No last name, or one of more than 32 characters.
    LastName,
    /// No mail address that mail could reach.
    Email,
    /// A language that there is not.
    Language,
    /// Somebody else has the user name or the address.
    Taken,
    /// The new password.
    Password(PasswordProblem),
}

/// Everything that is wrong with the names, the address and the language. An address that is the
/// person's already may stay, and so may a language.
pub(super) fn problems(admin: &Admin, change: &AccountChange) -> Vec<AccountProblem> {
    let is_name = |name: &str| !name.trim().is_empty() && name.chars().count() <= LONGEST_NAME;
    let is_email = |email: &str| {
        email_address::is_valid(email) && email.chars().count() <= LONGEST_EMAIL
            || admin.email.as_deref() == Some(email)
    };
    let is_language = change.locale == admin.locale
        || Language::all().any(|language| language.commerce_locale() == change.locale);
    [
        change
            .username
            .trim()
            .is_empty()
            .then_some(AccountProblem::UsernameMissing),
        (change.username.chars().count() > LONGEST_USERNAME)
            .then_some(AccountProblem::UsernameTooLong),
        (!is_name(&change.first_name)).then_some(AccountProblem::FirstName),
        (!is_name(&change.last_name)).then_some(AccountProblem::LastName),
        (!is_email(&change.email)).then_some(AccountProblem::Email),
        (!is_language).then_some(AccountProblem::Language),
    ]
    .into_iter()
    .flatten()
    .collect()
}
