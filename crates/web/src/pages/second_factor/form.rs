//! The forms of a pending sign-in. Each carries a key of the sign-in's id, so that no other site
//! can send one.

use crate::Door;
use crate::pages::secret;
use crate::visitor::Visitor;
use secrecy::SecretString;
use serde::Deserialize;
use service::second_factor::FactorRefused;
use service::second_factor::pending::{self, PendingId};
use subtle::ConstantTimeEq;

/// One code.
#[derive(Deserialize)]
pub(crate) struct CodeForm {
    #[serde(default)]
    pub(super) form_key: String,
    #[serde(default, deserialize_with = "secret")]
    pub(super) tfa_code: SecretString,
}

/// The answer of a security key, as the script writes it.
#[derive(Deserialize)]
pub(crate) struct KeyForm {
    #[serde(default)]
    pub(super) form_key: String,
    #[serde(default, deserialize_with = "secret")]
    pub(super) answer: SecretString,
}

/// A button.
#[derive(Deserialize)]
pub(crate) struct ButtonForm {
    #[serde(default)]
    pub(super) form_key: String,
}

/// The pending sign-in of the browser that sent a form, if the form is one of its pages'.
pub(super) fn sender<'v>(
    visitor: &'v Visitor,
    door: &Door,
    key: &str,
) -> Result<&'v PendingId, FactorRefused> {
    match &visitor.pending {
        Some(id) if is_of(door, id, key) => Ok(id),
        Some(_) => Err(FactorRefused::Stale),
        None => Err(FactorRefused::NotPending),
    }
}

/// Whether a form is one of this sign-in's pages.
pub(super) fn is_of(door: &Door, id: &PendingId, key: &str) -> bool {
    pending::form_token(&door.app, id)
        .as_bytes()
        .ct_eq(key.as_bytes())
        .into()
}
