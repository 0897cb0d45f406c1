//! ID tokens (OpenID Connect Core 1.0, section 2).

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Map, json};
use sha2::{Digest, Sha256};

use super::{Draft, Ground};
use crate::{clock::later, realm::Realm};

/// How long one holds, in seconds.
const LIFETIME_SECONDS: i64 = 600;

impl Draft {
    /// The ID token that goes with this access token. That of IMS names nobody but the subject.
    pub(crate) fn id_token(ground: Ground<'_>, access_token: &str) -> Self {
        let grant = ground.grant;
        let now = ground.now.as_second();
        let mut claims = match grant.realm {
            Realm::Ims => Map::new(),
            Realm::OpenId => grant.person.to_claims(),
        };
        let mut set = |name: &str, value| claims.insert(name.to_owned(), value);
        set("iss", json!(ground.issuer));
        set("sub", json!(grant.person.user_id()));
        set("aud", json!(ground.client_id));
        set("iat", json!(now));
        set("exp", json!(now + LIFETIME_SECONDS));
        set(
            "auth_time",
            json!(later(grant.authenticated_at, ground.skew).as_second()),
        );
        set("sid", json!(grant.session));
        set("at_hash", json!(half_hash(access_token)));
        if let Some(nonce) = &grant.nonce {
            set("nonce", json!(nonce));
        }
        Self::new("JWT", claims)
    }
}

/// The left half of the SHA-256 (section 3.1.3.6).
fn half_hash(token: &str) -> String {
    let digest = Sha256::digest(token.as_bytes());
    let half: Vec<u8> = digest.iter().copied().take(digest.len() / 2).collect();
    BASE64URL_NOPAD.encode(&half)
}
