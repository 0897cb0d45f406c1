//! What the browser collected: its JSON is hashed into what the authenticator signs.

use crate::{Refusal, RelyingParty};
use data_encoding::BASE64URL_NOPAD;
use serde::Deserialize;

/// The longest that is read, in bytes: a challenge, two origins and room for what is to come.
const MOST_BYTES: usize = 4096;

/// What is looked at; a browser may add to it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ClientData {
    r#type: String,
    challenge: String,
    origin: String,
    cross_origin: Option<bool>,
    top_origin: Option<serde_json::Value>,
}

/// Which ceremony it belongs to.
#[derive(Clone, Copy)]
pub(crate) enum Ceremony {
    Creation,
    Assertion,
}

impl ClientData {
    pub(crate) fn read(json: &[u8]) -> Result<Self, Refusal> {
        if json.len() > MOST_BYTES {
            return Err(Refusal::TooLarge);
        }
        serde_json::from_slice(json).map_err(|_| Refusal::ClientData)
    }

    pub(crate) fn challenge(&self) -> &str {
        &self.challenge
    }

    /// Holds it against what must be true of every answer. `is_asked` says whether the challenge was
    /// given to this browser for this purpose.
    pub(crate) fn verify(
        &self,
        ceremony: Ceremony,
        party: &RelyingParty,
        is_asked: &dyn Fn(&[u8]) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        let kind = match ceremony {
            Ceremony::Creation => "webauthn.create",
            Ceremony::Assertion => "webauthn.get",
        };
        if self.r#type != kind {
            return Err(Refusal::Type);
        }
        let challenge = BASE64URL_NOPAD.decode(self.challenge.as_bytes());
        is_asked(&challenge.map_err(|_| Refusal::Challenge)?)?;
        if !party.origins().contains(&self.origin) {
            return Err(Refusal::Origin);
        }
        // Our pages stand in nobody's frame.
        if self.cross_origin == Some(true) {
            return Err(Refusal::CrossOrigin);
        }
        match self.top_origin {
            None => Ok(()),
            Some(_) => Err(Refusal::TopOrigin),
        }
    }
}
