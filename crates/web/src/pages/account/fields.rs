//! The fields of the account page but for the passwords, and which of them are wrong.

use domain::admin::Admin;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use service::account::{AccountChange, AccountProblem, Editable};

/// What may be shown again, and kept while its owner signs in again.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct Fields {
    pub(super) username: String,
    pub(super) firstname: String,
    pub(super) lastname: String,
    pub(super) email: String,
    pub(super) interface_locale: String,
}

impl Fields {
    /// The account as it is.
    pub(super) fn of(admin: &Admin) -> Self {
        Self {
            username: admin.username.clone(),
            firstname: admin.first_name.clone(),
            lastname: admin.last_name.clone(),
            email: admin.email.clone().unwrap_or_default(),
            interface_locale: admin.locale.clone(),
        }
    }

    /// The same with what may not be changed as it is stored.
    pub(super) fn within(&self, editable: Editable, admin: &Admin) -> Self {
        let stored = Self::of(admin);
        let either = |may_change: bool, typed: &String, stored: String| match may_change {
            true => typed.clone(),
            false => stored,
        };
        Self {
            username: either(editable.username, &self.username, stored.username),
            firstname: either(editable.first_name, &self.firstname, stored.firstname),
            lastname: either(editable.last_name, &self.lastname, stored.lastname),
            email: either(editable.email, &self.email, stored.email),
            interface_locale: either(
                editable.locale,
                &self.interface_locale,
                stored.interface_locale,
            ),
        }
    }

    /// The account as it is to be.
    pub(super) fn change(
        &self,
        password: SecretString,
        confirmation: SecretString,
    ) -> AccountChange {
        AccountChange {
            username: self.username.clone(),
            first_name: self.firstname.clone(),
            last_name: self.lastname.clone(),
            email: self.email.clone(),
            locale: self.interface_locale.clone(),
            password,
            confirmation,
        }
    }
}

/// Which fields are wrong.
#[derive(Default)]
pub(super) struct Wrong {
    pub(super) username: bool,
    pub(super) firstname: bool,
    pub(super) lastname: bool,
    pub(super) email: bool,
    pub(super) password: bool,
}

impl Wrong {
    pub(super) fn of(problems: &[AccountProblem]) -> Self {
        let mut wrong = Self::default();
        for problem in problems {
            match problem {
                AccountProblem::UsernameMissing | AccountProblem::UsernameTooLong => {
                    wrong.username = true;
                }
                AccountProblem::FirstName => wrong.firstname = true,
                AccountProblem::LastName => wrong.lastname = true,
                AccountProblem::Email => wrong.email = true,
                // Which of the two is taken is not told.
                AccountProblem::Taken => (wrong.username, wrong.email) = (true, true),
                AccountProblem::Password(_) => wrong.password = true,
                AccountProblem::Language => {}
            }
        }
        wrong
    }
}
