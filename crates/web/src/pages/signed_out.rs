//! Tells who has signed out where they have: here, or at the provider as well. What it says comes
//! in the address, signed, so that no link can tell of a sign-out that never was.

use super::{page, see_other};
use crate::Door;
use crate::frame::Frame;
use crate::front::Front;
use crate::problem::Problem;
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::SignedDuration;
use serde::Deserialize;
use service::provider;
use service::session::sign_out::WhyHereOnly;

/// How long an address tells it: as long as somebody may be at the provider.
const LIFETIME: SignedDuration = SignedDuration::from_mins(10);

/// What people call the provider that is not named by its host.
const ADOBE: &str = "Adobe";

/// Where somebody is signed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// Here and at the provider.
    Both,
    /// Here.
    HereOnly(WhyHereOnly),
}

impl Extent {
    const ALL: [Self; 4] = [
        Self::Both,
        Self::HereOnly(WhyHereOnly::Outage),
        Self::HereOnly(WhyHereOnly::Refused),
        Self::HereOnly(WhyHereOnly::NotOffered),
    ];

    /// The word for it in an address.
    fn code(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::HereOnly(WhyHereOnly::Outage) => "outage",
            Self::HereOnly(WhyHereOnly::Refused) => "refused",
            Self::HereOnly(WhyHereOnly::NotOffered) => "none",
        }
    }

    fn sentence(self) -> &'static str {
        match self {
            Self::Both => "signed_out-both",
            Self::HereOnly(WhyHereOnly::Outage) => "signed_out-outage",
            Self::HereOnly(WhyHereOnly::Refused) => "signed_out-refused",
            Self::HereOnly(WhyHereOnly::NotOffered) => "signed_out-not_offered",
        }
    }
}

#[derive(Deserialize)]
pub(crate) struct SignedOutQuery {
    #[serde(default)]
    state: String,
}

#[derive(Template)]
#[template(path = "pages/signed_out.html")]
struct SignedOutPage<'a> {
    frame: Frame<'a>,
    sentence: String,
    provider: String,
    is_here_only: bool,
    home: String,
}

/// Who is signed in, or comes by a link that says nothing, is led to the first page.
pub(crate) async fn get(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    query: Result<Query<SignedOutQuery>, QueryRejection>,
) -> Result<Response, Problem> {
    let extent = query.map(|Query(query)| read(&door, &query.state));
    let Ok(Some(extent)) = extent else {
        return Ok(see_other(&front.home()));
    };
    if visitor.current(&door).await?.is_some() {
        return Ok(see_other(&front.home()));
    }
    let frame = Frame::new(&front, &visitor);
    let provider = provider_name(&door).await?;
    let template = SignedOutPage {
        sentence: frame.tell(extent.sentence(), "provider", provider.as_str()),
        provider,
        is_here_only: extent != Extent::Both,
        home: front.home(),
        frame,
    };
    page(StatusCode::OK, &template)
}

/// What the provider is called on the page.
pub(super) async fn provider_name(door: &Door) -> Result<String, Problem> {
    let name = provider::name(&door.app).await?;
    Ok(name.unwrap_or_else(|| ADOBE.to_owned()))
}

/// The address of the page that tells what a state says.
pub(super) fn address(front: &Front, state: &str) -> String {
    format!("{}?state={state}", front.signed_out())
}

/// What says it, for ten minutes.
pub(super) fn state(door: &Door, extent: Extent) -> String {
    let text = format!("{}.{}", extent.code(), door.app.now().as_second());
    let digest = door.app.keyring().keyed_digest(signed(&text).as_bytes());
    format!("{text}.{digest}")
}

/// Reads [`state`] back.
fn read(door: &Door, state: &str) -> Option<Extent> {
    let (text, digest) = state.rsplit_once('.')?;
    let keyring = door.app.keyring();
    if !keyring.is_keyed_digest(digest, signed(text).as_bytes()) {
        return None;
    }
    let (code, second) = text.split_once('.')?;
    let age = door
        .app
        .now()
        .as_second()
        .checked_sub(second.parse().ok()?)?;
    let is_fresh = (0..=LIFETIME.as_secs()).contains(&age);
    Extent::ALL
        .into_iter()
        .find(|extent| is_fresh && extent.code() == code)
}

fn signed(text: &str) -> String {
    format!("signed out:{text}")
}

#[cfg(test)]
mod tests;
