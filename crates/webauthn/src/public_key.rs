//! The public half of a key: a point of P-256, for ECDSA with SHA-256 (ES256).
//!
//! It is the one algorithm that is asked for: PHP Commerce takes no other, every authenticator can do
//! it, and a list that both sides read must hold nothing that one of them cannot.

use crate::Refusal;
use crate::cbor::Item;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1, UnparsedPublicKey};
use data_encoding::BASE64;

/// ES256 in the register of COSE.
pub(crate) const ES256: i8 = -7;

/// What stands before the point in a `SubjectPublicKeyInfo` of P-256 (RFC 5480).
const INFO: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];

const BEGIN: &str = "-----BEGIN PUBLIC KEY-----";
const END: &str = "-----END PUBLIC KEY-----";

/// A public key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey {
    /// 4, then both coordinates.
    point: [u8; 65],
}

impl std::fmt::Debug for PublicKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("PublicKey")
    }
}

impl PublicKey {
    /// Reads PEM, with whatever ends its lines.
    pub fn from_pem(text: &str) -> Option<Self> {
        let content = text.trim().strip_prefix(BEGIN)?.strip_suffix(END)?;
        let content: String = content.split_ascii_whitespace().collect();
        let info = BASE64.decode(content.as_bytes()).ok()?;
        Self::from_point(info.strip_prefix(INFO.as_slice())?)
    }

    /// Writes PEM as PHP Commerce does: lines of 64 characters that end in CR and LF.
    pub fn to_pem(self) -> String {
        let info = [INFO.as_slice(), &self.point].concat();
        let mut text = format!("{BEGIN}\r\n");
        for (index, letter) in BASE64.encode(&info).chars().enumerate() {
            if index > 0 && index % 64 == 0 {
                text.push_str("\r\n");
            }
            text.push(letter);
        }
        text + "\r\n" + END
    }

    /// From the form in which an authenticator hands it over: exactly the five entries of such a key.
    pub(crate) fn from_cose(key: &Item) -> Result<Self, Refusal> {
        let number = |label, expected| {
            let number = key.get_number(label);
            number.is_some_and(|number| number.is_number(expected))
        };
        let coordinate = |label| {
            let item = key.get_number(label)?;
            item.as_bytes().map(<[u8]>::to_vec)
        };
        let is_ours = number(1, 2) && number(3, ES256.into()) && number(-1, 1);
        match (is_ours, coordinate(-2), coordinate(-3)) {
            (true, Some(x), Some(y)) if x.len() == 32 && key.count() == Some(5) => {
                Self::from_point(&[&[4], x.as_slice(), y.as_slice()].concat())
                    .ok_or(Refusal::Algorithm)
            }
            _ => Err(Refusal::Algorithm),
        }
    }

    /// None where the bytes are no point of the curve.
    pub(crate) fn from_point(point: &[u8]) -> Option<Self> {
        let point: [u8; 65] = point.try_into().ok()?;
        let is_uncompressed = point.first() == Some(&4);
        let parsed = aws_lc_rs::signature::ParsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point);
        (is_uncompressed && parsed.is_ok()).then_some(Self { point })
    }

    pub(crate) fn verify(self, message: &[u8], signature: &[u8]) -> Result<(), Refusal> {
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, self.point)
            .verify(message, signature)
            .map_err(|_| Refusal::Signature)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Authenticator;

    #[test]
    fn what_is_written_reads_back_whatever_ends_its_lines() {
        let key = Authenticator::new("shop.test", "https://shop.test").public_key();
        let pem = key.to_pem();
        let lines: Vec<&str> = pem.split("\r\n").collect();
        assert_eq!(
            lines.iter().map(|line| line.len()).collect::<Vec<_>>(),
            [26, 64, 60, 24]
        );
        for text in [pem.clone(), pem.replace("\r\n", "\n"), format!("{pem}\r\n")] {
            assert!(PublicKey::from_pem(&text) == Some(key));
        }
    }

    #[test]
    fn what_is_no_key_of_the_curve_is_none() {
        let key = Authenticator::new("shop.test", "https://shop.test").public_key();
        let pem = key.to_pem();
        for text in [
            "",
            "-----BEGIN PUBLIC KEY-----",
            &pem[..60],
            &pem.replace("MFkw", "MFkx"),
        ] {
            assert!(PublicKey::from_pem(text).is_none(), "{text}");
        }
        let mut point = key.point;
        assert!(PublicKey::from_point(&point).is_some());
        point[64] ^= 1;
        assert!(PublicKey::from_point(&point).is_none());
        assert!(PublicKey::from_point(&[4; 65]).is_none());
    }
}
