//! Where a request comes from. `X-Forwarded-For` is a claim: it counts only as far as proxies on the
//! operator's list wrote it, read from the right, where the nearest of them wrote. So nobody can
//! dodge a limit by inventing an address, or aim a limit at somebody else's.

use axum::http::HeaderMap;
use ipnet::IpNet;
use std::net::IpAddr;

/// The header that proxies append the address of their client to.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// Networks whose proxies are believed; none unless the operator names them.
#[derive(Clone, Debug, Default)]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    /// Believes the proxies in these networks.
    pub fn new(networks: Vec<IpNet>) -> Self {
        Self(networks)
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }

    /// The address of the client behind `peer`: the first one from the right that is no trusted
    /// proxy. What cannot be read ends the search at the proxy that passed it on.
    pub(crate) fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = peer.to_canonical();
        for claimed in claims(headers) {
            if !self.trusts(client) {
                break;
            }
            match claimed.and_then(|text| text.parse::<IpAddr>().ok()) {
                Some(address) => client = address.to_canonical(),
                None => break,
            }
        }
        client
    }
}

/// The addresses of the header, the last one first; nothing in the place of what is no text.
fn claims(headers: &HeaderMap) -> impl Iterator<Item = Option<&str>> {
    headers
        .get_all(FORWARDED_FOR)
        .iter()
        .rev()
        .flat_map(|line| match line.to_str() {
            Ok(text) => text.rsplit(',').map(|part| Some(part.trim())).collect(),
            Err(_) => vec![None],
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn client(peer: &str, lines: &[&str]) -> String {
        let networks = ["127.0.0.0/8", "10.0.0.0/24", "::1/128"];
        let proxies = TrustedProxies::new(networks.map(|net| net.parse().unwrap()).to_vec());
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(
                FORWARDED_FOR,
                HeaderValue::from_bytes(line.as_bytes()).unwrap(),
            );
        }
        proxies.client(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn v10_only_what_trusted_proxies_wrote_is_believed_from_the_right() {
        for (peer, lines, expected) in [
            // Nobody is trusted by default to speak for others.
            ("203.0.113.9", &["198.51.100.1"][..], "203.0.113.9"),
            ("127.0.0.1", &["198.51.100.1"], "198.51.100.1"),
            ("127.0.0.1", &[], "127.0.0.1"),
            // What the client itself claimed stands further left.
            ("127.0.0.1", &["1.2.3.4, 198.51.100.1"], "198.51.100.1"),
            ("127.0.0.1", &["1.2.3.4", "198.51.100.1"], "198.51.100.1"),
            (
                "127.0.0.1",
                &["1.2.3.4, 198.51.100.1, 10.0.0.7"],
                "198.51.100.1",
            ),
            ("::1", &["2001:db8::1"], "2001:db8::1"),
            ("::ffff:127.0.0.1", &["::ffff:198.51.100.1"], "198.51.100.1"),
            // All of them proxies: the furthest is the best guess.
            ("127.0.0.1", &["10.0.0.3, 10.0.0.4"], "10.0.0.3"),
            // What is no address ends it.
            ("127.0.0.1", &["198.51.100.1, unknown"], "127.0.0.1"),
            ("127.0.0.1", &["198.51.100.1, 10.0.0.7:80"], "127.0.0.1"),
            ("127.0.0.1", &["198.51.100.1, "], "127.0.0.1"),
            ("127.0.0.1", &["\u{fffd}"], "127.0.0.1"),
        ] {
            assert_eq!(client(peer, lines), expected, "{peer} {lines:?}");
        }
    }

    #[test]
    fn v10_without_a_list_no_header_is_believed() {
        let mut headers = HeaderMap::new();
        headers.insert(FORWARDED_FOR, HeaderValue::from_static("198.51.100.1"));
        let peer = "127.0.0.1".parse().unwrap();
        assert_eq!(TrustedProxies::default().client(peer, &headers), peer);
    }
}
