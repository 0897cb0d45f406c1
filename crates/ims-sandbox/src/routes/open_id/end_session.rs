//! `GET /oidc/end_session`: the browser signs out here (OpenID Connect RP-Initiated Logout 1.0).
//!
//! The session is that of the ID token, or else that of the cookie. The browser is led on only to a
//! registered address, and only for a client that says who it is.

use askama::Template;
use axum::{
    extract::{Query, State},
    http::HeaderMap,
    response::Response,
};
use serde::Deserialize;
use url::Url;

use crate::{
    provider::{Provider, SharedProvider},
    routes::{authorize::cookie, found, page::render},
};

#[derive(Deserialize)]
pub(in crate::routes) struct Parameters {
    id_token_hint: Option<String>,
    client_id: Option<String>,
    post_logout_redirect_uri: Option<String>,
    state: Option<String>,
}

#[derive(Template)]
#[template(path = "signed_out.html")]
struct SignedOut;

pub(in crate::routes) async fn get(
    State(provider): State<SharedProvider>,
    headers: HeaderMap,
    Query(asked): Query<Parameters>,
) -> Response {
    let hinted = asked
        .id_token_hint
        .as_ref()
        .and_then(|token| provider.memory().id_tokens.get(token).cloned());
    let known = hinted.is_some()
        || asked
            .client_id
            .as_deref()
            .is_some_and(|client_id| provider.knows_client(client_id));
    let session = hinted.or_else(|| cookie::find(&provider, &headers).map(|session| session.id));
    if let Some(session) = session {
        provider.end_session(&session);
    }
    let landing = asked
        .post_logout_redirect_uri
        .filter(|uri| known && is_registered(&provider, uri))
        .and_then(|uri| Url::parse(&uri).ok());
    match landing {
        None => render(&SignedOut),
        Some(mut landing) => {
            if let Some(state) = &asked.state {
                landing.query_pairs_mut().append_pair("state", state);
            }
            found(landing.as_str())
        }
    }
}

fn is_registered(provider: &Provider, uri: &str) -> bool {
    let registered = &provider.options().post_logout_redirect_uris;
    registered.is_empty() || registered.iter().any(|known| known == uri)
}
