//! Admins from the command line.

pub mod create;
pub mod unlock;

/// Why an admin was not made or changed; the words are Commerce's.
#[derive(Debug, thiserror::Error)]
pub enum AdminRefused {
    /// What was typed breaks these rules, all told at once.
    #[error("{}", .0.join("\n"))]
    Invalid(Vec<String>),
    /// The address belongs to somebody with another user name.
    #[error(
        "An existing user has the given email but different username. Username and email both \
         need to match an existing user or both be new."
    )]
    EmailTaken,
    /// The user name belongs to somebody with another address.
    #[error(
        "An existing user has the given username but different email. Username and email both \
         need to match an existing user or both be new."
    )]
    UsernameTaken,
    /// Only told where the user exists, as in Commerce.
    #[error("Password cannot be the same as the user name.")]
    PasswordIsUsername,
    /// The role that every admin made here gets is missing.
    #[error("No Administrators role was found, data fixture needs to be run")]
    NoAdministratorsRole,
}
