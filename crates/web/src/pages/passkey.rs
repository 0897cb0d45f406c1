//! Signing in with a passkey and no password, from the sign-in page: by the browser's autofill, or
//! with a button. Only scripts can ask a browser for one; what they ask is fetched when they do.

use super::second_factor::key_options;
use super::second_factor::refusal::of_ceremony;
use super::second_factor::signal::of_forgotten;
use super::{account, enter, secret, sign_in};
use crate::Door;
use crate::form_key;
use crate::front::Front;
use crate::problem::Problem;
use crate::visitor::Visitor;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::StatusCode;
use axum::response::Response;
use domain::audit::Door as AuditDoor;
use domain::sign_in_mode::SignInMode;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use service::second_factor::passkey::{self, Attempt, PasskeyRefused};
use service::second_factor::security_key;
use service::session;
use service::sign_in::password::SignInRefused;
use sign_in::Again;
use subtle::ConstantTimeEq;

/// The code of a passkey that nobody here has.
const UNKNOWN: &str = "key.unknown";

#[derive(Deserialize)]
pub(crate) struct OptionsForm {
    #[serde(default)]
    form_key: String,
}

#[derive(Deserialize)]
pub(crate) struct PasskeyForm {
    #[serde(default)]
    form_key: String,
    #[serde(default, deserialize_with = "secret")]
    ticket: SecretString,
    #[serde(default, deserialize_with = "secret")]
    answer: SecretString,
    /// Where the person wanted to go.
    #[serde(default)]
    back: String,
    /// What the person had typed when their session was found to be over.
    #[serde(default)]
    kept: String,
}

/// Whether the sign-in page offers it: where the shop takes passkeys, and at the address that they
/// are bound to.
pub(super) async fn is_offered(visitor: &Visitor, door: &Door) -> Result<bool, Problem> {
    Ok(passkey::is_offered(&door.app).await?
        && security_key::is_usable_at(&door.app, &visitor.host).await?)
}

/// What the browser is to ask for.
pub(crate) async fn options(
    _front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    form: Result<Form<OptionsForm>, FormRejection>,
) -> Result<Response, Problem> {
    let Form(form) = form?;
    let Some(cookie) = own_cookie(&visitor, &door, &form.form_key) else {
        return Ok(key_options::refuse(PasskeyRefused::Stale.code()));
    };
    match passkey::begin(&door.app).await? {
        Ok(begun) => {
            let ticket = bind(&door, cookie, begun.ticket.expose_secret());
            key_options::give(&begun.options, Some(ticket.expose_secret()))
        }
        Err(refused) => Ok(key_options::refuse(refused.code())),
    }
}

pub(crate) async fn post(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    form: Result<Form<PasskeyForm>, FormRejection>,
) -> Result<Response, Problem> {
    let Form(form) = form?;
    let again = Again {
        back: &form.back,
        kept: &form.kept,
        signal: None,
    };
    let cookie = own_cookie(&visitor, &door, &form.form_key);
    let Some(ticket) = cookie.and_then(|cookie| bound(&door, cookie, &form.ticket)) else {
        let refused = PasskeyRefused::Stale;
        return refuse(&front, &visitor, &door, &refused, again).await;
    };
    let attempt = Attempt {
        ticket,
        answer: form.answer,
        door: AuditDoor::Page,
        ip: visitor.origin.ip.clone(),
        browser: visitor.browser_id.clone(),
    };
    match passkey::sign_in(&door.app, &attempt).await? {
        Ok(entered) => {
            let verified = entered.verified;
            let back = account::resume_address(&front, &door, verified.admin.id, &form.kept)
                .or_else(|| front.own_address(&form.back));
            enter::enter(&front, &visitor, &door, &verified, back).await
        }
        Err(refused) => {
            let signal = signal(&door, &refused, &attempt.answer).await?;
            let signal = signal.as_deref();
            refuse(&front, &visitor, &door, &refused, Again { signal, ..again }).await
        }
    }
}

/// What the browser is to know of a passkey that was refused.
async fn signal(
    door: &Door,
    refused: &PasskeyRefused,
    answer: &SecretString,
) -> Result<Option<String>, Problem> {
    if *refused != PasskeyRefused::Key(UNKNOWN) {
        return Ok(None);
    }
    let forgotten = security_key::forgotten(&door.app, answer).await?;
    Ok(forgotten.as_ref().map(of_forgotten))
}

/// The cookie that the sign-in page's key belongs to. Unlike a password, a passkey is shown by
/// browsers alone, so that there is always one.
fn own_cookie<'v>(visitor: &'v Visitor, door: &Door, key: &str) -> Option<&'v SecretString> {
    let cookie = visitor.form_cookie.as_ref()?;
    form_key::is_of(door, cookie, key).then_some(cookie)
}

/// A ticket for this browser alone. It stands in the page and not in a cookie of its own, so that
/// every tab has one.
fn bind(door: &Door, cookie: &SecretString, ticket: &str) -> SecretString {
    SecretString::from(format!("{ticket} {}", seal(door, cookie, ticket)))
}

/// The ticket that was bound so, if it was made for this browser.
fn bound(door: &Door, cookie: &SecretString, ticket: &SecretString) -> Option<SecretString> {
    let (ticket, sent) = ticket.expose_secret().rsplit_once(' ')?;
    let expected = seal(door, cookie, ticket);
    let is_own: bool = expected.as_bytes().ct_eq(sent.as_bytes()).into();
    is_own.then(|| SecretString::from(ticket))
}

fn seal(door: &Door, cookie: &SecretString, ticket: &str) -> String {
    let both = format!("passkey {ticket} {}", cookie.expose_secret());
    session::form_token(&door.app, &SecretString::from(both))
}

/// The sign-in page once more: the password is another way.
async fn refuse(
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    refused: &PasskeyRefused,
    again: Again<'_>,
) -> Result<Response, Problem> {
    let (status, notice) = match refused {
        _ if door.mode()? == SignInMode::AdobeIms => (StatusCode::FORBIDDEN, "adobe_sign_in-use"),
        PasskeyRefused::SignIn(SignInRefused::IntegrationIsOn) => {
            (StatusCode::FORBIDDEN, "adobe_sign_in-use")
        }
        PasskeyRefused::Stale => (StatusCode::FORBIDDEN, "page-stale"),
        PasskeyRefused::NotOffered => (StatusCode::FORBIDDEN, "passkey-not_offered"),
        PasskeyRefused::ClonedKey => (StatusCode::UNAUTHORIZED, "key-cloned"),
        PasskeyRefused::Key(UNKNOWN) => (StatusCode::UNAUTHORIZED, "passkey-unknown"),
        PasskeyRefused::Key(code) => {
            let notice = of_ceremony(code).unwrap_or("passkey-refused");
            (StatusCode::UNAUTHORIZED, notice)
        }
        PasskeyRefused::SignIn(SignInRefused::NoRole) => (StatusCode::FORBIDDEN, "sign_in-no_role"),
        PasskeyRefused::SignIn(_) => (StatusCode::UNAUTHORIZED, "sign_in-bad_credentials"),
    };
    sign_in::show_again(front, visitor, door, (status, notice), again).await
}

#[cfg(test)]
mod tests;
