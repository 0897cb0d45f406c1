//! Whose an address is, as far as attempts are counted by it.

use std::net::{IpAddr, Ipv6Addr};

/// What counts as one address: of IPv6 the network of 64 bits, in which whoever has one address has
/// all of them (RFC 4291, section 2.5.4).
pub(crate) fn of(address: &str) -> String {
    match address.parse() {
        Ok(IpAddr::V6(own)) => match own.to_ipv4_mapped() {
            Some(own) => own.to_string(),
            None => format!("{}/64", Ipv6Addr::from_bits(own.to_bits() >> 64 << 64)),
        },
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn addresses_of_one_ipv6_network_count_as_one() {
        for (address, counted) in [
            ("192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
            ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("", ""),
        ] {
            assert_eq!(of(address), counted);
        }
    }
}
