//! `GET /oidc/.well-known/openid-configuration` (OpenID Connect Discovery 1.0, section 4).

use axum::{extract::State, response::Json};
use serde_json::{Map, Value, json};

use crate::{provider::SharedProvider, realm::Realm, twist};

/// The endpoints and their paths below the issuer.
const ENDPOINTS: [(&str, &str); 7] = [
    ("authorization_endpoint", "authorize"),
    ("token_endpoint", "token"),
    ("jwks_uri", "jwks"),
    ("userinfo_endpoint", "userinfo"),
    ("introspection_endpoint", "introspect"),
    ("revocation_endpoint", "revoke"),
    ("end_session_endpoint", "end_session"),
];

pub(in crate::routes) async fn get(
    State(provider): State<SharedProvider>,
) -> Json<Map<String, Value>> {
    let issuer = provider.issuer(Realm::OpenId);
    let endpoints = ENDPOINTS.map(|(name, path)| (name, json!(format!("{issuer}/{path}"))));
    let mut metadata = abilities()
        .into_iter()
        .chain(endpoints)
        .chain([("issuer", json!(issuer))])
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    if let Some(twist) = provider.twist() {
        twist::discovery(twist, &mut metadata);
    }
    Json(metadata)
}

fn abilities() -> Vec<(&'static str, Value)> {
    let client_authentication = json!(["client_secret_basic", "client_secret_post"]);
    vec![
        ("response_types_supported", json!(["code"])),
        ("response_modes_supported", json!(["query"])),
        (
            "grant_types_supported",
            json!(["authorization_code", "refresh_token"]),
        ),
        ("subject_types_supported", json!(["public"])),
        ("id_token_signing_alg_values_supported", json!(["RS256"])),
        (
            "scopes_supported",
            json!(["openid", "profile", "email", "groups", "offline_access"]),
        ),
        ("code_challenge_methods_supported", json!(["S256"])),
        (
            "token_endpoint_auth_methods_supported",
            client_authentication.clone(),
        ),
        (
            "introspection_endpoint_auth_methods_supported",
            client_authentication.clone(),
        ),
        (
            "revocation_endpoint_auth_methods_supported",
            client_authentication,
        ),
        (
            "authorization_response_iss_parameter_supported",
            json!(true),
        ),
        ("backchannel_logout_supported", json!(true)),
        ("backchannel_logout_session_supported", json!(true)),
    ]
}
