//! Misbehaviour on request.
//!
//! A fault belongs to a path and takes the place of that path's answer until it is cleared. The
//! steering paths under `/sandbox` never misbehave, or a test could not undo what it did.

use std::{convert::Infallible, future::pending, time::Duration};

use axum::{
    body::{Body, Bytes},
    extract::{ConnectInfo, Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use futures_util::stream;
use serde::{Deserialize, Serialize};

use crate::{connection::Cord, provider::SharedProvider};

/// How long a slow answer takes.
const SLOWNESS: Duration = Duration::from_secs(2);

/// One way to misbehave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fault {
    /// The true answer, two seconds late.
    Slow,
    /// No answer, and the connection stays open.
    Hang,
    /// The connection is closed without a byte.
    Down,
    /// Status 500 with a page.
    #[serde(rename = "500")]
    ServerError,
    /// Status 200 with a page where JSON or a redirect belongs.
    Nonsense,
    /// Status 200 with a JSON body that does not end.
    Huge,
}

impl Fault {
    /// Every fault.
    pub fn all() -> &'static [Self] {
        &[
            Self::Slow,
            Self::Hang,
            Self::Down,
            Self::ServerError,
            Self::Nonsense,
            Self::Huge,
        ]
    }

    /// What it is called in JSON and on the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Slow => "slow",
            Self::Hang => "hang",
            Self::Down => "down",
            Self::ServerError => "500",
            Self::Nonsense => "nonsense",
            Self::Huge => "huge",
        }
    }
}

/// Answers in place of the route when its path has a fault.
pub(crate) async fn misbehave(
    State(provider): State<SharedProvider>,
    ConnectInfo(cord): ConnectInfo<Cord>,
    request: Request,
    next: Next,
) -> Response {
    match provider.fault_at(request.uri().path()) {
        None => next.run(request).await,
        Some(Fault::Slow) => {
            tokio::time::sleep(SLOWNESS).await;
            next.run(request).await
        }
        Some(Fault::Hang) => pending().await,
        Some(Fault::Down) => {
            cord.cut();
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
        Some(Fault::ServerError) => (
            StatusCode::INTERNAL_SERVER_ERROR,
            Html("<h1>Server error</h1>"),
        )
            .into_response(),
        Some(Fault::Nonsense) => Html("<h1>Down for maintenance</h1>").into_response(),
        Some(Fault::Huge) => endless(),
    }
}

fn endless() -> Response {
    let chunk = Bytes::from(vec![b'a'; 64 * 1024]);
    let chunks = stream::unfold(Bytes::from_static(b"{\"error\":\""), move |now| {
        let then = chunk.clone();
        async move { Some((Ok::<_, Infallible>(now), then)) }
    });
    (
        [(header::CONTENT_TYPE, "application/json")],
        Body::from_stream(chunks),
    )
        .into_response()
}
