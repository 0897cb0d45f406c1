//! The authorization request: what it asks for and where it may be answered.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use url::Url;

use crate::{
    provider::Provider,
    realm::Realm,
    routes::{found, refuse},
};

/// The parameters as they come. One that comes twice is refused.
#[derive(Deserialize)]
pub(in crate::routes) struct Parameters {
    client_id: Option<String>,
    redirect_uri: Option<String>,
    response_type: Option<String>,
    #[serde(default)]
    scope: String,
    state: Option<String>,
    nonce: Option<String>,
    login_hint: Option<String>,
    prompt: Option<String>,
    max_age: Option<i64>,
    reauth: Option<String>,
    code_challenge: Option<String>,
    code_challenge_method: Option<String>,
}

/// A request of the known client, with a place to answer it.
pub(super) struct Request {
    pub(super) realm: Realm,
    pub(super) landing: Url,
    pub(super) redirect_uri: String,
    pub(super) scope: String,
    pub(super) state: Option<String>,
    pub(super) nonce: Option<String>,
    pub(super) challenge: Option<String>,
    pub(super) login_hint: Option<String>,
    /// Nobody may be asked anything.
    pub(super) silent: bool,
    /// The person is to prove anew who they are.
    pub(super) anew: bool,
    /// In seconds, how long ago they may have done so.
    pub(super) max_age: Option<i64>,
    response_type: Option<String>,
    challenge_method: Option<String>,
}

impl Request {
    /// The request, or the answer where it may not be sent back.
    pub(super) fn read(
        provider: &Provider,
        realm: Realm,
        asked: Parameters,
    ) -> Result<Self, Box<Response>> {
        if !asked
            .client_id
            .is_some_and(|client_id| provider.knows_client(&client_id))
        {
            return Err(Box::new(unknown_client(realm)));
        }
        let redirect_uri = asked.redirect_uri.unwrap_or_default();
        let landing = provider
            .landing(realm, &redirect_uri)
            .and_then(|landing| Url::parse(landing).ok())
            .ok_or_else(|| Box::new(no_landing()))?;
        let prompt = asked.prompt.unwrap_or_default();
        let prompted = |wanted: &str| prompt.split(' ').any(|word| word == wanted);
        Ok(Self {
            realm,
            landing,
            silent: prompted("none"),
            anew: prompted("login")
                || prompted("select_account")
                || asked.reauth.as_deref() == Some("check"),
            redirect_uri,
            scope: asked.scope,
            state: asked.state,
            nonce: asked.nonce,
            challenge: asked.code_challenge,
            login_hint: asked.login_hint.filter(|hint| !hint.is_empty()),
            max_age: asked.max_age,
            response_type: asked.response_type,
            challenge_method: asked.code_challenge_method,
        })
    }

    /// What is wrong with it, as the client is told. IMS takes a request without response type.
    pub(super) fn error(&self) -> Option<&'static str> {
        match self.response_type.as_deref() {
            Some("code") => (),
            None if self.realm == Realm::Ims => (),
            None => return Some("invalid_request"),
            Some(_) => return Some("unsupported_response_type"),
        }
        let method = self.challenge_method.as_deref();
        let challenged = match &self.challenge {
            None => method.is_none(),
            Some(challenge) => method == Some("S256") && challenge.len() == 43,
        };
        if !challenged || (self.silent && self.anew) {
            return Some("invalid_request");
        }
        None
    }
}

fn unknown_client(realm: Realm) -> Response {
    match realm {
        Realm::Ims => found("/ims/denied?error=invalid_client"),
        Realm::OpenId => refuse(
            StatusCode::BAD_REQUEST,
            "invalid_request",
            "the client is not known",
        ),
    }
}

fn no_landing() -> Response {
    refuse(
        StatusCode::BAD_REQUEST,
        "invalid_request",
        "redirect_uri is not a URI or not registered",
    )
    .into_response()
}
