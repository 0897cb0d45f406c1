//! `GET /ims/denied`: where a request ends that may not be sent back to the address it asked for.

use axum::http::StatusCode;

pub(super) async fn get() -> (StatusCode, &'static str) {
    (
        StatusCode::BAD_REQUEST,
        "The sandbox does not know the client of this request.\n",
    )
}
