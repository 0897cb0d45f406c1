//! Metrics for Prometheus, and whether this server is healthy, at an address of their own: nothing of
//! it can be asked for at the front door, whatever a request says about itself.

use crate::Door;
use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::session::KnownMode;
use service::app::App;
use service::metrics::{self, RequestLabel};
use service::node::Lease;
use std::time::Instant;
use tokio::net::TcpListener;

const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// The route of what has none.
const NO_ROUTE: &str = "none";

/// What the listener needs to know.
#[derive(Clone)]
struct Observed {
    app: App,
    lease: Lease,
}

/// Answers at `/metrics` and `/healthz` until it is dropped.
pub async fn serve_metrics(listener: TcpListener, app: App, lease: Lease) -> std::io::Result<()> {
    axum::serve(listener, metrics_router(app, lease)).await
}

/// Two addresses, and no route: those are the front door's alone.
fn metrics_router(app: App, lease: Lease) -> Router {
    Router::new()
        .fallback(answer)
        .with_state(Observed { app, lease })
}

async fn answer(State(observed): State<Observed>, method: Method, address: Uri) -> Response {
    match (method, address.path()) {
        (Method::GET, "/metrics") => read(&observed).await,
        (Method::GET, "/healthz") => is_healthy(&observed),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn read(observed: &Observed) -> Response {
    match metrics::read(&observed.app, observed.lease.known()).await {
        Ok(text) => ([(header::CONTENT_TYPE, CONTENT_TYPE)], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Healthy is who knows the mode: without it no session is honoured.
fn is_healthy(observed: &Observed) -> Response {
    match observed.lease.known() {
        KnownMode::Leased { .. } => (StatusCode::OK, "ok\n").into_response(),
        KnownMode::Unknown => (StatusCode::SERVICE_UNAVAILABLE, "no database\n").into_response(),
    }
}

/// Measures a request of the front door, by the pattern of its route.
pub(crate) async fn measure(State(door): State<Door>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = match *request.method() {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        _ => "other",
    };
    let pattern = request.extensions().get::<MatchedPath>();
    let route = pattern.map_or(NO_ROUTE, |pattern| pattern.as_str().trim_end_matches('/'));
    let route = route.to_owned();
    let response = next.run(request).await;
    let label = RequestLabel {
        route,
        method,
        status: response.status().as_u16(),
    };
    door.app.metrics().measure_request(&label, begun.elapsed());
    response
}

#[cfg(test)]
mod tests;
