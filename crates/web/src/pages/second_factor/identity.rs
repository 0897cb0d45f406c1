//! The part of a form in which a person shows once more who they are.

use super::visit::Visit;
use crate::form_key;
use crate::pages::secret;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use service::sign_in::identity::Proof;

/// What a form brings of it.
#[derive(Deserialize)]
pub(super) struct IdentityForm {
    #[serde(default)]
    form_key: String,
    #[serde(default, deserialize_with = "secret")]
    current_password: SecretString,
    #[serde(default, deserialize_with = "secret")]
    confirmation_id: SecretString,
}

impl IdentityForm {
    /// The id of the session, if the form is one of its pages'.
    pub(super) fn session_id<'v>(&self, visit: &'v Visit) -> Option<&'v SecretString> {
        let is_ours = form_key::is_of_session(&visit.door, &visit.visitor, &self.form_key);
        visit.visitor.session_id.as_ref().filter(|_| is_ours)
    }

    /// What it shows.
    pub(super) fn proof(self, visit: &Visit) -> Proof {
        match self.confirmation_id.expose_secret().is_empty() {
            true => Proof::Password {
                password: self.current_password,
                browser: visit.visitor.browser_id.clone(),
            },
            false => Proof::Confirmation(self.confirmation_id),
        }
    }
}

/// What a page shows of it.
pub(super) struct IdentityFields {
    pub(super) form_key: String,
    /// Who types the password, and for what.
    pub(super) why: String,
    /// For the browser's own store of passwords.
    pub(super) username: String,
    pub(super) is_wrong: bool,
    confirmation: Option<SecretString>,
}

impl IdentityFields {
    /// With the reason as a sentence; `confirmation` stands for a password that was right before.
    pub(super) fn new(
        visit: &Visit,
        why: String,
        is_wrong: bool,
        confirmation: Option<SecretString>,
    ) -> Self {
        Self {
            form_key: visit.form_key(),
            why,
            username: visit.current.admin.username.clone(),
            is_wrong,
            confirmation,
        }
    }

    /// For a change of one's own factors.
    pub(super) fn of_own(
        visit: &Visit,
        is_wrong: bool,
        confirmation: Option<SecretString>,
    ) -> Self {
        let name = visit.current.admin.full_name();
        let words = visit.words();
        let why = words.tell("second_factor-own_identity", &[("name", name.into())]);
        Self::new(visit, why, is_wrong, confirmation)
    }

    /// The id for the form to bring back in place of the password.
    pub(super) fn confirmation(&self) -> Option<&str> {
        let id = self.confirmation.as_ref();
        id.map(|id| id.expose_secret())
    }
}
