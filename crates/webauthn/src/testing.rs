//! An authenticator in software and the browser in front of it, for tests. Each part of an answer
//! can be altered before it is signed, so that one thing is wrong and all the rest is right.

use crate::PublicKey;
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};

/// One key in an authenticator, at a page.
pub struct Authenticator {
    key: EcdsaKeyPair,
    /// The relying party that it believes to be asked by.
    pub rp_id: String,
    /// The page's origin.
    pub origin: String,
    /// The key's id.
    pub id: Vec<u8>,
    /// What it has of the person.
    pub user_handle: Option<Vec<u8>>,
    /// What it counts up to with each use; nought counts nothing.
    pub counter: u32,
    /// User present 1, verified 4, eligible for backup 8, backed up 16.
    pub flags: u8,
    /// The model.
    pub aaguid: [u8; 16],
}

/// The parts of an answer, before it is signed.
pub struct Parts {
    /// What the browser collected.
    pub client_data: Value,
    /// What the authenticator signs.
    pub authenticator_data: Vec<u8>,
}

/// Where things stand in [`Parts::authenticator_data`].
pub mod place {
    /// The flags.
    pub const FLAGS: usize = 32;
    /// The length of the id, two bytes.
    pub const ID_LENGTH: usize = 53;
    /// The id.
    pub const ID: usize = 55;
}

impl Authenticator {
    /// A new key, counting, whose user it verifies.
    ///
    /// # Panics
    ///
    /// Where no key can be made.
    #[must_use]
    pub fn new(rp_id: &str, origin: &str) -> Self {
        let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).ok();
        let Some(key) = key else {
            unreachable!("a key can be made")
        };
        let id = digest(&SHA256, key.public_key().as_ref()).as_ref().to_vec();
        Self {
            key,
            rp_id: rp_id.to_owned(),
            origin: origin.to_owned(),
            id,
            user_handle: None,
            counter: 1,
            flags: 1 | 4,
            aaguid: [7; 16],
        }
    }

    /// Its public half.
    ///
    /// # Panics
    ///
    /// Never: the key was made as such.
    pub fn public_key(&self) -> PublicKey {
        match PublicKey::from_point(self.key.public_key().as_ref()) {
            Some(key) => key,
            None => unreachable!("it is a point of the curve"),
        }
    }

    /// Answers creation options.
    pub fn create(&mut self, options: &str) -> String {
        self.create_with(options, |_| {})
    }

    /// The same with something altered.
    pub fn create_with(&mut self, options: &str, alter: impl FnOnce(&mut Parts)) -> String {
        let options: Value = serde_json::from_str(options).unwrap_or_default();
        self.user_handle = options.pointer("/user/id").and_then(decode);
        let mut parts = self.parts("webauthn.create", &options, 1 << 6);
        let data = &mut parts.authenticator_data;
        data.extend(self.aaguid);
        data.extend(
            u16::try_from(self.id.len())
                .unwrap_or(u16::MAX)
                .to_be_bytes(),
        );
        data.extend(&self.id);
        data.extend(self.cose());
        alter(&mut parts);
        let object = attestation_object("none", &[0xa0], &parts.authenticator_data);
        self.creation(&parts, &object)
    }

    /// Answers with an attestation that `state` makes of what is to be signed.
    pub fn create_attested(
        &mut self,
        options: &str,
        format: &str,
        state: impl FnOnce(&Self, &[u8]) -> Vec<u8>,
    ) -> String {
        let mut object = Vec::new();
        let mut kept = None;
        self.create_with(options, |parts| {
            kept = Some((parts.client_data.clone(), parts.authenticator_data.clone()))
        });
        let Some((client_data, authenticator_data)) = kept else {
            return String::new();
        };
        let parts = Parts {
            client_data,
            authenticator_data,
        };
        let statement = state(self, &message(&parts));
        object.extend(attestation_object(
            format,
            &statement,
            &parts.authenticator_data,
        ));
        self.creation(&parts, &object)
    }

    /// Answers request options.
    pub fn get(&mut self, options: &str) -> String {
        self.get_with(options, |_| {})
    }

    /// The same with something altered before it is signed.
    pub fn get_with(&mut self, options: &str, alter: impl FnOnce(&mut Parts)) -> String {
        let options: Value = serde_json::from_str(options).unwrap_or_default();
        if self.counter > 0 {
            self.counter += 1;
        }
        let mut parts = self.parts("webauthn.get", &options, 0);
        alter(&mut parts);
        let signature = self.sign(&message(&parts));
        json!({
            "id": encode(&self.id),
            "rawId": encode(&self.id),
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": encode(parts.client_data.to_string().as_bytes()),
                "authenticatorData": encode(&parts.authenticator_data),
                "signature": encode(&signature),
                "userHandle": self.user_handle.as_deref().map(encode),
            },
        })
        .to_string()
    }

    /// A signature of the key's own.
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        let signed = self.key.sign(&SystemRandom::new(), message);
        signed
            .map(|signature| signature.as_ref().to_vec())
            .unwrap_or_default()
    }

    fn parts(&self, kind: &str, options: &Value, more_flags: u8) -> Parts {
        let mut authenticator_data = digest(&SHA256, self.rp_id.as_bytes()).as_ref().to_vec();
        authenticator_data.push(self.flags | more_flags);
        authenticator_data.extend(self.counter.to_be_bytes());
        Parts {
            client_data: json!({
                "type": kind,
                "challenge": options.get("challenge"),
                "origin": self.origin,
                "crossOrigin": false,
            }),
            authenticator_data,
        }
    }

    /// The public key as an authenticator writes it.
    fn cose(&self) -> Vec<u8> {
        let point = self.key.public_key().as_ref();
        let (x, y) = point
            .get(1..)
            .unwrap_or_default()
            .split_at_checked(32)
            .unwrap_or_default();
        let mut cose = vec![0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32];
        cose.extend(x);
        cose.extend([0x22, 0x58, 32]);
        cose.extend(y);
        cose
    }

    fn creation(&self, parts: &Parts, object: &[u8]) -> String {
        json!({
            "id": encode(&self.id),
            "rawId": encode(&self.id),
            "type": "public-key",
            "clientExtensionResults": { "credProps": { "rk": true } },
            "response": {
                "clientDataJSON": encode(parts.client_data.to_string().as_bytes()),
                "attestationObject": encode(object),
                "transports": ["usb", "nfc"],
            },
        })
        .to_string()
    }
}

/// A map of `fmt`, `attStmt` (in CBOR already) and `authData`.
pub fn attestation_object(format: &str, statement: &[u8], authenticator_data: &[u8]) -> Vec<u8> {
    let mut object = vec![0xa3];
    object.extend(text("fmt"));
    object.extend(text(format));
    object.extend(text("attStmt"));
    object.extend(statement);
    object.extend(text("authData"));
    object.extend(bytes(authenticator_data));
    object
}

/// A text in CBOR, of less than 24 letters.
pub fn text(text: &str) -> Vec<u8> {
    let mut item = vec![0x60 | u8::try_from(text.len()).unwrap_or_default()];
    item.extend(text.as_bytes());
    item
}

/// Bytes in CBOR.
pub fn bytes(bytes: &[u8]) -> Vec<u8> {
    let mut item = vec![0x59];
    item.extend(u16::try_from(bytes.len()).unwrap_or(u16::MAX).to_be_bytes());
    item.extend(bytes);
    item
}

/// An answer with another value at a path of its JSON (`response.signature`).
#[must_use]
pub fn with(answer: &str, path: &str, value: Value) -> String {
    let mut json: Value = serde_json::from_str(answer).unwrap_or_default();
    let mut place = Some(&mut json);
    for part in path.split('.') {
        place = place.and_then(|place| place.get_mut(part));
    }
    if let Some(place) = place {
        *place = value;
    }
    json.to_string()
}

/// The bytes at a path of an answer.
#[must_use]
pub fn at(answer: &str, path: &str) -> Vec<u8> {
    let json: Value = serde_json::from_str(answer).unwrap_or_default();
    let pointer = format!("/{}", path.replace('.', "/"));
    json.pointer(&pointer).and_then(decode).unwrap_or_default()
}

/// Bytes as they stand in an answer.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}

fn decode(value: &Value) -> Option<Vec<u8>> {
    BASE64URL_NOPAD.decode(value.as_str()?.as_bytes()).ok()
}

fn message(parts: &Parts) -> Vec<u8> {
    let hash = digest(&SHA256, parts.client_data.to_string().as_bytes());
    [parts.authenticator_data.as_slice(), hash.as_ref()].concat()
}
