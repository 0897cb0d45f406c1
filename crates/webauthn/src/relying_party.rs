//! The name that keys are bound to, and the origins at which they may be used.

use url::{Host, Url};

/// One shop, as authenticators know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelyingParty {
    id: String,
    origins: Vec<String>,
}

/// Why a name or an address is none that keys could be bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRelyingParty {
    /// The name is no domain.
    #[error("keys are bound to a domain name in lower case, without scheme, port or path")]
    Id,
    /// The address is not below the name.
    #[error("its host is neither the domain that keys are bound to nor below it")]
    Host,
    /// The address is neither `https` nor of this machine.
    #[error("browsers offer keys only at https addresses, and at http://localhost")]
    Scheme,
}

impl RelyingParty {
    /// The relying party `id` whose pages stand at `base_url`; no other origin counts.
    pub fn new(id: &str, base_url: &str) -> Result<Self, InvalidRelyingParty> {
        check_id(id)?;
        let url = Url::parse(base_url).map_err(|_| InvalidRelyingParty::Host)?;
        let host = match url.host() {
            Some(Host::Domain(host)) => host,
            _ => return Err(InvalidRelyingParty::Host),
        };
        if !is_within(host, id) {
            return Err(InvalidRelyingParty::Host);
        }
        match url.scheme() {
            "https" => {}
            "http" if is_local(host) => {}
            _ => return Err(InvalidRelyingParty::Scheme),
        }
        let origins = vec![url.origin().ascii_serialization()];
        Ok(Self {
            id: id.to_owned(),
            origins,
        })
    }

    /// The name.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The origins, exactly as browsers write them.
    pub fn origins(&self) -> &[String] {
        &self.origins
    }

    /// Whether keys work at pages of a host, with or without a port.
    pub fn is_usable_at(&self, host: &str) -> bool {
        let asked = Url::parse(&format!("https://{host}")).ok();
        let asked = asked.as_ref().and_then(Url::host_str);
        let mut hosts = self
            .origins
            .iter()
            .filter_map(|origin| Url::parse(origin).ok());
        asked.is_some_and(|asked| hosts.any(|own| own.host_str() == Some(asked)))
    }
}

/// Whether keys can be bound to this name: a domain, as browsers write it. Addresses in numbers
/// cannot be.
pub fn check_id(id: &str) -> Result<(), InvalidRelyingParty> {
    match Host::parse(id) {
        Ok(Host::Domain(domain)) if domain == id && !id.ends_with('.') => Ok(()),
        _ => Err(InvalidRelyingParty::Id),
    }
}

fn is_within(host: &str, id: &str) -> bool {
    host == id
        || host
            .strip_suffix(id)
            .is_some_and(|below| below.ends_with('.'))
}

fn is_local(host: &str) -> bool {
    host == "localhost" || host.ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_origin_is_the_base_addresses_own_and_no_other() {
        for (id, base_url, expected) in [
            ("shop.test", "https://shop.test/", Ok("https://shop.test")),
            (
                "shop.test",
                "https://shop.test:443/x/",
                Ok("https://shop.test"),
            ),
            (
                "shop.test",
                "https://admin.shop.test:8443",
                Ok("https://admin.shop.test:8443"),
            ),
            (
                "localhost",
                "http://localhost:8080/",
                Ok("http://localhost:8080"),
            ),
            (
                "shop.localhost",
                "http://shop.localhost/",
                Ok("http://shop.localhost"),
            ),
            (
                "shop.test",
                "http://shop.test/",
                Err(InvalidRelyingParty::Scheme),
            ),
            (
                "shop.test",
                "https://badshop.test/",
                Err(InvalidRelyingParty::Host),
            ),
            (
                "admin.shop.test",
                "https://shop.test/",
                Err(InvalidRelyingParty::Host),
            ),
            (
                "shop.test",
                "https://127.0.0.1/",
                Err(InvalidRelyingParty::Host),
            ),
            (
                "127.0.0.1",
                "http://127.0.0.1/",
                Err(InvalidRelyingParty::Id),
            ),
            (
                "Shop.test",
                "https://shop.test/",
                Err(InvalidRelyingParty::Id),
            ),
            (
                "shop.test.",
                "https://shop.test./",
                Err(InvalidRelyingParty::Id),
            ),
            (
                "https://shop.test",
                "https://shop.test/",
                Err(InvalidRelyingParty::Id),
            ),
            (
                "shop.test:1",
                "https://shop.test:1/",
                Err(InvalidRelyingParty::Id),
            ),
            ("", "https://shop.test/", Err(InvalidRelyingParty::Id)),
            ("shop.test", "garbage", Err(InvalidRelyingParty::Host)),
        ] {
            let party = RelyingParty::new(id, base_url);
            let origin = party.map(|party| party.origins.concat());
            assert_eq!(origin, expected.map(str::to_owned), "{id} {base_url}");
        }
    }

    #[test]
    fn a_page_of_another_host_cannot_use_the_keys() {
        let party = RelyingParty::new("shop.test", "https://admin.shop.test:8443/").unwrap();
        for (host, expected) in [
            ("admin.shop.test", true),
            ("admin.shop.test:8443", true),
            ("ADMIN.shop.test", true),
            ("shop.test", false),
            ("evil.test", false),
            ("a b", false),
            ("", false),
        ] {
            assert_eq!(party.is_usable_at(host), expected, "{host}");
        }
    }
}
