//! The part of an address in which Commerce allows the code of a store.

use crate::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;

/// An address below `/rest/V1` or below `/rest/{store}/V1`.
pub(crate) struct Scope;

impl<S: Send + Sync> FromRequestParts<S> for Scope {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let code = parts.uri.path().split('/').nth(2);
        match code.is_some_and(is_store_code) {
            true => Ok(Self),
            false => Err(Problem::NotFound),
        }
    }
}

/// What Commerce allows as the code of a store; `all` is one of them, and so by chance is `V1`,
/// which stands in its place where there is no code.
fn is_store_code(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
