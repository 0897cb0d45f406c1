//! What the authenticator signs.
//!
//! ```text
//!  32 hash of the rp id │ 1 flags │ 4 counter │ AT: 16 model, 2 length, id, key │ ED: extensions
//! ```

use crate::attestation::Aaguid;
use crate::cbor::{self, Item};
use crate::{PublicKey, Refusal, RelyingParty, UserVerification};
use aws_lc_rs::digest::{SHA256, digest};

const PRESENT: u8 = 1;
const VERIFIED: u8 = 1 << 2;
const ELIGIBLE: u8 = 1 << 3;
const BACKED_UP: u8 = 1 << 4;
const CREDENTIAL: u8 = 1 << 6;
const EXTENSIONS: u8 = 1 << 7;

/// The parts.
pub(crate) struct AuthenticatorData<'a> {
    rp_id_hash: &'a [u8],
    flags: u8,
    pub(crate) counter: u32,
    pub(crate) credential: Option<Credential<'a>>,
}

/// A new key.
pub(crate) struct Credential<'a> {
    pub(crate) aaguid: Aaguid,
    pub(crate) id: &'a [u8],
    key: Item,
}

impl Credential<'_> {
    pub(crate) fn public_key(&self) -> Result<PublicKey, Refusal> {
        PublicKey::from_cose(&self.key)
    }
}

impl<'a> AuthenticatorData<'a> {
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let cut = Refusal::AuthenticatorData;
        let (rp_id_hash, rest) = bytes.split_at_checked(32).ok_or(cut)?;
        let (flags, rest) = rest.split_first().ok_or(cut)?;
        let (counter, mut rest) = rest.split_first_chunk::<4>().ok_or(cut)?;
        let mut credential = None;
        if flags & CREDENTIAL != 0 {
            let (found, after) = read_credential(rest)?;
            (credential, rest) = (Some(found), after);
        }
        if flags & EXTENSIONS != 0 {
            rest = match cbor::read(rest) {
                Ok((extensions, rest)) if extensions.count().is_some() => rest,
                _ => return Err(Refusal::Extensions),
            };
        }
        match rest {
            [] => Ok(Self {
                rp_id_hash,
                flags: *flags,
                counter: u32::from_be_bytes(*counter),
                credential,
            }),
            _ => Err(cut),
        }
    }

    /// Holds it against what must be true of every answer.
    pub(crate) fn verify(
        &self,
        party: &RelyingParty,
        user: UserVerification,
    ) -> Result<(), Refusal> {
        if self.rp_id_hash != digest(&SHA256, party.id().as_bytes()).as_ref() {
            return Err(Refusal::RelyingParty);
        }
        if !self.has(PRESENT) {
            return Err(Refusal::UserPresence);
        }
        if user == UserVerification::Required && !self.is_verified() {
            return Err(Refusal::UserVerification);
        }
        if self.is_backed_up() && !self.is_eligible() {
            return Err(Refusal::BackupFlags);
        }
        Ok(())
    }

    pub(crate) fn is_verified(&self) -> bool {
        self.has(VERIFIED)
    }

    /// Whether the key can be on more than one device.
    pub(crate) fn is_eligible(&self) -> bool {
        self.has(ELIGIBLE)
    }

    pub(crate) fn is_backed_up(&self) -> bool {
        self.has(BACKED_UP)
    }

    fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }
}

fn read_credential(bytes: &[u8]) -> Result<(Credential<'_>, &[u8]), Refusal> {
    let cut = Refusal::AuthenticatorData;
    let (aaguid, rest) = bytes.split_first_chunk::<16>().ok_or(cut)?;
    let (length, rest) = rest.split_first_chunk::<2>().ok_or(cut)?;
    let length = usize::from(u16::from_be_bytes(*length));
    let (id, rest) = rest.split_at_checked(length).ok_or(cut)?;
    let (key, rest) = cbor::read(rest).map_err(|_| cut)?;
    let credential = Credential {
        aaguid: Aaguid::new(*aaguid),
        id,
        key,
    };
    Ok((credential, rest))
}
