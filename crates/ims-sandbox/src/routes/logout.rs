//! `POST /ims/logout/v1`: ends one token, and the browser's session that it came from.

use axum::{
    extract::{Extension, Form, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use super::{client, invalid_token};
use crate::{provider::SharedProvider, request_log::RequestNumber};

#[derive(Deserialize)]
pub(super) struct Parameters {
    #[serde(default)]
    access_token: String,
    #[serde(default)]
    client_id: String,
    #[serde(default)]
    client_secret: String,
}

pub(super) async fn post(
    State(provider): State<SharedProvider>,
    Extension(request): Extension<RequestNumber>,
    headers: HeaderMap,
    Form(asked): Form<Parameters>,
) -> Response {
    if let Err(refusal) = client::check(&provider, &headers, &asked.client_id, &asked.client_secret)
    {
        return *refusal;
    }
    provider.log_token(request, &asked.access_token);
    match provider.revoke_token(&asked.access_token) {
        Some(grant) => {
            provider.memory().sessions.end(&grant.session);
            StatusCode::OK.into_response()
        }
        None => invalid_token(),
    }
}
