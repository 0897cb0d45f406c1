//! `POST /oidc/revoke`: ends a token (RFC 7009). An unknown one is as good as ended.

use axum::{
    extract::{Extension, Form, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use crate::{provider::SharedProvider, request_log::RequestNumber, routes::client};

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
    Extension(request): Extension<RequestNumber>,
    headers: HeaderMap,
    Form(asked): Form<Parameters>,
) -> Response {
    if let Err(refusal) = client::check(&provider, &headers, &asked.client_id, &asked.client_secret)
    {
        return *refusal;
    }
    provider.log_token(request, &asked.token);
    let _known = provider.revoke_token(&asked.token);
    StatusCode::OK.into_response()
}
