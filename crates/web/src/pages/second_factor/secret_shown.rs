//! The secret of an authenticator app as a page shows it: to be scanned, to be typed, and to come
//! back with the form.

use super::qr_code::{self, Drawing};
use crate::problem::Problem;
use secrecy::ExposeSecret;
use service::second_factor::enrol::Proposal;

/// What the templates take of it.
pub(super) struct SecretShown<'a> {
    proposal: &'a Proposal,
    drawing: Drawing,
}

impl<'a> SecretShown<'a> {
    /// Draws it.
    pub(super) fn of(proposal: &'a Proposal) -> Result<Self, Problem> {
        Ok(Self {
            drawing: qr_code::draw(&proposal.address)?,
            proposal,
        })
    }

    /// For the hidden field, for this person only.
    pub(super) fn sealed(&self) -> &str {
        self.proposal.sealed.expose_secret()
    }

    /// How wide the QR code is, in modules.
    pub(super) fn size(&self) -> usize {
        self.drawing.size
    }

    /// Its dark modules, as the path of an SVG.
    pub(super) fn path(&self) -> &str {
        self.drawing.path.expose_secret()
    }

    /// Four letters each, as people type them.
    pub(super) fn groups(&self) -> Vec<&str> {
        let secret = self.proposal.secret.expose_secret().as_bytes();
        secret
            .chunks(4)
            .filter_map(|group| std::str::from_utf8(group).ok())
            .collect()
    }
}
