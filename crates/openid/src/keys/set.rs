//! A key set (RFC 7517) and which of its keys fits a token.
//!
//! A key counts only for what it is: its type, curve, size, use and algorithm must all allow the
//! algorithm of the token. Keys of unknown kinds are passed over, as the RFC asks; secret keys
//! (`oct`) are of such a kind here, so that a published "secret" can sign nothing.

use data_encoding::BASE64URL_NOPAD;
use jsonwebtoken::{Algorithm, AlgorithmFamily, DecodingKey};
use serde_json::{Map, Value};

use crate::{algorithm, refusal::Refusal};

/// More than any provider publishes.
const MOST: usize = 100;
/// Bytes of an RSA modulus: 2048 bits.
const SMALLEST_MODULUS: usize = 256;

/// Keys for signatures.
pub(crate) struct KeySet(Vec<Key>);

struct Key {
    id: Option<String>,
    /// The one algorithm that the key is for, where it names one.
    algorithm: Option<String>,
    is_for_signing: bool,
    /// What the material can do; nothing for a key that is too small or not understood.
    able: Vec<Algorithm>,
    material: DecodingKey,
}

impl KeySet {
    /// Reads the members of a published set.
    pub(crate) fn read(members: &Map<String, Value>) -> Result<Self, Refusal> {
        let keys = members
            .get("keys")
            .and_then(Value::as_array)
            .ok_or(Refusal::KeysMalformed)?;
        if keys.len() > MOST {
            return Err(Refusal::KeysTooMany);
        }
        let objects: Option<Vec<_>> = keys.iter().map(Value::as_object).collect();
        let objects = objects.ok_or(Refusal::KeysMalformed)?;
        Ok(Self(objects.into_iter().filter_map(Key::read).collect()))
    }

    /// The keys that may have signed a token: those with its key ID or, where it has none, the only
    /// one that fits (OpenID Connect Core, section 10.1).
    pub(crate) fn fitting(
        &self,
        algorithm: Algorithm,
        key_id: Option<&str>,
    ) -> Result<Vec<&DecodingKey>, Refusal> {
        let named = |key: &&Key| key_id.is_none() || key.id.as_deref() == key_id;
        let named: Vec<&Key> = self.0.iter().filter(named).collect();
        let fitting: Vec<_> = named
            .iter()
            .filter(|key| key.fits(algorithm))
            .map(|key| &key.material)
            .collect();
        match (fitting.len(), key_id) {
            (0, Some(_)) if !named.is_empty() => Err(Refusal::TokenUnfitKey),
            (0, _) => Err(Refusal::TokenUnknownKey),
            (2.., None) => Err(Refusal::TokenNoKeyId),
            _ => Ok(fitting),
        }
    }
}

impl Key {
    fn read(members: &Map<String, Value>) -> Option<Self> {
        let text = |name| members.get(name).and_then(Value::as_str);
        let bytes = |name| BASE64URL_NOPAD.decode(text(name)?.as_bytes()).ok();
        let (able, material) = match (text("kty")?, text("crv")) {
            ("RSA", _) => rsa(&bytes("n")?, &bytes("e")?),
            ("EC", Some("P-256")) => {
                let key = DecodingKey::from_ec_components(text("x")?, text("y")?).ok()?;
                (vec![Algorithm::ES256], key)
            }
            ("EC", Some("P-384")) => {
                let key = DecodingKey::from_ec_components(text("x")?, text("y")?).ok()?;
                (vec![Algorithm::ES384], key)
            }
            ("OKP", Some("Ed25519")) => {
                let key = DecodingKey::from_ed_components(text("x")?).ok()?;
                (vec![Algorithm::EdDSA], key)
            }
            _ => return None,
        };
        Some(Self {
            id: text("kid").map(str::to_owned),
            algorithm: text("alg").map(str::to_owned),
            is_for_signing: is_for_signing(members),
            able,
            material,
        })
    }

    fn fits(&self, algorithm: Algorithm) -> bool {
        let named = self.algorithm.as_deref();
        self.is_for_signing
            && self.able.contains(&algorithm)
            && named.is_none_or(|named| algorithm::accepted(named) == Some(algorithm))
    }
}

fn rsa(modulus: &[u8], exponent: &[u8]) -> (Vec<Algorithm>, DecodingKey) {
    let significant = modulus.iter().skip_while(|byte| **byte == 0).count();
    let able = if significant < SMALLEST_MODULUS {
        Vec::new()
    } else {
        let family = |algorithm: &Algorithm| algorithm.family() == AlgorithmFamily::Rsa;
        algorithm::ACCEPTED.into_iter().filter(family).collect()
    };
    (
        able,
        DecodingKey::from_rsa_raw_components(modulus, exponent),
    )
}

fn is_for_signing(members: &Map<String, Value>) -> bool {
    let used = members.get("use").is_none_or(|usage| usage == "sig");
    let verifies = |operations: &Vec<Value>| operations.iter().any(|it| it == "verify");
    let operations = members.get("key_ops");
    used && operations.is_none_or(|list| list.as_array().is_some_and(verifies))
}
