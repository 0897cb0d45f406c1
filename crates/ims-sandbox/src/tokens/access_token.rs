//! Access tokens that can be read: as IMS issues them, and as RFC 9068 has them.

use serde_json::{Map, Value, json};

use super::{Draft, Ground, lifetime_milliseconds};
use crate::{keys::Key, realm::Realm};

impl Draft {
    /// The access token of this realm. `id` makes it unlike all others.
    pub(crate) fn access_token(ground: Ground<'_>, id: &str, key: &Key) -> Self {
        match ground.grant.realm {
            Realm::Ims => of_ims(ground, id, key),
            Realm::OpenId => of_open_id(ground, id),
        }
    }
}

/// Times are strings of milliseconds, and `x5u` is the name of a certificate, not an address.
fn of_ims(ground: Ground<'_>, id: &str, key: &Key) -> Draft {
    let claims = Map::from_iter([
        field("id", json!(id)),
        field("type", json!("access_token")),
        field("as", json!("ims-na1")),
        field("client_id", json!(ground.client_id)),
        field("user_id", json!(ground.grant.person.user_id())),
        field("scope", json!(ground.grant.scope)),
        field("created_at", json!(ground.now.as_millisecond().to_string())),
        field(
            "expires_in",
            json!(lifetime_milliseconds(Realm::Ims).to_string()),
        ),
    ]);
    let mut draft = Draft::new("JWT", claims);
    draft
        .header
        .insert("x5u".to_owned(), json!(key.certificate_name()));
    draft.header.insert("itt".to_owned(), json!("at"));
    draft
}

fn of_open_id(ground: Ground<'_>, id: &str) -> Draft {
    let now = ground.now.as_second();
    let claims = Map::from_iter([
        field("iss", json!(ground.issuer)),
        field("sub", json!(ground.grant.person.user_id())),
        field("aud", json!(ground.client_id)),
        field("client_id", json!(ground.client_id)),
        field("iat", json!(now)),
        field(
            "exp",
            json!(now + lifetime_milliseconds(Realm::OpenId) / 1000),
        ),
        field("jti", json!(id)),
        field("scope", json!(ground.grant.scope)),
    ]);
    Draft::new("at+jwt", claims)
}

fn field(name: &str, value: Value) -> (String, Value) {
    (name.to_owned(), value)
}
