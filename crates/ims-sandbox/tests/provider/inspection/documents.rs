//! Metadata and keys.

use serde_json::{Value, json};

use super::Findings;
use crate::actor::Actor;

pub(super) async fn inspect(actor: &Actor, findings: &mut Findings) {
    let path = "/oidc/.well-known/openid-configuration";
    let metadata: Value = actor.get(path).await.json().await.unwrap();
    let issuer = actor.sandbox.open_id_issuer();
    findings.expect(metadata["issuer"] == issuer, "metadata.issuer");
    for (name, wrong) in [
        ("jwks_uri", "metadata.jwks_uri"),
        ("token_endpoint", "metadata.token_endpoint"),
        ("authorization_endpoint", "metadata.authorization_endpoint"),
    ] {
        let there = metadata[name]
            .as_str()
            .is_some_and(|url| url.starts_with(&format!("{issuer}/")));
        findings.expect(there, wrong);
    }
    findings.expect(
        metadata["code_challenge_methods_supported"] == json!(["S256"]),
        "metadata.pkce",
    );
    findings.expect(
        metadata["id_token_signing_alg_values_supported"] == json!(["RS256"]),
        "metadata.algorithms",
    );

    let body = actor.get("/oidc/jwks").await.text().await.unwrap();
    findings.expect(body.len() < 100_000, "keys.size");
    let set: Value = serde_json::from_str(&body).unwrap();
    let keys = set["keys"].as_array().unwrap();
    findings.expect(!keys.is_empty(), "keys.none");
    for key in keys.iter().take(1) {
        findings.expect(key["kty"] == "RSA", "keys.kind");
        findings.expect(key["use"] == "sig", "keys.use");
        findings.expect(key["kid"].is_string(), "keys.kid");
    }
}
