//! `GET /oidc/jwks`, `GET /ims/keys`: the keys that ID tokens are signed with (RFC 7517).

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Json, Response},
};

use crate::{provider::SharedProvider, twist};

pub(in crate::routes) async fn get(State(provider): State<SharedProvider>) -> Response {
    match provider.keys.current() {
        Ok(key) => Json(twist::key_set(provider.twist(), key.to_jwk())).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
