//! `POST /ims/logout/v1`: ends one token.

use axum::{
    extract::{Extension, Form, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use super::{invalid_token, unknown_client, wrong_secret};
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
    Form(asked): Form<Parameters>,
) -> Response {
    if !provider.knows_client(&asked.client_id) {
        return unknown_client();
    }
    if !provider.is_client_secret(&asked.client_secret) {
        return wrong_secret();
    }
    provider.log_token(request, &asked.access_token);
    if provider.revoke_token(&asked.access_token) {
        StatusCode::OK.into_response()
    } else {
        invalid_token()
    }
}
