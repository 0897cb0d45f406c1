//! `POST /ims/validate_token/v1`: whether a token still holds, asked every ten minutes.

use axum::{
    extract::{Form, State},
    response::Json,
};
use serde::{Deserialize, Serialize};

use crate::provider::SharedProvider;

#[derive(Deserialize)]
pub(super) struct Parameters {
    #[serde(default)]
    token: String,
    #[serde(rename = "type", default)]
    token_type: String,
    #[serde(default)]
    client_id: String,
}

#[derive(Serialize)]
pub(super) struct Validity {
    valid: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
}

pub(super) async fn post(
    State(provider): State<SharedProvider>,
    Form(asked): Form<Parameters>,
) -> Json<Validity> {
    let reason = if !provider.knows_client(&asked.client_id) {
        Some("invalid_client")
    } else if asked.token_type != "access_token" {
        Some("invalid_type")
    } else if provider.find_token(&asked.token).is_none() {
        Some("invalid_token")
    } else {
        None
    };
    Json(Validity {
        valid: reason.is_none(),
        reason,
    })
}
