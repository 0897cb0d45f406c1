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
    /// Registered redirect URIs. At IMS a request's URI must begin with one of them, at the plain
    /// OpenID provider it must be one of them. Empty: any is taken.
    pub redirect_uris: Vec<String>,
    /// Where the plain OpenID provider may lead after a sign-out. Empty: anywhere.
    pub post_logout_redirect_uris: Vec<String>,
    /// Where the client wants to hear of sign-outs at the plain OpenID provider.
    pub back_channel_logout_uri: Option<String>,
    /// Who can sign in; the first one does when the request names nobody.
    pub people: Vec<Person>,
    /// Whether people choose on a page who they are and are remembered by their browser, instead of
    /// being signed in at once.
    pub ask: bool,
    /// Whether access tokens are JWTs that can be read, instead of opaque strings.
    pub jwt_access_tokens: bool,
    /// Whether IMS, too, issues an ID token for the scope `openid`.
    pub ims_id_tokens: bool,
}

impl Default for Options {
    /// A free port, sample credentials, any redirect URI, and one member, `ann@shop.test`, who is
    /// not asked; opaque access tokens.
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            organization_id: "0123456789ABCDEF01234567".to_owned(),
            client_id: "sandbox-client".to_owned(),
            client_secret: SecretString::from("sandbox-secret"),
            redirect_uris: Vec::new(),
            post_logout_redirect_uris: Vec::new(),
            back_channel_logout_uri: None,
            people: vec![Person::with_email("ann@shop.test")],
            ask: false,
            jwt_access_tokens: false,
            ims_id_tokens: false,
        }
    }
}
