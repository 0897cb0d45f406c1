//! The paths, one file each.
//!
//! Whatever comes in is logged first, then may misbehave (`fault`), then is answered. The paths
//! under `/sandbox` steer the stand-in and are neither logged nor faulty.

mod authorize;
mod client;
mod denied;
mod ims_discovery;
mod keys;
mod logout;
mod membership;
mod open_id;
mod page;
mod profile;
mod steering;
mod token;
mod validate_token;

use axum::{
    Router,
    extract::{Extension, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Json, Response},
    routing::{get, post},
};
use jiff::fmt::rfc2822::DateTimePrinter;
use serde::Serialize;

use crate::{fault::misbehave, provider::SharedProvider, realm::Realm};

/// All paths of all hosts of the provider, and the steering.
pub(crate) fn router(provider: SharedProvider) -> Router {
    let providers = ims()
        .layer(Extension(Realm::Ims))
        .merge(open_id().layer(Extension(Realm::OpenId)))
        .layer(from_fn_with_state(provider.clone(), misbehave))
        .layer(from_fn_with_state(provider.clone(), record));
    providers.merge(steering::router()).with_state(provider)
}

fn ims() -> Router<SharedProvider> {
    Router::new()
        .route(
            "/ims/.well-known/openid-configuration",
            get(ims_discovery::get),
        )
        .route("/ims/keys", get(open_id::jwks::get))
        .route(
            "/ims/authorize/v2",
            get(authorize::get).post(authorize::post),
        )
        .route(
            authorize::IMS_PAGE,
            get(authorize::get).post(authorize::post),
        )
        .route("/ims/denied", get(denied::get))
        .route("/ims/token", post(token::post))
        .route("/ims/profile/v1", get(profile::get))
        .route("/ims/validate_token/v1", post(validate_token::post))
        .route("/ims/logout/v1", post(logout::post))
        .route("/keys/prod/{*name}", get(keys::get))
        .route("/{organization}/membership", get(membership::get))
}

fn open_id() -> Router<SharedProvider> {
    Router::new()
        .route(
            "/oidc/.well-known/openid-configuration",
            get(open_id::discovery::get),
        )
        .route("/oidc/jwks", get(open_id::jwks::get))
        .route("/oidc/authorize", get(authorize::get).post(authorize::post))
        .route("/oidc/token", post(token::post))
        .route(
            "/oidc/userinfo",
            get(open_id::userinfo::get).post(open_id::userinfo::get),
        )
        .route("/oidc/introspect", post(open_id::introspect::post))
        .route("/oidc/revoke", post(open_id::revoke::post))
        .route("/oidc/end_session", get(open_id::end_session::get))
}

async fn record(
    State(provider): State<SharedProvider>,
    mut request: Request,
    next: Next,
) -> Response {
    let number = provider.begin_request(request.method().as_str(), request.uri().path());
    request.extensions_mut().insert(number);
    let mut response = next.run(request).await;
    if let Some(date) = date(&provider) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

/// The provider's own time, which tells a client whose clock is off.
fn date(provider: &SharedProvider) -> Option<HeaderValue> {
    let date = DateTimePrinter::new().timestamp_to_rfc9110_string(&provider.said_now());
    HeaderValue::try_from(date.ok()?).ok()
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

fn found(location: &str) -> Response {
    (StatusCode::FOUND, [(header::LOCATION, location)]).into_response()
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
