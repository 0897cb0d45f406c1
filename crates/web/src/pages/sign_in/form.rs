//! The sign-in page of either mode, with what it has to say this time.

use crate::Door;
use crate::form_key::FormKey;
use crate::frame::Frame;
use crate::front::Front;
use crate::pages::{page, passkey};
use crate::problem::Problem;
use crate::trouble::Trouble;
use crate::visitor::Visitor;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::sign_in_mode::SignInMode;
use service::provider;
use service::words::Words;

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
    /// What the browser is to know of its passkeys.
    pub(super) signal: Option<&'a str>,
    /// What went wrong on the way to the provider.
    pub(super) trouble: Option<&'a Trouble>,
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
    passkey: Option<Passkey>,
    signal: Option<&'a str>,
    notice: Option<String>,
    is_refused: bool,
    are_fields_wrong: bool,
}

/// Where a passkey signs in, on the page that offers it.
struct Passkey {
    action: String,
    options: String,
}

#[derive(Template)]
#[template(path = "pages/sign_in_with_adobe.html")]
struct AdobePage<'a> {
    frame: Frame<'a>,
    title: String,
    submit: String,
    address: String,
    action: String,
    back: &'a str,
    kept: &'a str,
    other_account: Option<String>,
    code: Option<&'a str>,
    reason: Option<&'a str>,
    notice: Option<String>,
    is_refused: bool,
}

pub(super) async fn show(
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    mode: SignInMode,
    message: &Message<'_>,
) -> Result<Response, Problem> {
    let status = message.status;
    let is_refused = status != StatusCode::OK && !message.is_calm;
    let frame = Frame::new(front, visitor);
    let trouble = message.trouble.map(Trouble::sentence);
    let notice = trouble.or(message.notice);
    if mode == SignInMode::AdobeIms {
        let provider = provider::name(&door.app).await?;
        return show_provider(front, frame, message, notice, is_refused, provider);
    }
    let notice = notice.map(|key| frame.say(key));
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
        passkey: passkey::is_offered(visitor, door).await?.then(|| Passkey {
            action: front.passkey(),
            options: front.passkey_options(),
        }),
        signal: message.signal,
        notice,
        is_refused,
        are_fields_wrong: message.are_fields_wrong,
    };
    let mut response = page(status, &template)?;
    key.keep(&mut response, door);
    Ok(response)
}

/// A sentence of the page; the one that names the provider with what it is called.
pub(in crate::pages) fn sentence(words: Words, key: &str, provider: Option<&str>) -> String {
    match (key, provider) {
        ("adobe_sign_in-use", Some(name)) => {
            words.tell("adobe_sign_in-use_at", &[("provider", name.into())])
        }
        _ => words.say(key),
    }
}

fn show_provider(
    front: &Front,
    frame: Frame<'_>,
    message: &Message<'_>,
    notice: Option<&str>,
    is_refused: bool,
    provider: Option<String>,
) -> Result<Response, Problem> {
    let trouble = message.trouble;
    let is_refused = is_refused || trouble.is_some();
    let provider = provider.as_deref();
    let submit = frame.tell_at(provider, "adobe_sign_in-submit", "adobe_sign_in-submit_at");
    let title = frame.tell_at(provider, "adobe_sign_in-title", "adobe_sign_in-submit_at");
    let other_account = trouble.is_some_and(|trouble| trouble.other_account);
    let template = AdobePage {
        title: frame.mark(title, is_refused),
        submit,
        address: match message.back {
            "" => front.adobe_sign_in(),
            back => front.adobe_sign_in_with("back", back),
        },
        action: front.adobe_sign_in(),
        back: message.back,
        kept: message.kept,
        other_account: other_account.then(|| front.adobe_sign_in_with("account", "other")),
        code: trouble.map(Trouble::code),
        reason: trouble.and_then(|trouble| trouble.reason.as_deref()),
        notice: notice.map(|key| sentence(frame.words(), key, provider)),
        is_refused,
        frame,
    };
    page(message.status, &template)
}
