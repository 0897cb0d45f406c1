//! How the client proves who it is: in the form, or in the header (RFC 6749, section 2.3.1).

use std::borrow::Cow;

use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use data_encoding::BASE64;
use url::form_urlencoded;

use super::refuse;
use crate::provider::Provider;

/// Nothing if it is the client, or else the answer. `id` and `secret` are those of the form; the
/// client is checked before its secret, so that the two can be told apart.
pub(super) fn check(
    provider: &Provider,
    headers: &HeaderMap,
    id: &str,
    secret: &str,
) -> Result<(), Box<Response>> {
    let (id, secret) = match basic(headers) {
        None => (Cow::Borrowed(id), Cow::Borrowed(secret)),
        Some(_) if !secret.is_empty() => return Err(Box::new(two_ways())),
        Some((id, secret)) => (Cow::Owned(id), Cow::Owned(secret)),
    };
    if !provider.knows_client(&id) {
        return Err(Box::new(invalid_client("invalid client_id parameter")));
    }
    if !provider.is_client_secret(&secret) {
        return Err(Box::new(invalid_client("invalid client_secret parameter")));
    }
    Ok(())
}

/// The ID and the secret of `Authorization: Basic …`; both are encoded as in a form, then in base64.
fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, credentials) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let credentials = String::from_utf8(BASE64.decode(credentials.as_bytes()).ok()?).ok()?;
    let (id, secret) = credentials.split_once(':')?;
    Some((decode(id), decode(secret)))
}

fn decode(encoded: &str) -> String {
    // A word without `=` is the name of a pair without a value.
    form_urlencoded::parse(encoded.replace('=', "%3D").as_bytes())
        .map(|(name, _)| name.into_owned())
        .collect()
}

fn invalid_client(description: &'static str) -> Response {
    let refused = refuse(StatusCode::UNAUTHORIZED, "invalid_client", description);
    let challenge = [(header::WWW_AUTHENTICATE, "Basic realm=\"ims-sandbox\"")];
    (challenge, refused).into_response()
}

fn two_ways() -> Response {
    refuse(
        StatusCode::BAD_REQUEST,
        "invalid_request",
        "the client proves who it is in two ways at once",
    )
}
