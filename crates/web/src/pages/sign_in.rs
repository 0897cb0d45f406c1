//! The front name's own address: the sign-in page for who is signed out, and otherwise the page
//! that says who is signed in. Which form is shown follows the mode; what is accepted is decided
//! by the use case, which reads the mode itself.

mod form;

use super::{account, enter, home, no_permission, second_factor, secret};
use crate::Door;
use crate::detour::Detour;
use crate::form_key;
use crate::front::Front;
use crate::member::{self, Purpose};
use crate::problem::Problem;
use crate::trouble::Trouble;
use crate::visitor::Visitor;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::audit::Door as AuditDoor;
use domain::puzzle::Answer;
use domain::session::EndReason;
use domain::sign_in_mode::SignInMode;
pub(super) use form::sentence;
use form::{Message, show};
use secrecy::SecretString;
use serde::Deserialize;
use service::sign_in::password::{self, Attempt, SignInRefused};

/// The query of the page after signing out.
pub(super) const SIGNED_OUT_QUERY: &str = "signed_out";

/// The query of the page after setting a password with a mailed link.
pub(super) const PASSWORD_SET_QUERY: &str = "password_set";

/// The query of the page after asking for a link to set a password.
pub(super) const LINK_REQUESTED_QUERY: &str = "link_requested";

#[derive(Deserialize)]
pub(crate) struct SignInForm {
    #[serde(rename = "login[username]", default)]
    username: String,
    #[serde(rename = "login[password]", default, deserialize_with = "secret")]
    password: SecretString,
    #[serde(default)]
    form_key: String,
    #[serde(default)]
    puzzle: String,
    #[serde(default)]
    solution: String,
    /// Where the person wanted to go.
    #[serde(default)]
    back: String,
    /// What the person had typed when their session was found to be over.
    #[serde(default)]
    kept: String,
}

pub(crate) async fn get(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    RawQuery(query): RawQuery,
) -> Result<Response, Detour> {
    let mode = door.mode()?;
    if let Some(current) = visitor.current(&door).await? {
        let current = member::admit(&front, &visitor, &door, current, Purpose::Any).await?;
        return Ok(home::show(&front, &visitor, &door, &current, query.as_deref()).await?);
    }
    if let Some(trouble) = Trouble::of_query(&door, query.as_deref()) {
        return Ok(show_trouble(&front, &visitor, &door, StatusCode::OK, &trouble).await?);
    }
    let notice = match query.as_deref() {
        Some(SIGNED_OUT_QUERY) => Some("sign_out-done"),
        Some(LINK_REQUESTED_QUERY) => Some("forgot_password-done"),
        Some(PASSWORD_SET_QUERY) => Some("reset_password-done"),
        _ => visitor.why_ended(&door).await?.map(session_ended),
    };
    let message = Message {
        notice,
        ..Message::default()
    };
    Ok(show(&front, &visitor, &door, mode, &message).await?)
}

pub(crate) async fn post(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    form: Result<Form<SignInForm>, FormRejection>,
) -> Result<Response, Problem> {
    let Form(form) = form?;
    let message = Message {
        username: &form.username,
        back: &form.back,
        kept: &form.kept,
        ..Message::default()
    };
    if !form_key::is_of_visitor(&door, &visitor, &form.form_key) {
        let message = Message {
            status: StatusCode::FORBIDDEN,
            notice: Some("page-stale"),
            ..message
        };
        return show(&front, &visitor, &door, door.mode()?, &message).await;
    }
    let attempt = Attempt {
        username: form.username.clone(),
        password: form.password,
        door: AuditDoor::Page,
        ip: visitor.origin.ip.clone(),
        browser: visitor.browser_id.clone(),
        answer: (!form.puzzle.is_empty()).then_some(Answer {
            puzzle: form.puzzle,
            solution: form.solution,
        }),
    };
    match password::check(&door.app, attempt).await? {
        Ok(verified) => {
            let back = account::resume_address(&front, &door, verified.admin.id, &form.kept)
                .or_else(|| front.own_address(&form.back));
            enter::enter(&front, &visitor, &door, &verified, back).await
        }
        Err(SignInRefused::FactorNeeded(pending)) => {
            let back = front.own_address(&form.back);
            second_factor::ask(&front, &door, &pending, back, &form.kept).await
        }
        Err(refused) => refuse(&front, &visitor, &door, &refused, message).await,
    }
}

/// The sign-in page in place of one that is for who is signed in. It leads back to it, and takes
/// along what was `kept` of a form.
pub(crate) async fn ask(
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    kept: Option<String>,
) -> Result<Response, Problem> {
    let reason = visitor.why_ended(door).await?.map(session_ended);
    let message = Message {
        status: StatusCode::UNAUTHORIZED,
        is_calm: true,
        notice: Some(match (&kept, reason) {
            (Some(_), _) => "sign_in-kept",
            (None, Some(reason)) => reason,
            (None, None) => "sign_in-needed",
        }),
        back: visitor.page.as_deref().unwrap_or_default(),
        kept: kept.as_deref().unwrap_or_default(),
        ..Message::default()
    };
    show(front, visitor, door, door.mode()?, &message).await
}

/// What the sign-in page takes along when it is shown once more.
pub(super) struct Again<'a> {
    /// Where the person wanted to go.
    pub(super) back: &'a str,
    /// What the person had typed before, sealed.
    pub(super) kept: &'a str,
    /// What the browser is to know of its passkeys.
    pub(super) signal: Option<&'a str>,
}

/// The sign-in page of the mode that holds, with why another way than a password was refused.
pub(super) async fn show_again(
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    (status, notice): (StatusCode, &'static str),
    again: Again<'_>,
) -> Result<Response, Problem> {
    let message = Message {
        status,
        notice: Some(notice),
        back: again.back,
        kept: again.kept,
        signal: again.signal,
        ..Message::default()
    };
    show(front, visitor, door, door.mode()?, &message).await
}

/// The sign-in page of the mode that holds, with a refusal that is not about what was typed.
pub(super) async fn show_refusal(
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    status: StatusCode,
    notice: &'static str,
) -> Result<Response, Problem> {
    let message = Message {
        status,
        notice: Some(notice),
        ..Message::default()
    };
    show(front, visitor, door, door.mode()?, &message).await
}

/// The sign-in page of the mode that holds, with what went wrong on the way to the provider.
pub(super) async fn show_trouble(
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    status: StatusCode,
    trouble: &Trouble,
) -> Result<Response, Problem> {
    let message = Message {
        status,
        trouble: Some(trouble),
        ..Message::default()
    };
    show(front, visitor, door, door.mode()?, &message).await
}

/// The page once more. Where the next attempt needs a puzzle the form carries it from the start.
async fn refuse(
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    refused: &SignInRefused,
    message: Message<'_>,
) -> Result<Response, Problem> {
    let (mode, status, notice) = match refused {
        SignInRefused::NoRole => {
            return no_permission::refuse(front, visitor, message.username);
        }
        SignInRefused::BadCredentials => (
            SignInMode::Commerce,
            StatusCode::UNAUTHORIZED,
            "sign_in-bad_credentials",
        ),
        SignInRefused::PuzzleNeeded(_) => (
            SignInMode::Commerce,
            StatusCode::TOO_MANY_REQUESTS,
            "puzzle-needed",
        ),
        SignInRefused::IntegrationIsOn => (
            SignInMode::AdobeIms,
            StatusCode::FORBIDDEN,
            "adobe_sign_in-use",
        ),
        // Led on before; whoever comes here all the same is not let in.
        SignInRefused::FactorNeeded(_) => (
            SignInMode::Commerce,
            StatusCode::UNAUTHORIZED,
            "sign_in-needed",
        ),
    };
    let foreseen;
    let challenge = match refused {
        SignInRefused::PuzzleNeeded(challenge) => Some(challenge),
        SignInRefused::BadCredentials => {
            let (name, ip) = (message.username, &visitor.origin.ip);
            foreseen = password::foresee_puzzle(&door.app, name, ip).await?;
            foreseen.as_ref()
        }
        _ => None,
    };
    let message = Message {
        status,
        notice: Some(notice),
        are_fields_wrong: status == StatusCode::UNAUTHORIZED,
        puzzle: challenge.map(|challenge| challenge.puzzle.as_str()),
        ..message
    };
    show(front, visitor, door, mode, &message).await
}

/// Why the session that the browser still has a cookie of is over.
fn session_ended(reason: EndReason) -> &'static str {
    match reason {
        EndReason::SignedInElsewhere => "session_ended-signed_in_elsewhere",
        EndReason::EndedByOwner => "session_ended-by_owner",
        EndReason::EndedByOperator => "session_ended-by_operator",
        EndReason::PasswordChanged => "session_ended-password_changed",
        EndReason::AccountDisabled => "session_ended-account_disabled",
        EndReason::RevokedByProvider => "session_ended-revoked_by_provider",
        EndReason::ProviderUnreachable => "session_ended-provider_unreachable",
        EndReason::SignedOutAtProvider => "session_ended-signed_out_at_provider",
        EndReason::SecondFactorNeeded => "session_ended-second_factor_needed",
        EndReason::SecondFactorChanged => "session_ended-second_factor_changed",
        EndReason::Expired => "session_ended-expired",
    }
}

#[cfg(test)]
mod tests;
