//! What of an account its owner may change. While the integration is on, the provider is where
//! names, address and language are kept, so that what is filled in here stays as it is; what is
//! empty may still be filled in. The rule is Commerce's (`UpdateUserFormFieldsPlugin`,
//! `UserSavePlugin`).

use super::AccountChange;
use crate::session::Current;
use domain::admin::Admin;
use domain::sign_in_mode::SignInMode;
use secrecy::SecretString;

/// Which parts of an account may be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Editable {
    /// User name.
    pub username: bool,
    /// First name.
    pub first_name: bool,
    /// Last name.
    pub last_name: bool,
    /// Mail address.
    pub email: bool,
    /// Language.
    pub locale: bool,
    /// Password.
    pub password: bool,
}

/// What the person in `current` may change now.
pub fn editable(current: &Current) -> Editable {
    Editable::of(&current.admin, current.session.mode)
}

impl Editable {
    /// The same in a session of this mode.
    fn of(admin: &Admin, mode: SignInMode) -> Self {
        let is_free = |stored: &str| mode == SignInMode::Commerce || stored.trim().is_empty();
        Self {
            username: is_free(&admin.username),
            first_name: is_free(&admin.first_name),
            last_name: is_free(&admin.last_name),
            email: is_free(admin.email.as_deref().unwrap_or_default()),
            locale: is_free(&admin.locale),
            password: mode == SignInMode::Commerce,
        }
    }

    /// Whether there is anything at all to be changed.
    pub fn is_any(self) -> bool {
        let Self {
            username,
            first_name,
            last_name,
            email,
            locale,
            password,
        } = self;
        username || first_name || last_name || email || locale || password
    }

    /// The change with everything put back that must stay as it is stored.
    pub(super) fn put_back(self, admin: &Admin, change: &AccountChange) -> AccountChange {
        let either = |may_change: bool, wanted: &str, stored: &str| match may_change {
            true => wanted.to_owned(),
            false => stored.to_owned(),
        };
        let secret = |wanted: &SecretString| match self.password {
            true => wanted.clone(),
            false => SecretString::default(),
        };
        let email = admin.email.as_deref().unwrap_or_default();
        AccountChange {
            username: either(self.username, &change.username, &admin.username),
            first_name: either(self.first_name, &change.first_name, &admin.first_name),
            last_name: either(self.last_name, &change.last_name, &admin.last_name),
            email: either(self.email, &change.email, email),
            locale: either(self.locale, &change.locale, &admin.locale),
            password: secret(&change.password),
            confirmation: secret(&change.confirmation),
        }
    }
}
