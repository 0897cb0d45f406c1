//! What somebody typed into a form whose session was over when it was sent. It is sealed into the
//! sign-in page and comes back with it, so that the work survives signing in again. Only the
//! person who typed it gets it back; secrets are never in it.

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
    /// Seals a form of a person, for a hidden field.
    pub(crate) fn seal(door: &Door, owner: AdminId, form: T) -> Result<String, Problem> {
        let text = serde_json::to_string(&Self { owner, form }).map_err(|error| Problem::fault(&error))?;
        Ok(door.app.keyring().encrypt(text.as_bytes(), random::bytes()?))
    }

    /// Opens what came back, if it is ours and of this person.
    pub(crate) fn open(door: &Door, owner: AdminId, sealed: &str) -> Option<T> {
        let text = door.app.keyring().decrypt_text(sealed).ok()?;
        let kept: Self = serde_json::from_str(text.expose_secret()).ok()?;
        (kept.owner == owner).then_some(kept.form)
    }
}
