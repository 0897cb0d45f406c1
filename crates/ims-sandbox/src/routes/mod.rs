//! The paths, one file each.
//!
//! Whatever comes in is logged first, then may misbehave (`fault`), then is answered. The paths
//! under `/sandbox` steer the stand-in and are neither logged nor faulty.

mod authorize;
mod denied;
mod keys;
mod logout;
mod membership;
mod profile;
mod sandbox_fault;
mod sandbox_log;
mod token;
mod validate_token;

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Json, Response},
    routing::{get, post, put},
};
use serde::Serialize;

use crate::{fault::misbehave, provider::SharedProvider};

/// All paths of all hosts of the provider, and the steering.
pub(crate) fn router(provider: SharedProvider) -> Router {
    let ims = Router::new()
        .route("/ims/authorize/v2", get(authorize::get))
        .route("/ims/denied", get(denied::get))
        .route("/ims/token", post(token::post))
        .route("/ims/profile/v1", get(profile::get))
        .route("/ims/validate_token/v1", post(validate_token::post))
        .route("/ims/logout/v1", post(logout::post))
        .route("/keys/prod/{*name}", get(keys::get))
        .route("/{organization}/membership", get(membership::get))
        .layer(from_fn_with_state(provider.clone(), misbehave))
        .layer(from_fn_with_state(provider.clone(), record));
    let steering = Router::new()
        .route(
            "/sandbox/fault",
            put(sandbox_fault::put).delete(sandbox_fault::delete),
        )
        .route("/sandbox/log", get(sandbox_log::get));
    ims.merge(steering).with_state(provider)
}

async fn record(
    State(provider): State<SharedProvider>,
    mut request: Request,
    next: Next,
) -> Response {
    let number = provider.begin_request(request.method().as_str(), request.uri().path());
    request.extensions_mut().insert(number);
    next.run(request).await
}

/// An error answer as RFC 6749, section 5.2, has it.
#[derive(Serialize)]
struct OAuthError {
    error: &'static str,
    error_description: &'static str,
}

fn refuse(status: StatusCode, error: &'static str, error_description: &'static str) -> Response {
    (
        status,
        Json(OAuthError {
            error,
            error_description,
        }),
    )
        .into_response()
}

fn unknown_client() -> Response {
    refuse(
        StatusCode::UNAUTHORIZED,
        "invalid_client",
        "invalid client_id parameter",
    )
}

fn wrong_secret() -> Response {
    refuse(
        StatusCode::UNAUTHORIZED,
        "invalid_client",
        "invalid client_secret parameter",
    )
}

fn invalid_token() -> Response {
    refuse(
        StatusCode::UNAUTHORIZED,
        "invalid_token",
        "the access token is not valid",
    )
}

/// The token of `Authorization: Bearer …`.
fn bearer_token(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}
