//! `GET /sandbox/log`: what was asked, oldest first.

use axum::{extract::State, response::Json};

use crate::{provider::SharedProvider, request_log::LogEntry};

pub(super) async fn get(State(provider): State<SharedProvider>) -> Json<Vec<LogEntry>> {
    Json(provider.log())
}
