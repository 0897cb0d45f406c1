//! The signed tokens, one file each. Each writes a draft of what is true; then a twist may spoil
//! it, and only then it is signed.

mod access_token;
mod draft;
mod id_token;
mod logout_token;

pub(crate) use draft::{Draft, SHARED_SECRET, Signing};
pub(crate) use logout_token::Over;

use jiff::{SignedDuration, Timestamp};

use crate::{grant::Grant, realm::Realm};

/// Who issues to whom, about whom, and when: what all tokens are made from.
#[derive(Clone, Copy)]
pub(crate) struct Ground<'a> {
    pub(crate) issuer: &'a str,
    pub(crate) client_id: &'a str,
    pub(crate) grant: &'a Grant,
    /// What time the tokens say it is.
    pub(crate) now: Timestamp,
    /// How far that is from the truth.
    pub(crate) skew: SignedDuration,
}

/// How long access tokens hold, in milliseconds, as IMS counts.
pub(crate) fn lifetime_milliseconds(realm: Realm) -> i64 {
    match realm {
        // A day less a millisecond.
        Realm::Ims => 86_399_999,
        Realm::OpenId => 3_600_000,
    }
}
