//! The way to the provider: where the button "Sign In with Adobe ID" leads. Opening the address
//! sends the browser on; where something typed must survive, a form brings it here, and a page
//! leads on, since browsers do not let a form's answer send them to another site.

use super::{page, see_other, sign_in};
use crate::Door;
use crate::cookies::Cookie;
use crate::frame::Frame;
use crate::front::Front;
use crate::problem::Problem;
use crate::trouble::Trouble;
use crate::visitor::Visitor;
use askama::Template;
use axum::Form;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::identity::Action;
use secrecy::ExposeSecret;
use serde::Deserialize;
use service::provider;
use service::session::Current;
use service::sign_in::at_provider::{self, Beginning, Begun, Errand, ProviderRefused};

/// The value of `account` that asks the provider for another one.
const OTHER_ACCOUNT: &str = "other";

/// How a person wants to go.
#[derive(Default, Deserialize)]
pub(crate) struct Wish {
    /// Where the person wanted to go.
    #[serde(default)]
    back: String,
    /// What they had typed, sealed.
    #[serde(default)]
    kept: String,
    /// `other` to be asked for another account.
    #[serde(default)]
    account: String,
}

#[derive(Template)]
#[template(path = "pages/leave.html")]
struct LeavePage<'a> {
    frame: Frame<'a>,
    title: String,
    why: String,
    url: String,
}

pub(crate) async fn get(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    wish: Result<Query<Wish>, QueryRejection>,
) -> Result<Response, Problem> {
    // Where what was asked for cannot be read, a sign-in is still what was wanted.
    let wish = wish.map(|Query(wish)| wish).unwrap_or_default();
    let beginning = sign_in(&front, &visitor, wish);
    match at_provider::begin(&door.app, beginning).await? {
        Ok(begun) => {
            let mut response = see_other(&begun.url);
            keep(&mut response, &door, &begun);
            Ok(response)
        }
        Err(refused) => refuse(&front, &visitor, &door, &refused).await,
    }
}

pub(crate) async fn post(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    wish: Result<Form<Wish>, FormRejection>,
) -> Result<Response, Problem> {
    let Form(wish) = wish?;
    let beginning = sign_in(&front, &visitor, wish);
    leave(
        &front,
        &visitor,
        &door,
        Frame::new(&front, &visitor),
        beginning,
    )
    .await
}

/// Sends a person who is signed in to show once more who they are, before `action`. `kept` is what
/// they had typed, sealed.
pub(super) async fn confirm(
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    current: &Current,
    action: Action,
    kept: String,
) -> Result<Response, Problem> {
    let beginning = Beginning {
        errand: Errand::Confirm(action),
        current: Some(current),
        other_account: false,
        back: None,
        kept: Some(kept),
        browser: visitor.provider_cookie.clone(),
        ip: visitor.origin.ip.clone(),
    };
    let frame = Frame::signed_in(front, visitor, door, current).at(front.account());
    leave(front, visitor, door, frame, beginning).await
}

fn sign_in<'a>(front: &Front, visitor: &Visitor, wish: Wish) -> Beginning<'a> {
    Beginning {
        errand: Errand::SignIn,
        current: None,
        other_account: wish.account == OTHER_ACCOUNT,
        back: front.own_address(&wish.back),
        kept: (!wish.kept.is_empty()).then_some(wish.kept),
        browser: visitor.provider_cookie.clone(),
        ip: visitor.origin.ip.clone(),
    }
}

/// A page that leads on.
async fn leave(
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    frame: Frame<'_>,
    beginning: Beginning<'_>,
) -> Result<Response, Problem> {
    let errand = beginning.errand;
    let begun = match at_provider::begin(&door.app, beginning).await? {
        Ok(begun) => begun,
        Err(refused) => return refuse(front, visitor, door, &refused).await,
    };
    let template = LeavePage {
        title: frame.say(match errand {
            Errand::SignIn => "leave-title",
            Errand::Confirm(_) => "leave-title_confirm",
        }),
        why: why(&frame, errand, provider::name(&door.app).await?.as_deref()),
        url: begun.url.clone(),
        frame,
    };
    let mut response = page(StatusCode::OK, &template)?;
    keep(&mut response, door, &begun);
    Ok(response)
}

/// What the person is being led away for.
fn why(frame: &Frame<'_>, errand: Errand, provider: Option<&str>) -> String {
    match errand {
        Errand::SignIn => frame.tell_at(provider, "leave-why", "leave-why_at"),
        Errand::Confirm(_) => frame.tell_at(provider, "leave-confirm", "leave-confirm_at"),
    }
}

fn keep(response: &mut Response, door: &Door, begun: &Begun) {
    Cookie::Provider.set(response, begun.browser.expose_secret(), door.secure_cookies);
}

/// The sign-in page with what went wrong; nothing leads to a provider while there is none.
async fn refuse(
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    refused: &ProviderRefused,
) -> Result<Response, Problem> {
    if *refused == ProviderRefused::IntegrationIsOff {
        let trouble = Trouble::of(door, refused);
        return Ok(see_other(&trouble.address(door, &front.home())?));
    }
    tracing::warn!(code = refused.code(), %refused, "no way to the provider could be begun");
    let status = match refused {
        ProviderRefused::TooMany => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::SERVICE_UNAVAILABLE,
    };
    let trouble = Trouble::of(door, refused);
    sign_in::show_trouble(front, visitor, door, status, &trouble).await
}

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod words;
