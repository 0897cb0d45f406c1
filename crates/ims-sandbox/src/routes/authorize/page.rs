//! The page that asks who one is.

use askama::Template;
use axum::response::Response;

use super::request::Request;
use crate::{person::Person, provider::Provider, realm::Realm, routes::page::render};

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignIn<'a> {
    title: &'a str,
    people: &'a [Person],
    expected: Option<&'a str>,
    client_id: &'a str,
}

/// The form has no address of its own, so it is sent to that of the request, with its parameters.
pub(super) fn show(provider: &Provider, request: &Request) -> Response {
    render(&SignIn {
        title: match request.realm {
            Realm::Ims => "Sign in with Adobe ID",
            Realm::OpenId => "Sign in",
        },
        people: &provider.options().people,
        expected: request.login_hint.as_deref(),
        client_id: &provider.options().client_id,
    })
}
