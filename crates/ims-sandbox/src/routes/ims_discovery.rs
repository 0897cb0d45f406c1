//! `GET /ims/.well-known/openid-configuration`: where the keys of IMS's ID tokens are.
//!
//! IMS does not say that it names itself in callbacks, and has no place to sign out for browsers.

use axum::{extract::State, response::Json};
use serde_json::{Map, Value, json};

use crate::{provider::SharedProvider, realm::Realm, twist};

pub(super) async fn get(State(provider): State<SharedProvider>) -> Json<Map<String, Value>> {
    let url = provider.url();
    let fields = [
        ("issuer", json!(provider.issuer(Realm::Ims))),
        (
            "authorization_endpoint",
            json!(format!("{url}/ims/authorize/v2")),
        ),
        ("token_endpoint", json!(format!("{url}/ims/token"))),
        ("jwks_uri", json!(format!("{url}/ims/keys"))),
        ("response_types_supported", json!(["code"])),
        ("subject_types_supported", json!(["public"])),
        ("id_token_signing_alg_values_supported", json!(["RS256"])),
        ("code_challenge_methods_supported", json!(["S256"])),
    ];
    let mut metadata = fields
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    if let Some(twist) = provider.twist() {
        twist::discovery(twist, &mut metadata);
    }
    Json(metadata)
}
