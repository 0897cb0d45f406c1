//! A token before it is signed, and the signing (RFC 7515, compact form).

use aws_lc_rs::hmac;
use data_encoding::BASE64URL_NOPAD;
use serde_json::{Map, Value, json};

use crate::keys::{KeyError, Keys};

/// What a key set holds that was never meant to be public.
pub(crate) const SHARED_SECRET: &[u8] = b"a shared secret that anybody can read";

/// Header and claims, open to change.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) header: Map<String, Value>,
    pub(crate) claims: Map<String, Value>,
    pub(crate) signing: Signing,
}

/// What the signature is made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signing {
    /// The published key.
    Published,
    /// A key that is published nowhere.
    Foreign,
    /// The same, and the header brings the key along.
    ForeignEmbedded,
    /// The published public key, taken for a shared secret.
    PublicKeyAsSecret,
    /// [`SHARED_SECRET`].
    SharedSecret,
    /// The published key, and one bit turned afterwards.
    Damaged,
    /// Nothing at all.
    Nothing,
}

impl Draft {
    /// RS256 by the published key.
    pub(crate) fn new(typ: &str, claims: Map<String, Value>) -> Self {
        let mut header = Map::new();
        header.insert("alg".to_owned(), json!("RS256"));
        header.insert("typ".to_owned(), json!(typ));
        Self {
            header,
            claims,
            signing: Signing::Published,
        }
    }

    /// The finished token. A header that names no key yet names the published one, unless it has
    /// said that there is to be none (`null`).
    pub(crate) fn sign(mut self, keys: &Keys) -> Result<String, KeyError> {
        let published = keys.current()?;
        self.header
            .entry("kid")
            .or_insert_with(|| json!(published.name()));
        if self.signing == Signing::ForeignEmbedded {
            self.header
                .insert("jwk".to_owned(), keys.foreign()?.to_jwk());
        }
        self.header.retain(|_, value| !value.is_null());
        let message = format!("{}.{}", encode(self.header), encode(self.claims));
        let signature = match self.signing {
            Signing::Published => published.sign(message.as_bytes())?,
            Signing::Foreign | Signing::ForeignEmbedded => {
                keys.foreign()?.sign(message.as_bytes())?
            }
            Signing::PublicKeyAsSecret => {
                sign_with_secret(published.to_public_pem()?.as_bytes(), &message)
            }
            Signing::SharedSecret => sign_with_secret(SHARED_SECRET, &message),
            Signing::Damaged => {
                let mut signature = published.sign(message.as_bytes())?;
                if let Some(byte) = signature.last_mut() {
                    *byte ^= 1;
                }
                signature
            }
            Signing::Nothing => Vec::new(),
        };
        Ok(format!("{message}.{}", BASE64URL_NOPAD.encode(&signature)))
    }
}

fn encode(part: Map<String, Value>) -> String {
    BASE64URL_NOPAD.encode(Value::Object(part).to_string().as_bytes())
}

/// HS256.
fn sign_with_secret(secret: &[u8], message: &str) -> Vec<u8> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
    hmac::sign(&key, message.as_bytes()).as_ref().to_vec()
}
