//! What an OpenID provider publishes: its metadata and its keys.

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Map, Value, json};

use super::Twist;
use crate::tokens::SHARED_SECRET;

/// How many keys make a set of several megabytes.
const MANY: usize = 10_000;

/// The metadata.
pub(crate) fn discovery(twist: Twist, metadata: &mut Map<String, Value>) {
    let mut set = |name: &str, value| {
        metadata.insert(name.to_owned(), value);
    };
    match twist {
        Twist::DiscoveryWrongIssuer => set("issuer", json!("https://evil.test")),
        Twist::DiscoveryIssuerSlash => {
            let issuer = metadata.get("issuer").and_then(Value::as_str);
            let issuer = format!("{}/", issuer.unwrap_or_default());
            metadata.insert("issuer".to_owned(), json!(issuer));
        }
        Twist::DiscoveryHttpEndpoint => set("token_endpoint", json!("http://evil.test/token")),
        Twist::DiscoveryNoJwks => drop(metadata.remove("jwks_uri")),
        Twist::DiscoveryNoToken => drop(metadata.remove("token_endpoint")),
        Twist::DiscoveryPkcePlain => {
            set("code_challenge_methods_supported", json!(["plain"]));
        }
        Twist::DiscoveryWeakAlgorithms => {
            let weak = json!(["HS256", "none"]);
            set("id_token_signing_alg_values_supported", weak);
        }
        _ => (),
    }
}

/// The key set that holds this key.
pub(crate) fn key_set(twist: Option<Twist>, mut key: Value) -> Value {
    let Some(fields) = key.as_object_mut() else {
        return json!({ "keys": [] });
    };
    match twist {
        Some(Twist::JwksEmpty) => return json!({ "keys": [] }),
        Some(Twist::JwksHuge) => return json!({ "keys": vec![key; MANY] }),
        Some(Twist::JwksSymmetric) => {
            let kid = fields.get("kid").cloned();
            let secret = BASE64URL_NOPAD.encode(SHARED_SECRET);
            key = json!({ "kty": "oct", "alg": "HS256", "kid": kid, "k": secret });
        }
        Some(Twist::JwksForEncryption) => {
            fields.insert("use".to_owned(), json!("enc"));
            fields.insert("alg".to_owned(), json!("RSA-OAEP-256"));
        }
        Some(Twist::JwksNoKid) => drop(fields.remove("kid")),
        _ => (),
    }
    json!({ "keys": [key] })
}
