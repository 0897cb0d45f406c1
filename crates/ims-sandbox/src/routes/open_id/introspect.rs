//! `POST /oidc/introspect`: whether a token holds and whose it is (RFC 7662).

use axum::{
    extract::{Form, State},
    http::HeaderMap,
    response::Response,
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    provider::{Provider, SharedProvider},
    realm::Realm,
    routes::client,
    twist,
};

#[derive(Deserialize)]
pub(in crate::routes) struct Parameters {
    #[serde(default)]
    token: String,
    #[serde(default)]
    client_id: String,
    #[serde(default)]
    client_secret: String,
}

pub(in crate::routes) async fn post(
    State(provider): State<SharedProvider>,
    headers: HeaderMap,
    Form(asked): Form<Parameters>,
) -> Response {
    if let Err(refusal) = client::check(&provider, &headers, &asked.client_id, &asked.client_secret)
    {
        return *refusal;
    }
    let said = describe(&provider, &asked.token);
    twist::validity(
        provider.twist(),
        "active",
        said.unwrap_or_else(|| json!({ "active": false })),
    )
}

fn describe(provider: &Provider, token: &str) -> Option<Value> {
    let grant = provider.find_token(Realm::OpenId, token)?;
    let expires_at = provider.memory().grants.expiry(token)?;
    Some(json!({
        "active": true,
        "iss": provider.issuer(Realm::OpenId),
        "sub": grant.person.user_id(),
        "username": grant.person.email,
        "client_id": provider.options().client_id,
        "scope": grant.scope,
        "token_type": "bearer",
        "exp": expires_at.as_second(),
    }))
}
