//! `POST /sandbox/logout`: the client is told that a person has signed out, on the back channel.
//!
//! Their sessions here end first, as they do where a person signs out by themselves. The answer
//! says what the client said.

use axum::{
    extract::{Form, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use crate::{back_channel, provider::SharedProvider};

#[derive(Deserialize)]
pub(super) struct Wanted {
    email: String,
    /// One session of theirs, by its `sid`; empty for all.
    #[serde(default)]
    session: String,
    /// Instead of the registered address.
    #[serde(default)]
    url: String,
}

pub(super) async fn post(
    State(provider): State<SharedProvider>,
    Form(wanted): Form<Wanted>,
) -> Response {
    let registered = provider.options().back_channel_logout_uri.as_deref();
    let given = Some(wanted.url.as_str()).filter(|url| !url.is_empty());
    let Some(url) = given.or(registered) else {
        return (StatusCode::BAD_REQUEST, "No address is registered.\n").into_response();
    };
    let session = Some(wanted.session.as_str()).filter(|session| !session.is_empty());
    let token = match back_channel::logout_token(&provider, &wanted.email, session) {
        Ok(token) => token,
        Err(error) => return (StatusCode::NOT_FOUND, format!("{error}\n")).into_response(),
    };
    match (session, provider.find_person(Some(&wanted.email))) {
        (Some(session), _) => provider.end_session(session),
        (None, Some(person)) => provider.revoke_tokens_of(person),
        (None, None) => (),
    }
    match back_channel::send(url, &token).await {
        Ok(status) => format!("The client answered {status}.\n").into_response(),
        Err(error) => (StatusCode::BAD_GATEWAY, format!("{error}\n")).into_response(),
    }
}
