//! From a model's certificate to one of its maker that the operator trusts.

use crate::Refusal;
use jiff::Timestamp;
use rustls_pki_types::{CertificateDer, TrustAnchor, UnixTime, pem::PemObject};
use std::time::Duration;
use webpki::{
    ALL_VERIFICATION_ALGS, EndEntityCert, Error, ExtendedKeyUsageValidator, KeyPurposeIdIter,
    anchor_from_trusted_cert,
};

/// The certificates of makers that the operator trusts: whoever leads to one is trusted, even where its
/// own time is over.
pub struct TrustRoots {
    certificates: Vec<CertificateDer<'static>>,
    anchors: Vec<TrustAnchor<'static>>,
}

/// Why a file of certificates is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it holds no certificates in PEM")]
pub struct InvalidRoots;

/// Makers' certificates name no purpose that is known here, and need none.
struct AnyPurpose;

impl ExtendedKeyUsageValidator for AnyPurpose {
    fn validate(&self, _: KeyPurposeIdIter<'_, '_>) -> Result<(), Error> {
        Ok(())
    }
}

impl TrustRoots {
    /// Reads certificates in PEM, one after the other.
    pub fn from_pem(text: &[u8]) -> Result<Self, InvalidRoots> {
        let read = CertificateDer::pem_slice_iter(text).collect::<Result<Vec<_>, _>>();
        let certificates = read.map_err(|_| InvalidRoots)?;
        let anchor =
            |certificate| anchor_from_trusted_cert(certificate).map(|anchor| anchor.to_owned());
        let anchors = certificates
            .iter()
            .map(anchor)
            .collect::<Result<Vec<_>, _>>();
        let anchors = anchors.map_err(|_| InvalidRoots)?;
        match anchors.is_empty() {
            true => Err(InvalidRoots),
            false => Ok(Self {
                certificates,
                anchors,
            }),
        }
    }

    /// Whether a chain, its leaf first, leads to one of these. A leaf that is itself among them is
    /// trusted as it is, in its time: some makers publish nothing above it.
    pub(super) fn verify(
        &self,
        chain: &[CertificateDer<'_>],
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let refused = Refusal::Attestation;
        let (leaf, others) = chain.split_first().ok_or(refused)?;
        let now = u64::try_from(now.as_second()).map_err(|_| refused)?;
        if self.certificates.contains(leaf) {
            return super::packed::is_valid_at(leaf, now)
                .then_some(())
                .ok_or(refused);
        }
        let leaf = EndEntityCert::try_from(leaf).map_err(|_| refused)?;
        let now = UnixTime::since_unix_epoch(Duration::from_secs(now));
        let (known, roots) = (ALL_VERIFICATION_ALGS, &self.anchors);
        leaf.verify_for_usage(known, roots, others, now, AnyPurpose, None, None)
            .map(|_| ())
            .map_err(|_| refused)
    }
}
