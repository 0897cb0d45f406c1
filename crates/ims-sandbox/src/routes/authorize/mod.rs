//! `GET /ims/authorize/v2`, `GET /oidc/authorize`: where a sign-in begins; `POST` is what the page
//! sends that asks who one is.
//!
//! Unless the stand-in is to ask, nobody is asked anything: the person named by `login_hint`, or
//! else the first one, signs in at once. An unknown client is never sent back to the address it
//! asked for.

mod callback;
pub(super) mod cookie;
mod decision;
mod page;
mod request;

use axum::{
    extract::{Extension, Form, OriginalUri, Query, State},
    http::{HeaderMap, StatusCode, Uri},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use self::{
    callback::Way,
    decision::{Decision, decide},
    request::{Parameters, Request},
};
use super::found;
use crate::{
    browser_session::BrowserSession, grant::Grant, provider::SharedProvider, realm::Realm,
    twist::Twist,
};

/// Where IMS asks who one is; an OpenID provider does so where the request came to.
pub(super) const IMS_PAGE: &str = "/ims/sign_in";

pub(super) async fn get(
    State(provider): State<SharedProvider>,
    Extension(realm): Extension<Realm>,
    OriginalUri(address): OriginalUri,
    headers: HeaderMap,
    Query(asked): Query<Parameters>,
) -> Response {
    let request = match Request::read(&provider, realm, asked) {
        Ok(request) => request,
        Err(refusal) => return *refusal,
    };
    let way = Way::Get;
    if let Some(error) = request.error() {
        return callback::refuse(&provider, &request, way, error);
    }
    let session = cookie::find(&provider, &headers);
    match decide(&provider, &request, session) {
        Decision::Ask => ask(&provider, &request, &address),
        Decision::Refuse(error) => callback::refuse(&provider, &request, way, error),
        Decision::GoOn(session) => go_on(&provider, &request, way, *session, None),
        Decision::SignIn(person) => match provider.open_session(&person) {
            Ok((session, cookie)) => go_on(&provider, &request, way, session, Some(cookie)),
            Err(_) => callback::refuse(&provider, &request, way, "server_error"),
        },
    }
}

/// IMS sends the browser on to its sign-in page, by which a client sees that it is known.
fn ask(provider: &SharedProvider, request: &Request, address: &Uri) -> Response {
    match (request.realm, address.path(), address.query()) {
        (Realm::Ims, path, Some(query)) if path != IMS_PAGE => {
            found(&format!("{IMS_PAGE}?{query}"))
        }
        _ => page::show(provider, request),
    }
}

/// What somebody pressed on the page: a person, or that they do not want to.
#[derive(Deserialize)]
pub(super) struct Answer {
    person: Option<String>,
}

pub(super) async fn post(
    State(provider): State<SharedProvider>,
    Extension(realm): Extension<Realm>,
    Query(asked): Query<Parameters>,
    Form(answer): Form<Answer>,
) -> Response {
    let request = match Request::read(&provider, realm, asked) {
        Ok(request) => request,
        Err(refusal) => return *refusal,
    };
    let way = Way::Post;
    if let Some(error) = request.error() {
        return callback::refuse(&provider, &request, way, error);
    }
    let Some(email) = answer.person else {
        return callback::refuse(&provider, &request, way, "access_denied");
    };
    let Some(person) = provider.find_person(Some(&email)) else {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    };
    match provider.open_session(person) {
        Ok((session, cookie)) => go_on(&provider, &request, way, session, Some(cookie)),
        Err(_) => callback::refuse(&provider, &request, way, "server_error"),
    }
}

/// Back to the client with a code, and the browser remembers a new session.
fn go_on(
    provider: &SharedProvider,
    request: &Request,
    way: Way,
    session: BrowserSession,
    cookie: Option<String>,
) -> Response {
    let person = match provider.twist() {
        Some(Twist::OtherPerson) => provider.find_other_person(&session.person),
        _ => session.person,
    };
    let issued = provider.issue_code(Grant {
        realm: request.realm,
        person,
        session: session.id,
        authenticated_at: session.authenticated_at,
        redirect_uri: request.redirect_uri.clone(),
        scope: request.scope.clone(),
        nonce: request.nonce.clone(),
        challenge: request.challenge.clone(),
    });
    let response = match issued {
        Ok(code) => callback::send_code(provider, request, way, code),
        Err(_) => callback::refuse(provider, request, way, "server_error"),
    };
    match cookie {
        Some(cookie) => (cookie::set(provider, &cookie), response).into_response(),
        None => response,
    }
}
