//! `POST /ims/token`, `POST /oidc/token`: a code becomes tokens, once; so does a refresh token.
//!
//! The client is checked before the code, so that a wrong secret and a wrong code can be told apart
//! (`invalid_client`, `invalid_grant`).

use std::sync::Arc;

use axum::{
    extract::{Extension, Form, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{client, refuse};
use crate::{
    grant::Grant,
    grants::NotTaken,
    issue::Issued,
    provider::{Provider, SharedProvider},
    realm::Realm,
    twist::{self, Twist},
};

#[derive(Deserialize)]
pub(super) struct Parameters {
    #[serde(default)]
    grant_type: String,
    #[serde(default)]
    client_id: String,
    #[serde(default)]
    client_secret: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    refresh_token: String,
    redirect_uri: Option<String>,
    code_verifier: Option<String>,
}

pub(super) async fn post(
    State(provider): State<SharedProvider>,
    Extension(realm): Extension<Realm>,
    headers: HeaderMap,
    Form(asked): Form<Parameters>,
) -> Response {
    if let Err(refusal) = client::check(&provider, &headers, &asked.client_id, &asked.client_secret)
    {
        return *refusal;
    }
    let twist = provider.twist();
    let is_renewal = asked.grant_type == "refresh_token";
    let granted = match asked.grant_type.as_str() {
        "authorization_code" => redeem(&provider, realm, &asked),
        "refresh_token" => refresh(&provider, realm, &asked.refresh_token),
        _ => {
            return refuse(
                StatusCode::BAD_REQUEST,
                "unsupported_grant_type",
                "unknown grant_type",
            );
        }
    };
    match granted.map(|grant| provider.issue_tokens(&grant)) {
        Err(reason) => refuse(StatusCode::BAD_REQUEST, "invalid_grant", reason),
        Ok(Ok(issued)) => {
            let mut said = describe(issued);
            if is_renewal && twist == Some(Twist::GroupsAtSignInOnly) {
                said.remove("id_token");
            }
            twist::token_answer(twist, said)
        }
        Ok(Err(_)) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn redeem(
    provider: &Provider,
    realm: Realm,
    asked: &Parameters,
) -> Result<Arc<Grant>, &'static str> {
    let mut memory = provider.memory();
    let now = memory.now();
    let grant = memory
        .grants
        .take_code(realm, &asked.code, now)
        .map_err(describe_refusal)?;
    if !grant.accepts_redirect_uri(asked.redirect_uri.as_deref()) {
        return Err("redirect_uri is not that of the request");
    }
    if !grant.accepts_verifier(asked.code_verifier.as_deref()) {
        return Err("code_verifier does not belong to the request");
    }
    Ok(grant)
}

fn refresh(
    provider: &Provider,
    realm: Realm,
    refresh_token: &str,
) -> Result<Arc<Grant>, &'static str> {
    let twist = provider.twist();
    if twist == Some(Twist::RefreshDenied) {
        return Err("the refresh token holds no more");
    }
    let mut memory = provider.memory();
    let now = memory.now();
    let grant = memory
        .grants
        .take_refresh_token(realm, refresh_token, now)
        .map_err(describe_refusal)?;
    drop(memory);
    if twist == Some(Twist::RefreshOtherPerson) {
        return Ok(Arc::new(Grant {
            person: provider.find_other_person(&grant.person),
            ..Grant::clone(&grant)
        }));
    }
    Ok(grant)
}

fn describe_refusal(reason: NotTaken) -> &'static str {
    match reason {
        NotTaken::Unknown => "it is unknown",
        NotTaken::Used => "it was used",
        NotTaken::Expired => "it has run out",
    }
}

fn describe(issued: Issued) -> Map<String, Value> {
    let fields = [
        ("access_token", Some(json!(issued.access_token))),
        ("token_type", Some(json!("bearer"))),
        ("expires_in", Some(json!(issued.expires_in))),
        ("scope", Some(json!(issued.scope))),
        ("refresh_token", issued.refresh_token.map(Value::String)),
        ("id_token", issued.id_token.map(Value::String)),
    ];
    fields
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect()
}
