//! An address that may be asked.
//!
//! Secrets and tokens travel to it, so it is `https`, or `http` to this very machine, where the
//! stand-in listens. The client takes no other kind of address.

use std::fmt;

use url::{Host, Url};

/// An address of the provider that is safe to send a secret to.
#[derive(Clone, PartialEq, Eq)]
pub struct ProviderUrl {
    url: Url,
    text: String,
}

/// Why an address may not be asked. Each text completes "the address …".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UrlRefused {
    /// It cannot be parsed as an absolute URL.
    #[error("is not a complete URL ({0})")]
    Malformed(#[from] url::ParseError),
    /// The scheme is neither `https` nor `http`.
    #[error("begins with `{0}:`; only https is allowed")]
    Scheme(String),
    /// Plain `http` to another machine.
    #[error("is plain http to `{0}`; only https is allowed, except to this machine")]
    Insecure(String),
    /// A user name or password in front of the host.
    #[error("holds a user name or a password in front of the host `{0}`")]
    UserInformation(String),
}

impl ProviderUrl {
    /// Checks an address.
    ///
    /// # Errors
    /// When it is not `https` and not `http` to a loopback host, or holds a user name.
    pub fn parse(text: &str) -> Result<Self, UrlRefused> {
        let url = Url::parse(text)?;
        let host = url.host_str().unwrap_or_default().to_owned();
        match url.scheme() {
            "https" => (),
            "http" if is_loopback(&url) => (),
            "http" => return Err(UrlRefused::Insecure(host)),
            other => return Err(UrlRefused::Scheme(other.to_owned())),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(UrlRefused::UserInformation(host));
        }
        Ok(Self {
            url,
            text: text.to_owned(),
        })
    }

    /// The address to the letter, as it was given: issuers are compared like that, and parsing adds
    /// a slash to an address without a path.
    pub fn as_text(&self) -> &str {
        &self.text
    }

    /// The address itself.
    pub fn as_url(&self) -> &Url {
        &self.url
    }

    /// Host and port as a person would type them; the port only when it is not the usual one.
    pub fn host(&self) -> String {
        let host = self.url.host_str().unwrap_or_default();
        self.url
            .port()
            .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// Whether it is plain `http`, and so on this machine.
    pub(crate) fn is_plain(&self) -> bool {
        self.url.scheme() == "http"
    }
}

impl fmt::Debug for ProviderUrl {
    /// Without path and query, which hold the client ID.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "ProviderUrl({}://{})",
            self.url.scheme(),
            self.host()
        )
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_and_this_machine_may_be_asked() {
        for text in [
            "https://ims-na1.adobelogin.com/ims/token",
            "http://127.0.0.1:8123/ims/token",
            "http://127.8.9.10/",
            "http://[::1]:8123/",
            "http://LOCALHOST/",
        ] {
            assert!(ProviderUrl::parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn plain_http_to_another_machine_is_refused_by_name() {
        for (text, host) in [
            ("http://ims.test/ims/token", "ims.test"),
            ("http://localhost.evil.test/", "localhost.evil.test"),
            ("http://10.0.0.1/", "10.0.0.1"),
            ("http://[::ffff:10.0.0.1]/", "[::ffff:a00:1]"),
            ("http://127.0.0.1@ims.test/", "ims.test"),
        ] {
            assert_eq!(
                ProviderUrl::parse(text),
                Err(UrlRefused::Insecure(host.into())),
                "{text}"
            );
        }
    }

    #[test]
    fn other_schemes_user_names_and_fragments_of_addresses_are_refused() {
        assert_eq!(
            ProviderUrl::parse("file:///etc/passwd"),
            Err(UrlRefused::Scheme("file".into()))
        );
        assert_eq!(
            ProviderUrl::parse("https://user:word@ims.test/"),
            Err(UrlRefused::UserInformation("ims.test".into()))
        );
        assert!(matches!(
            ProviderUrl::parse("/ims/token"),
            Err(UrlRefused::Malformed(_))
        ));
        assert!(matches!(
            ProviderUrl::parse("https://"),
            Err(UrlRefused::Malformed(_))
        ));
    }

    #[test]
    fn debug_shows_neither_path_nor_query() {
        let url = ProviderUrl::parse("https://ims.test:444/a?client_id=secretish").unwrap();
        assert_eq!(format!("{url:?}"), "ProviderUrl(https://ims.test:444)");
    }
}
