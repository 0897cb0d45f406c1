//! The paths under `/sandbox`: JSON for programs, and forms for the page.
//!
//! A form is answered with the way back to the page, so that reloading it sends nothing again.

mod clock;
mod fault;
mod key;
mod log;
mod logout;
mod overview;
mod revoke;
mod twist;

use axum::{
    Router,
    response::Redirect,
    routing::{get, post, put},
};

use crate::provider::SharedProvider;

pub(super) fn router() -> Router<SharedProvider> {
    Router::new()
        .route("/sandbox", get(overview::get))
        .route(
            "/sandbox/fault",
            put(fault::put).delete(fault::delete).post(fault::post),
        )
        .route(
            "/sandbox/twist",
            get(twist::get).put(twist::put).post(twist::post),
        )
        .route("/sandbox/key", post(key::post))
        .route("/sandbox/clock", post(clock::post))
        .route("/sandbox/revoke", post(revoke::post))
        .route("/sandbox/logout", post(logout::post))
        .route("/sandbox/log", get(log::get))
}

fn back() -> Redirect {
    Redirect::to("/sandbox")
}
