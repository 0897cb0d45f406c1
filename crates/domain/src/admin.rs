//! An admin: a person with an account in the Admin, as `admin_user` holds it. Customers are not
//! known to this product at all.

use crate::lockout::Lockout;
use jiff::Timestamp;
use secrecy::SecretString;

/// The primary key of `admin_user`.
pub type AdminId = u32;

/// A row of `admin_user` with the role that `authorization_role` gives it.
#[derive(Clone, Debug)]
pub struct Admin {
    /// Primary key.
    pub id: AdminId,
    /// What is typed at sign-in, at most 40 characters, unique.
    pub username: String,
    /// Mail address; Commerce keeps no unique key on it.
    pub email: Option<String>,
    /// First name, at most 32 characters.
    pub first_name: String,
    /// Last name, at most 32 characters.
    pub last_name: String,
    /// The stored password hash, as it stands in the row; possibly empty or of no known version.
    pub password_hash: SecretString,
    /// Inactive admins cannot sign in.
    pub is_active: bool,
    /// When the account was made.
    pub created_at: Option<Timestamp>,
    /// When the password was last set, as the history has it.
    pub password_set_at: Option<Timestamp>,
    /// Last sign-in.
    pub last_sign_in: Option<Timestamp>,
    /// Failed sign-ins with a password and the lock they led to.
    pub lockout: Lockout,
    /// Locale of the Admin for this person, for example `nl_NL`.
    pub locale: String,
    /// The one role; without it the person may do nothing.
    pub role: Option<Role>,
}

/// What an admin may do, as far as signing in is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// `role_name` of the group row.
    pub name: String,
    /// Whether the role allows `Magento_Backend::all`.
    pub has_full_rights: bool,
    /// Whether it allows anything at all. The role [`PROVISIONED_ROLE`] begins without.
    pub has_any_rights: bool,
}

/// The role that Commerce gives to members it creates on their first sign-in with Adobe ID.
pub const PROVISIONED_ROLE: &str = "Adobe Ims";

/// The role of the first admin.
pub const ADMINISTRATORS_ROLE: &str = "Administrators";

impl Admin {
    /// First and last name, for a person to read.
    pub fn full_name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
            .trim()
            .to_owned()
    }

    /// The mail address, when mail could be delivered to it at all.
    pub fn reachable_email(&self) -> Option<&str> {
        let email = self.email.as_deref()?;
        commerce::email_address::is_valid(email).then_some(email)
    }

    /// Whether the person may do everything, that is, could repair the others' accounts.
    pub fn has_full_rights(&self) -> bool {
        self.role.as_ref().is_some_and(|role| role.has_full_rights)
    }
    /// Whether the person may do anything besides minding the own account.
    pub fn has_any_rights(&self) -> bool {
        self.role.as_ref().is_some_and(|role| role.has_any_rights)
    }
}
