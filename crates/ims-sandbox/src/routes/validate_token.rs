//! `POST /ims/validate_token/v1`: whether a token still holds, asked every ten minutes.

use axum::{
    extract::{Form, State},
    response::Response,
};
use serde::Deserialize;
use serde_json::json;

use crate::{provider::SharedProvider, realm::Realm, twist};

#[derive(Deserialize)]
pub(super) struct Parameters {
    #[serde(default)]
    token: String,
    #[serde(rename = "type", default)]
    token_type: String,
    #[serde(default)]
    client_id: String,
}

pub(super) async fn post(
    State(provider): State<SharedProvider>,
    Form(asked): Form<Parameters>,
) -> Response {
    let reason = if !provider.knows_client(&asked.client_id) {
        Some("invalid_client")
    } else if asked.token_type != "access_token" {
        Some("invalid_type")
    } else if provider.find_token(Realm::Ims, &asked.token).is_none() {
        Some("invalid_token")
    } else {
        None
    };
    let said = match reason {
        None => json!({ "valid": true }),
        Some(reason) => json!({ "valid": false, "reason": reason }),
    };
    twist::validity(provider.twist(), "valid", said)
}
