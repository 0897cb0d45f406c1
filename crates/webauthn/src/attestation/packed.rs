//! The format `packed` (Web Authentication, section 8.2): signed by a certificate of the model, or
//! by the new key itself.

use super::{SignedBy, Statement};
use crate::cbor::Item;
use crate::public_key::ES256;
use crate::{PublicKey, Refusal};
use aws_lc_rs::digest::{SHA256, digest};
use rustls_pki_types::CertificateDer;
use x509_cert::Certificate;
use x509_cert::certificate::Version;
use x509_cert::der::{Decode, oid::ObjectIdentifier};
use x509_cert::ext::pkix::BasicConstraints;

/// The certificate's own word for the model (`id-fido-gen-ce-aaguid`).
const MODEL: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.45724.1.1.4");
/// What its organizational unit has to be.
const UNIT: &str = "Authenticator Attestation";
/// More certificates than any maker needs.
const MOST_CERTIFICATES: usize = 5;

pub(super) fn verify(statement: &Statement<'_>, content: &Item) -> Result<SignedBy, Refusal> {
    let algorithm = content.get("alg");
    if !algorithm.is_some_and(|algorithm| algorithm.is_number(ES256.into())) {
        return Err(Refusal::Attestation);
    }
    let signature = content.get("sig");
    let signature = signature.as_ref().and_then(Item::as_bytes);
    let signature = signature.ok_or(Refusal::Attestation)?;
    let hash = digest(&SHA256, statement.client_data_json);
    let message = [statement.authenticator_data, hash.as_ref()].concat();
    let is_signed = |key: PublicKey| {
        let verified = key.verify(&message, signature);
        verified.map_err(|_| Refusal::Attestation)
    };
    let Some(listed) = content.get("x5c") else {
        is_signed(statement.public_key)?;
        return Ok(SignedBy::TheKeyItself);
    };
    let chain = read_chain(listed).ok_or(Refusal::Attestation)?;
    let leaf = chain.first().ok_or(Refusal::Attestation)?;
    let leaf = Certificate::from_der(leaf).map_err(|_| Refusal::Attestation)?;
    let info = leaf.tbs_certificate().subject_public_key_info();
    let point = info.subject_public_key.as_bytes();
    let key = point.and_then(PublicKey::from_point);
    is_signed(key.ok_or(Refusal::Attestation)?)?;
    match is_of_model(&leaf, statement) {
        Some(true) => Ok(SignedBy::Certificates(chain)),
        _ => Err(Refusal::Attestation),
    }
}

fn read_chain(listed: Item) -> Option<Vec<CertificateDer<'static>>> {
    let items = listed.into_list()?;
    if items.len() > MOST_CERTIFICATES {
        return None;
    }
    let certificate = |item: &Item| Some(CertificateDer::from(item.as_bytes()?.to_vec()));
    items.iter().map(certificate).collect()
}

/// Whether a leaf is what section 8.2.1 says of one; none where it cannot be told.
fn is_of_model(leaf: &Certificate, statement: &Statement<'_>) -> Option<bool> {
    let certificate = leaf.tbs_certificate();
    let constraints = certificate.get_extension::<BasicConstraints>().ok()??.1;
    let unit = certificate.subject().organization_unit().ok()??;
    let has_unit = unit.value() == UNIT;
    let extensions = certificate.extensions()?.iter();
    let mut named = extensions.filter(|extension| extension.extn_id == MODEL);
    let is_named = named.all(|extension| {
        // A string of sixteen bytes within the string of the extension.
        let value = extension.extn_value.as_bytes();
        !extension.critical && value.strip_prefix(&[4, 16]) == Some(statement.aaguid.as_bytes())
    });
    Some(certificate.version() == Version::V3 && !constraints.ca && has_unit && is_named)
}

/// Whether a certificate counts at a second of the epoch.
pub(super) fn is_valid_at(certificate: &CertificateDer<'_>, now: u64) -> bool {
    let second = |time: &x509_cert::time::Time| time.to_unix_duration().as_secs();
    Certificate::from_der(certificate).is_ok_and(|certificate| {
        let validity = certificate.tbs_certificate().validity();
        (second(&validity.not_before)..=second(&validity.not_after)).contains(&now)
    })
}
