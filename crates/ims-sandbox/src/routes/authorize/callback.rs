//! The way back to the client.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use super::request::Request;
use crate::{provider::Provider, realm::Realm, twist};

/// How the request came; a form must not be sent on to the client (RFC 9700, section 4.12).
#[derive(Clone, Copy)]
pub(super) enum Way {
    Get,
    Post,
}

pub(super) fn send_code(
    provider: &Provider,
    request: &Request,
    way: Way,
    code: String,
) -> Response {
    send(provider, request, way, ("code", code))
}

pub(super) fn refuse(
    provider: &Provider,
    request: &Request,
    way: Way,
    error: &'static str,
) -> Response {
    send(provider, request, way, ("error", error.to_owned()))
}

fn send(
    provider: &Provider,
    request: &Request,
    way: Way,
    outcome: (&'static str, String),
) -> Response {
    let mut parameters = vec![outcome];
    if let Some(state) = &request.state {
        parameters.push(("state", state.clone()));
    }
    if request.realm == Realm::OpenId {
        // RFC 9207; IMS does not name itself.
        parameters.push(("iss", provider.issuer(request.realm)));
    }
    if let Some(twist) = provider.twist() {
        twist::callback(twist, &mut parameters);
    }
    let mut landing = request.landing.clone();
    landing.query_pairs_mut().extend_pairs(parameters);
    let status = match way {
        Way::Get => StatusCode::FOUND,
        Way::Post => StatusCode::SEE_OTHER,
    };
    (status, [(header::LOCATION, String::from(landing))]).into_response()
}
