//! A new key: what must be true of the answer to a question for one.

use crate::answer::Creation;
use crate::attestation::{self, Aaguid, Models, Statement};
use crate::authenticator_data::AuthenticatorData;
use crate::cbor;
use crate::client_data::Ceremony;
use crate::{PublicKey, Refusal, RelyingParty, UserVerification};
use jiff::Timestamp;

/// What a new key has to be.
pub struct Wanted<'a> {
    /// Whom it is for.
    pub party: &'a RelyingParty,
    /// Whether its user has to be verified.
    pub user: UserVerification,
    /// The models that are allowed, if not all are.
    pub models: Option<&'a Models>,
    /// Whether this challenge was given to this browser, for a new key of this person.
    pub is_asked: &'a dyn Fn(&[u8]) -> Result<(), Refusal>,
    /// The moment.
    pub now: Timestamp,
}

/// A new key, as it is to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Its id.
    pub id: Vec<u8>,
    /// Its public half.
    pub public_key: PublicKey,
    /// What its counter stands at; nought of most that do not count.
    pub counter: u32,
    /// Whether its user was verified.
    pub is_verified: bool,
    /// Whether it can be on more than one device.
    pub is_eligible: bool,
    /// Whether it is on more than one device.
    pub is_backed_up: bool,
    /// The model, as it says; sure only where models are limited.
    pub aaguid: Aaguid,
    /// How the authenticator is reached, as the browser says.
    pub transports: Vec<String>,
}

impl Creation {
    /// The key, if everything about it is right. That nobody has it yet is for the caller to see.
    pub fn verify(&self, wanted: &Wanted<'_>) -> Result<Made, Refusal> {
        let (party, asked) = (wanted.party, wanted.is_asked);
        self.client_data.verify(Ceremony::Creation, party, asked)?;
        let object =
            cbor::read_all(&self.attestation_object).map_err(|_| Refusal::AuthenticatorData)?;
        let signed = object.get("authData");
        let signed = signed.as_ref().and_then(cbor::Item::as_bytes);
        let signed = signed.ok_or(Refusal::AuthenticatorData)?;
        let data = AuthenticatorData::read(signed)?;
        data.verify(party, wanted.user)?;
        let credential = data.credential.as_ref().ok_or(Refusal::NoCredential)?;
        if credential.id != self.id {
            return Err(Refusal::Id);
        }
        let public_key = credential.public_key()?;
        let statement = Statement {
            object: &object,
            authenticator_data: signed,
            client_data_json: &self.client_data_json,
            public_key,
            aaguid: credential.aaguid,
        };
        attestation::verify(&statement, wanted.models, wanted.now)?;
        Ok(Made {
            id: self.id.clone(),
            public_key,
            counter: data.counter,
            is_verified: data.is_verified(),
            is_eligible: data.is_eligible(),
            is_backed_up: data.is_backed_up(),
            aaguid: credential.aaguid,
            transports: self.transports.clone(),
        })
    }
}
