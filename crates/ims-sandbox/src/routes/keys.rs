//! `GET /keys/prod/…`: where Adobe keeps the certificates of its tokens. Ours are opaque, so there
//! is none.

use axum::http::StatusCode;

pub(super) async fn get() -> StatusCode {
    StatusCode::NOT_FOUND
}
