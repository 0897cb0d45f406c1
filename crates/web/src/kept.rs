//! What somebody typed into a form whose session was over when it was sent. It is sealed into the
//! sign-in page and comes back with it, so that the work survives signing in again. Only the
//! person who typed it gets it back; passwords are never in it.

use crate::Door;
use crate::problem::Problem;
use domain::admin::AdminId;
use secrecy::ExposeSecret;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use service::random;

/// A form as it was typed.
#[derive(Deserialize, Serialize)]
pub(crate) struct Kept<T> {
    owner: AdminId,
    form: T,
}

impl<T: Serialize + DeserializeOwned> Kept<T> {
    /// Whose a form is, signed, for a hidden field: once the session is over, nothing else tells.
    pub(crate) fn owner(door: &Door, admin: AdminId) -> String {
        let signature = door.app.keyring().keyed_digest(signed(admin).as_bytes());
        format!("{admin}.{signature}")
    }

    /// Reads [`Self::owner`] back.
    pub(crate) fn owner_of(door: &Door, owner: &str) -> Option<AdminId> {
        let (admin, signature) = owner.split_once('.')?;
        let admin: AdminId = admin.parse().ok()?;
        let is_ours = door
            .app
            .keyring()
            .is_keyed_digest(signature, signed(admin).as_bytes());
        is_ours.then_some(admin)
    }

    /// Seals a form of a person, for a hidden field.
    pub(crate) fn seal(door: &Door, owner: AdminId, form: T) -> Result<String, Problem> {
        let text =
            serde_json::to_string(&Self { owner, form }).map_err(|error| Problem::fault(&error))?;
        let nonce = random::bytes()?;
        Ok(door.app.keyring().encrypt(text.as_bytes(), nonce))
    }

    /// Opens what came back, if it is ours and of this person.
    pub(crate) fn open(door: &Door, owner: AdminId, sealed: &str) -> Option<T> {
        let text = door.app.keyring().decrypt_text(sealed).ok()?;
        let kept: Self = serde_json::from_str(text.expose_secret()).ok()?;
        (kept.owner == owner).then_some(kept.form)
    }
}

fn signed(admin: AdminId) -> String {
    format!("form of:{admin}")
}
