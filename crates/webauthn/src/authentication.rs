//! The use of a key: what must be true of the answer to a question for one that is known.

use crate::answer::Assertion;
use crate::authenticator_data::AuthenticatorData;
use crate::client_data::Ceremony;
use crate::{PublicKey, Refusal, RelyingParty, UserVerification};
use aws_lc_rs::digest::{SHA256, digest};

/// What was asked.
pub struct Asked<'a> {
    /// For whom.
    pub party: &'a RelyingParty,
    /// Whether the user has to be verified.
    pub user: UserVerification,
    /// Whether this challenge was given to this browser for this purpose.
    pub is_asked: &'a dyn Fn(&[u8]) -> Result<(), Refusal>,
}

/// What is known of the key that answers.
#[derive(Clone, Copy, Debug)]
pub struct KnownKey<'a> {
    /// Its public half.
    pub public_key: PublicKey,
    /// What its counter stood at; none where nobody has looked so far.
    pub counter: Option<u32>,
    /// Whether it can be on more than one device; none where nobody has looked so far.
    pub is_eligible: Option<bool>,
    /// The handle of its owner; none where they have not got one.
    pub user_handle: Option<&'a [u8]>,
    /// Whether the answer has to name its owner: nobody else has.
    pub needs_handle: bool,
}

/// What a use has shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Used {
    /// What the counter stands at.
    pub counter: u32,
    /// Whether the user was verified.
    pub is_verified: bool,
    /// Whether the key can be on more than one device.
    pub is_eligible: bool,
    /// Whether it is on more than one device.
    pub is_backed_up: bool,
}

impl Assertion {
    /// What the use shows, if everything about it is right. The counter is looked at last: only a
    /// key's own answer can say that there may be two of it.
    pub fn verify(&self, asked: &Asked<'_>, key: &KnownKey<'_>) -> Result<Used, Refusal> {
        let (party, is_asked) = (asked.party, asked.is_asked);
        self.client_data
            .verify(Ceremony::Assertion, party, is_asked)?;
        let is_theirs = match (&self.user_handle, key.user_handle) {
            (Some(said), Some(known)) => said == known,
            (Some(_), None) => !key.needs_handle,
            (None, _) => !key.needs_handle,
        };
        if !is_theirs {
            return Err(Refusal::UserHandle);
        }
        let data = AuthenticatorData::read(&self.authenticator_data)?;
        data.verify(party, asked.user)?;
        let is_eligible = data.is_eligible();
        if key.is_eligible.is_some_and(|known| known != is_eligible) {
            return Err(Refusal::BackupChanged);
        }
        let hash = digest(&SHA256, &self.client_data_json);
        let message = [self.authenticator_data.as_slice(), hash.as_ref()].concat();
        key.public_key.verify(&message, &self.signature)?;
        let counter = data.counter;
        let has_moved = |before: u32| counter > before || (counter, before) == (0, 0);
        if !key.counter.is_none_or(has_moved) {
            return Err(Refusal::Counter);
        }
        Ok(Used {
            counter,
            is_verified: data.is_verified(),
            is_eligible,
            is_backed_up: data.is_backed_up(),
        })
    }
}
