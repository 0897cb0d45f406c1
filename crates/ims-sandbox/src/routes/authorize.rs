//! `GET /ims/authorize/v2`: where a sign-in begins.
//!
//! Nobody is asked anything: the person named by `login_hint`, or else the first one, signs in at
//! once. An unknown client is never sent back to the address it asked for.

use axum::{
    extract::{Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use url::Url;

use super::refuse;
use crate::provider::SharedProvider;

#[derive(Deserialize)]
pub(super) struct Parameters {
    client_id: Option<String>,
    redirect_uri: Option<String>,
    state: Option<String>,
    login_hint: Option<String>,
}

pub(super) async fn get(
    State(provider): State<SharedProvider>,
    Query(asked): Query<Parameters>,
) -> Response {
    if !asked
        .client_id
        .is_some_and(|client_id| provider.knows_client(&client_id))
    {
        return found("/ims/denied?error=invalid_client");
    }
    let Some(mut landing) = asked
        .redirect_uri
        .as_deref()
        .and_then(|redirect_uri| Url::parse(provider.landing(redirect_uri)).ok())
    else {
        return refuse(
            StatusCode::BAD_REQUEST,
            "invalid_request",
            "redirect_uri is not a URI",
        );
    };
    let outcome = match provider.find_person(asked.login_hint.as_deref()) {
        None => ("error", "access_denied".to_owned()),
        Some(person) => match provider.issue_code(person) {
            Ok(code) => ("code", code),
            Err(_) => ("error", "server_error".to_owned()),
        },
    };
    landing.query_pairs_mut().append_pair(outcome.0, &outcome.1);
    if let Some(state) = asked.state {
        landing.query_pairs_mut().append_pair("state", &state);
    }
    found(landing.as_str())
}

fn found(location: &str) -> Response {
    (StatusCode::FOUND, [(header::LOCATION, location)]).into_response()
}
