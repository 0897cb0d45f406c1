//! What an authenticator says of its own model. Where all models are allowed nobody asks, and what
//! is said all the same must at least be signed as it should be. Where they are limited, a model
//! counts only if its maker's certificate vouches for it: by itself it is sixteen bytes that
//! anything can send.

mod chain;
mod packed;

pub use chain::{InvalidRoots, TrustRoots};

use crate::cbor::Item;
use crate::{PublicKey, Refusal};
use data_encoding::HEXLOWER;
use jiff::Timestamp;
use rustls_pki_types::CertificateDer;

/// The model of an authenticator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aaguid([u8; 16]);

impl Aaguid {
    pub(crate) fn new(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// Reads 32 hexadecimal digits, with or without hyphens.
    pub fn parse(text: &str) -> Option<Self> {
        let digits: String = text
            .trim()
            .chars()
            .filter(|letter| *letter != '-')
            .collect();
        let bytes = HEXLOWER
            .decode(digits.to_ascii_lowercase().as_bytes())
            .ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Display for Aaguid {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let digits = HEXLOWER.encode(&self.0);
        let mut rest = digits.as_str();
        for length in [8, 4, 4, 4] {
            let (part, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
            write!(formatter, "{part}-")?;
            rest = after;
        }
        formatter.write_str(rest)
    }
}

/// The models that are allowed, and who may vouch for one.
pub struct Models {
    /// The models.
    pub allowed: Vec<Aaguid>,
    /// Their makers' certificates.
    pub roots: TrustRoots,
}

/// A statement and what it is about.
pub(crate) struct Statement<'a> {
    pub(crate) object: &'a Item,
    pub(crate) authenticator_data: &'a [u8],
    pub(crate) client_data_json: &'a [u8],
    pub(crate) public_key: PublicKey,
    pub(crate) aaguid: Aaguid,
}

/// Who has signed a statement.
enum SignedBy {
    Nobody,
    TheKeyItself,
    /// The leaf first.
    Certificates(Vec<CertificateDer<'static>>),
}

pub(crate) fn verify(
    statement: &Statement<'_>,
    models: Option<&Models>,
    now: Timestamp,
) -> Result<(), Refusal> {
    let format = statement.object.get("fmt");
    let content = statement.object.get("attStmt");
    let content = content.ok_or(Refusal::Attestation)?;
    let entries = content.count().ok_or(Refusal::Attestation)?;
    let signed_by = match format.as_ref().and_then(Item::as_text) {
        Some("none") if entries == 0 => SignedBy::Nobody,
        Some("none") => return Err(Refusal::Attestation),
        Some("packed") => packed::verify(statement, &content)?,
        _ => return Err(Refusal::AttestationFormat),
    };
    let Some(models) = models else {
        return Ok(());
    };
    let SignedBy::Certificates(chain) = signed_by else {
        return Err(Refusal::Attestation);
    };
    models.roots.verify(&chain, now)?;
    match models.allowed.contains(&statement.aaguid) {
        true => Ok(()),
        false => Err(Refusal::Model),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_are_read_with_and_without_hyphens_and_written_with_them() {
        let text = "2fc0579f-8113-47ea-b116-bb5a8db9202a";
        for written in [
            text,
            &text.to_uppercase(),
            &text.replace('-', ""),
            " 2fc0579f811347eab116bb5a8db9202a ",
        ] {
            assert_eq!(Aaguid::parse(written).unwrap().to_string(), text);
        }
        for wrong in ["", "2fc0579f", "zfc0579f-8113-47ea-b116-bb5a8db9202a"] {
            assert_eq!(Aaguid::parse(wrong), None);
        }
    }
}
