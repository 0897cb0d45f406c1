//! `POST /ims/token`: a code becomes a token, once.
//!
//! The client is checked before the code, so that a wrong secret and a wrong code can be told apart
//! (`invalid_client`, `invalid_grant`).

use axum::{
    extract::{Form, State},
    http::StatusCode,
    response::{IntoResponse, Json, Response},
};
use serde::{Deserialize, Serialize};

use super::{refuse, unknown_client, wrong_secret};
use crate::provider::SharedProvider;

/// A day, in the milliseconds that IMS counts in.
const LIFETIME_MILLISECONDS: u64 = 86_399_999;

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
}

#[derive(Serialize)]
struct Token {
    access_token: String,
    token_type: &'static str,
    expires_in: u64,
}

pub(super) async fn post(
    State(provider): State<SharedProvider>,
    Form(asked): Form<Parameters>,
) -> Response {
    if !provider.knows_client(&asked.client_id) {
        return unknown_client();
    }
    if !provider.is_client_secret(&asked.client_secret) {
        return wrong_secret();
    }
    if asked.grant_type != "authorization_code" {
        return refuse(
            StatusCode::BAD_REQUEST,
            "unsupported_grant_type",
            "unknown grant_type",
        );
    }
    let Some(person) = provider.take_code(&asked.code) else {
        return refuse(
            StatusCode::BAD_REQUEST,
            "invalid_grant",
            "the code is unknown or was used",
        );
    };
    match provider.issue_token(&person) {
        Ok(access_token) => Json(Token {
            access_token,
            token_type: "bearer",
            expires_in: LIFETIME_MILLISECONDS,
        })
        .into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
