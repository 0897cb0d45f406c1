//! What a provider answered, before anyone believes it.
//!
//! An answer is at most [`crate::Limits::body`] bytes, and everything that is not what the protocol
//! asks for becomes an [`Unexpected`] that names the oddity and repeats none of the provider's words.

use std::fmt;

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::strict_json;

/// A complete answer within the limits.
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// The `Location` header, when there is one in ASCII.
    pub(crate) location: Option<String>,
    /// What the clock there shows, where the answer says so.
    pub(crate) date: Option<Timestamp>,
    pub(crate) body: Vec<u8>,
    pub(crate) host: String,
}

/// The provider answered something that this place does not answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{host} gave no valid answer {place}: {oddity}")]
pub struct Unexpected {
    /// Host, with its port when that is not the usual one.
    pub host: String,
    /// What was asked for, as in "to the token request".
    pub place: &'static str,
    /// What was odd.
    pub oddity: Oddity,
}

/// What is wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Oddity {
    /// This status, where another belongs.
    Status(u16),
    /// A redirect, where none belongs. It was not followed.
    Redirect(u16),
    /// A redirect without a usable target.
    NoLocation,
    /// A web page where JSON belongs, as proxies and maintenance pages answer.
    Page,
    /// No JSON, or JSON without what belongs into it.
    NotJson,
    /// More bytes than this.
    TooLarge(usize),
    /// A code was honoured that nobody was ever given.
    BogusCodeAccepted,
}

impl fmt::Display for Oddity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => write!(formatter, "status {status}"),
            Self::Redirect(status) => write!(formatter, "a redirect (status {status})"),
            Self::NoLocation => formatter.write_str("a redirect without a usable target"),
            Self::Page => formatter.write_str("a web page instead of JSON"),
            Self::NotJson => formatter.write_str("no JSON of the expected form"),
            Self::TooLarge(limit) => write!(formatter, "more than {} KiB", limit / 1024),
            Self::BogusCodeAccepted => formatter.write_str("it accepted a code it never issued"),
        }
    }
}

impl Answer {
    pub(crate) fn is_redirect(&self) -> bool {
        (300..400).contains(&self.status)
    }

    pub(crate) fn is_client_error(&self) -> bool {
        (400..500).contains(&self.status)
    }

    /// The body as a JSON object. An array is none, though serde would take it for a struct; a page
    /// is told from other garbage, because it means a proxy or an outage.
    pub(crate) fn json_object<T: DeserializeOwned>(&self) -> Result<T, Oddity> {
        match self.body.trim_ascii_start().first() {
            Some(b'{') => serde_json::from_slice(&self.body).map_err(|_| Oddity::NotJson),
            _ => Err(self.what_instead()),
        }
    }

    /// The members of a JSON object of which none stands twice, where the status is 200.
    pub(crate) fn members(&self, place: &'static str) -> Result<Map<String, Value>, Unexpected> {
        if self.is_redirect() {
            return Err(self.unexpected(place, Oddity::Redirect(self.status)));
        }
        if self.status != 200 {
            return Err(self.unexpected(place, Oddity::Status(self.status)));
        }
        strict_json::object(&self.body).map_err(|_| self.unexpected(place, self.what_instead()))
    }

    fn what_instead(&self) -> Oddity {
        match self.body.trim_ascii_start().first() {
            Some(b'<') => Oddity::Page,
            _ => Oddity::NotJson,
        }
    }

    pub(crate) fn unexpected(&self, place: &'static str, oddity: Oddity) -> Unexpected {
        Unexpected {
            host: self.host.clone(),
            place,
            oddity,
        }
    }
}
