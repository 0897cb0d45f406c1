//! What a browser is asked, as the JSON that `parseCreationOptionsFromJSON` and
//! `parseRequestOptionsFromJSON` take: binary values in base64url.

use crate::public_key::ES256;
use crate::{RelyingParty, UserVerification};
use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};

/// How long a browser waits for a gesture, in milliseconds.
const PATIENCE: u32 = 120_000;

/// A key that there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Descriptor {
    /// Its id.
    pub id: Vec<u8>,
    /// How it is reached, as far as that is known.
    pub transports: Vec<String>,
}

impl Descriptor {
    fn to_json(&self) -> Value {
        let mut json = json!({ "type": "public-key", "id": BASE64URL_NOPAD.encode(&self.id) });
        if let (Value::Object(entries), false) = (&mut json, self.transports.is_empty()) {
            entries.insert("transports".to_owned(), json!(self.transports));
        }
        json
    }
}

/// Who a new key is for.
#[derive(Clone, Copy, Debug)]
pub struct Person<'a> {
    /// Random bytes that stand for them, at most 64.
    pub handle: &'a [u8],
    /// What tells their keys from those of others, shown by the browser.
    pub name: &'a str,
    /// What they are called.
    pub display_name: &'a str,
}

/// The question for a new key.
pub struct Create<'a> {
    /// Whom it is for.
    pub party: &'a RelyingParty,
    /// What the shop is called.
    pub party_name: &'a str,
    /// The person.
    pub person: Person<'a>,
    /// At least 16 random bytes.
    pub challenge: &'a [u8],
    /// Whether the user has to be verified.
    pub user: UserVerification,
    /// What they have already: the same authenticator is not taken twice.
    pub known: &'a [Descriptor],
    /// Whether the authenticator has to say, with a signature, of which model it is.
    pub needs_attestation: bool,
}

impl Create<'_> {
    /// The JSON.
    pub fn to_json(&self) -> String {
        let attestation = match self.needs_attestation {
            true => "direct",
            false => "none",
        };
        json!({
            "rp": { "id": self.party.id(), "name": self.party_name },
            "user": {
                "id": BASE64URL_NOPAD.encode(self.person.handle),
                "name": self.person.name,
                "displayName": self.person.display_name,
            },
            "challenge": BASE64URL_NOPAD.encode(self.challenge),
            "pubKeyCredParams": [{ "type": "public-key", "alg": ES256 }],
            "timeout": PATIENCE,
            "excludeCredentials": descriptors(self.known),
            "authenticatorSelection": {
                // So that it can be found without a user name.
                "residentKey": "preferred",
                "requireResidentKey": false,
                "userVerification": self.user.word(),
            },
            "attestation": attestation,
            "extensions": { "credProps": true },
        })
        .to_string()
    }
}

/// The question for a key that is known.
pub struct Request<'a> {
    /// For whom.
    pub party: &'a RelyingParty,
    /// At least 16 random bytes.
    pub challenge: &'a [u8],
    /// Whether the user has to be verified.
    pub user: UserVerification,
    /// Which keys may answer; with none, any that the authenticator has for this relying party.
    pub allowed: &'a [Descriptor],
}

impl Request<'_> {
    /// The JSON.
    pub fn to_json(&self) -> String {
        json!({
            "rpId": self.party.id(),
            "challenge": BASE64URL_NOPAD.encode(self.challenge),
            "timeout": PATIENCE,
            "userVerification": self.user.word(),
            "allowCredentials": descriptors(self.allowed),
        })
        .to_string()
    }
}

fn descriptors(keys: &[Descriptor]) -> Vec<Value> {
    keys.iter().map(Descriptor::to_json).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_written_as_browsers_read_them() {
        let party = RelyingParty::new("shop.test", "https://shop.test/").unwrap();
        let known = [Descriptor {
            id: vec![0xff; 3],
            transports: vec!["usb".to_owned()],
        }];
        let create = Create {
            party: &party,
            party_name: "Luma",
            person: Person {
                handle: &[1; 3],
                name: "ann",
                display_name: "Ann Smith",
            },
            challenge: &[2; 3],
            user: UserVerification::Preferred,
            known: &known,
            needs_attestation: false,
        };
        let json: Value = serde_json::from_str(&create.to_json()).unwrap();
        let descriptor = json!([{ "type": "public-key", "id": "____", "transports": ["usb"] }]);
        assert_eq!(json["rp"], json!({ "id": "shop.test", "name": "Luma" }));
        assert_eq!(json["user"]["id"], "AQEB");
        assert_eq!(json["challenge"], "AgIC");
        assert_eq!(
            json["pubKeyCredParams"],
            json!([{ "type": "public-key", "alg": -7 }])
        );
        assert_eq!(json["excludeCredentials"], descriptor);
        assert_eq!(json["attestation"], "none");
        let request = Request {
            party: &party,
            challenge: &[2; 3],
            user: UserVerification::Required,
            allowed: &known,
        };
        let json: Value = serde_json::from_str(&request.to_json()).unwrap();
        assert_eq!(json["rpId"], "shop.test");
        assert_eq!(json["userVerification"], "required");
        assert_eq!(json["allowCredentials"], descriptor);
    }
}
