//! Why a provider gave no answer.
//!
//! "Unreachable" and "refused" lead an operator to different people, so they never share an error;
//! within "unreachable", a name, a port, a certificate and a wait are looked into differently.

use std::{error::Error, fmt, io, time::Duration};

/// No answer came from the provider.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{host} cannot be reached: {cause}")]
pub struct Unreachable {
    /// Host, with its port when that is not the usual one.
    pub host: String,
    /// What went wrong.
    pub cause: Cause,
}

/// What kept a request from its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The name has no address.
    NameLookup,
    /// Nothing accepts connections there, or the way there is closed.
    Connect,
    /// The encrypted connection could not be made: certificate or protocol.
    Tls,
    /// This machine has no certificate authorities to check the provider against.
    NoCertificateAuthorities,
    /// No connection within this time.
    ConnectTimeout(Duration),
    /// No complete answer within this time.
    Timeout(Duration),
    /// The connection ended before the answer did, or what came was no HTTP.
    BrokenOff,
}

impl fmt::Display for Cause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NameLookup => formatter.write_str("its name could not be looked up in DNS"),
            Self::Connect => formatter.write_str("it does not accept the connection"),
            Self::Tls => formatter.write_str(
                "the encrypted connection failed; its certificate or a proxy may be at fault",
            ),
            Self::NoCertificateAuthorities => formatter.write_str(
                "this machine has no certificate authorities; install the package ca-certificates",
            ),
            Self::ConnectTimeout(limit) => {
                write!(formatter, "no connection within {}", seconds(*limit))
            }
            Self::Timeout(limit) => {
                write!(formatter, "no complete answer within {}", seconds(*limit))
            }
            Self::BrokenOff => formatter.write_str(
                "the connection broke off before a complete answer, or it does not speak HTTP",
            ),
        }
    }
}

fn seconds(limit: Duration) -> String {
    format!("{} s", limit.as_secs_f64())
}

impl Cause {
    /// Reads the cause from a failed request.
    pub(crate) fn of(error: &reqwest::Error, connect: Duration, total: Duration) -> Self {
        if error.is_timeout() {
            // The connect limit is the shorter one; when both ran out the total is the truth.
            return if error.is_connect() && connect < total {
                Self::ConnectTimeout(connect)
            } else {
                Self::Timeout(total)
            };
        }
        if error.is_dns() {
            Self::NameLookup
        } else if is_tls(error) {
            Self::Tls
        } else if error.is_connect() {
            Self::Connect
        } else {
            Self::BrokenOff
        }
    }
}

fn is_tls(error: &reqwest::Error) -> bool {
    let mut source = error.source();
    while let Some(inner) = source {
        if inner.downcast_ref::<io::Error>().is_some_and(wraps_tls) {
            return true;
        }
        source = inner.source();
    }
    false
}

/// An I/O error leaves itself out of its `source()`, and TLS errors arrive wrapped in two of them.
fn wraps_tls(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| {
        inner.is::<rustls::Error>() || inner.downcast_ref::<io::Error>().is_some_and(wraps_tls)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_names_the_host_and_the_cause() {
        let unreachable = Unreachable {
            host: "ims.test:444".into(),
            cause: Cause::Timeout(Duration::from_millis(2500)),
        };
        assert_eq!(
            unreachable.to_string(),
            "ims.test:444 cannot be reached: no complete answer within 2.5 s"
        );
    }
}
