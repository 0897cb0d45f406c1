//! `GET /sandbox`: the page to steer by.

use askama::Template;
use axum::{extract::State, response::Response};

use crate::{
    fault::Fault, person::Person, provider::SharedProvider, realm::Realm, request_log::LogEntry,
    routes::page::render, twist::Twist,
};

/// How many of the last requests are shown.
const SHOWN: usize = 30;

#[derive(Template)]
#[template(path = "steering.html")]
struct Overview<'a> {
    issuer: String,
    organization_id: &'a str,
    client_id: &'a str,
    registered: Option<&'a str>,
    people: Vec<Present<'a>>,
    twist: Option<Twist>,
    twists: &'a [Twist],
    faults: Vec<(String, Fault)>,
    kinds: &'a [Fault],
    requests: Vec<LogEntry>,
}

/// A person and their sessions.
struct Present<'a> {
    person: &'a Person,
    sessions: Vec<String>,
}

pub(super) async fn get(State(provider): State<SharedProvider>) -> Response {
    let options = provider.options();
    let people = options
        .people
        .iter()
        .map(|person| Present {
            person,
            sessions: provider.memory().sessions.of(person),
        })
        .collect();
    render(&Overview {
        issuer: provider.issuer(Realm::OpenId),
        organization_id: &options.organization_id,
        client_id: &options.client_id,
        registered: options.back_channel_logout_uri.as_deref(),
        people,
        twist: provider.twist(),
        twists: Twist::all(),
        faults: provider.faults(),
        kinds: Fault::all(),
        requests: provider.log().into_iter().rev().take(SHOWN).collect(),
    })
}
