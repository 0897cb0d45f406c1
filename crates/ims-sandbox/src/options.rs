//! What the stand-in is told at its start.

use std::net::{Ipv4Addr, SocketAddr};

use secrecy::SecretString;

use crate::person::Person;

/// One organization with one client, and the people who can sign in to it.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where to listen; refused unless it is a loopback address. Port 0 takes a free one.
    pub listen: SocketAddr,
    /// The 24 characters in front of `@AdobeOrg`.
    pub organization_id: String,
    /// The one client that is known.
    pub client_id: String,
    /// Its secret.
    pub client_secret: SecretString,
    /// Registered redirect URIs; a request's URI must begin with one of them. Empty: any is taken.
    pub redirect_uris: Vec<String>,
    /// Who can sign in; the first one does when the request names nobody.
    pub people: Vec<Person>,
}

impl Default for Options {
    /// A free port, sample credentials, any redirect URI, and one member, `ann@shop.test`.
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            organization_id: "0123456789ABCDEF01234567".to_owned(),
            client_id: "sandbox-client".to_owned(),
            client_secret: SecretString::from("sandbox-secret"),
            redirect_uris: Vec::new(),
            people: vec![Person::with_email("ann@shop.test")],
        }
    }
}
