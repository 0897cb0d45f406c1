//! The sign-in page of either mode, with what it has to say this time.

use crate::Door;
use crate::form_key::FormKey;
use crate::frame::Frame;
use crate::front::Front;
use crate::pages::page;
use crate::problem::Problem;
use crate::visitor::Visitor;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::sign_in_mode::SignInMode;

/// A longer user name is not shown again: no account has one, and the page must stay small.
const LONGEST_USERNAME_SHOWN: usize = 255;

/// What the page has to say.
#[derive(Clone, Copy, Default)]
pub(super) struct Message<'a> {
    pub(super) status: StatusCode,
    /// The key of a sentence.
    pub(super) notice: Option<&'static str>,
    pub(super) are_fields_wrong: bool,
    /// Whether nothing went wrong: the person is only asked to sign in first.
    pub(super) is_calm: bool,
    pub(super) username: &'a str,
    /// The puzzle for the form to bring back.
    pub(super) puzzle: Option<&'a str>,
    /// Where the person wanted to go; empty for the first page.
    pub(super) back: &'a str,
    /// What the person had typed, sealed; empty if nothing.
    pub(super) kept: &'a str,
}

#[derive(Template)]
#[template(path = "pages/sign_in.html")]
struct PasswordPage<'a> {
    frame: Frame<'a>,
    action: String,
    forgot_password: String,
    form_key: String,
    username: &'a str,
    puzzle: Option<&'a str>,
    back: &'a str,
    kept: &'a str,
    notice: Option<String>,
    is_refused: bool,
    are_fields_wrong: bool,
}

#[derive(Template)]
#[template(path = "pages/sign_in_with_adobe.html")]
struct AdobePage<'a> {
    frame: Frame<'a>,
    action: String,
    notice: Option<String>,
    is_refused: bool,
}

pub(super) fn show(
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    mode: SignInMode,
    message: &Message<'_>,
) -> Result<Response, Problem> {
    let status = message.status;
    let is_refused = status != StatusCode::OK && !message.is_calm;
    let frame = Frame::new(front, visitor);
    let notice = message.notice.map(|key| frame.say(key));
    if mode == SignInMode::AdobeIms {
        let template = AdobePage {
            frame,
            action: front.adobe_sign_in(),
            notice,
            is_refused,
        };
        return page(status, &template);
    }
    let key = FormKey::of(visitor)?;
    let is_short = message.username.len() <= LONGEST_USERNAME_SHOWN;
    let template = PasswordPage {
        frame,
        action: front.home(),
        forgot_password: front.forgot_password(),
        form_key: key.value(door),
        username: if is_short { message.username } else { "" },
        puzzle: message.puzzle,
        back: message.back,
        kept: message.kept,
        notice,
        is_refused,
        are_fields_wrong: message.are_fields_wrong,
    };
    let mut response = page(status, &template)?;
    key.keep(&mut response, door);
    Ok(response)
}
