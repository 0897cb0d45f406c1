//! One's own account: names, address, user name, language, password. Before anything is changed,
//! the person shows once more who they are. At the address of Commerce's "My Account".

mod fields;
mod message;
mod resumed;

use super::second_factor::OWN;
use super::{adobe_sign_in, page, password_rules, secret, see_other, sign_in};
use crate::Door;
use crate::cookies::Cookie;
use crate::detour::Detour;
use crate::form_key;
use crate::frame::Frame;
use crate::front::Front;
use crate::kept::Kept;
use crate::member::{self, Purpose};
use crate::problem::Problem;
use crate::trouble::Trouble;
use crate::visitor::Visitor;
use askama::Template;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::admin::AdminId;
use domain::identity::Action;
use domain::password_lifetime::PasswordAge;
use domain::sign_in_mode::SignInMode;
use fields::{Fields, Wrong};
use message::Message;
use resumed::Resumed;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use service::account::{self, AccountRefused, Editable};
use service::password;
use service::provider;
use service::second_factor::own;
use service::session::Current;
use service::sign_in::identity::{IdentityRefused, Proof};
use service::words::Language;

/// The query of the page after the account was saved.
const SAVED_QUERY: &str = "saved";

#[derive(Deserialize)]
pub(crate) struct AccountForm {
    #[serde(flatten)]
    fields: Fields,
    #[serde(default, deserialize_with = "secret")]
    password: SecretString,
    #[serde(default, deserialize_with = "secret")]
    password_confirmation: SecretString,
    #[serde(default, deserialize_with = "secret")]
    current_password: SecretString,
    #[serde(default, deserialize_with = "secret")]
    confirmation_id: SecretString,
    #[serde(default)]
    form_key: String,
    #[serde(default)]
    owner: String,
}

#[derive(Template)]
#[template(path = "pages/account.html")]
struct AccountPage<'a> {
    frame: Frame<'a>,
    full_name: String,
    form: Fields,
    languages: Vec<(String, String)>,
    language: String,
    rules: String,
    editable: Editable,
    /// What an OpenID provider is called; none for Adobe.
    provider: Option<String>,
    notice: Option<String>,
    messages: Vec<String>,
    wrong: Wrong,
    is_identity_wrong: bool,
    confirmation: Option<&'a str>,
    action: String,
    form_key: String,
    owner: String,
    /// Where the person's second factors are, where they are asked for any.
    second_factors: Option<String>,
}

pub(crate) async fn get(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    RawQuery(query): RawQuery,
) -> Result<Response, Detour> {
    let current = member::require(&front, &visitor, &door, Purpose::PasswordChange).await?;
    let is_forced = password::age(&door.app, &current).await? == PasswordAge::ChangeForced;
    let mut fields = Fields::of(&current.admin);
    let mut message = match query.as_deref() {
        Some(SAVED_QUERY) => Message::notice("account-saved"),
        _ if is_forced => Message::notice("password-old_first"),
        _ => Message::default(),
    };
    if let Some(resumed) = Resumed::of_query(&door, current.admin.id, query.as_deref()) {
        fields = resumed.fields;
        message = Message::resumed(resumed.confirmation);
    } else if let Some(trouble) = Trouble::of_query(&door, query.as_deref()) {
        message = Message::of_trouble(&trouble);
    }
    Ok(show(&front, &visitor, &door, &current, &fields, message).await?)
}

pub(crate) async fn post(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    form: Result<Form<AccountForm>, FormRejection>,
) -> Result<Response, Detour> {
    let Form(form) = form?;
    if visitor.current(&door).await?.is_none() {
        return Ok(keep(&front, &visitor, &door, form).await?);
    }
    let current = member::require(&front, &visitor, &door, Purpose::PasswordChange).await?;
    let is_ours = form_key::is_of_session(&door, &visitor, &form.form_key);
    let Some(session_id) = visitor.session_id.as_ref().filter(|_| is_ours) else {
        let message = Message::refusal(StatusCode::FORBIDDEN, "page-stale");
        return Ok(show(&front, &visitor, &door, &current, &form.fields, message).await?);
    };
    let goes_to_provider = current.session.mode == SignInMode::AdobeIms;
    let is_typed = |field: &SecretString| !field.expose_secret().is_empty();
    let has_proof = is_typed(&form.confirmation_id) || is_typed(&form.current_password);
    if goes_to_provider && !has_proof {
        let kept = Kept::seal(&door, current.admin.id, form.fields)?;
        let action = Action::ChangeAccount;
        return Ok(adobe_sign_in::confirm(&front, &visitor, &door, &current, action, kept).await?);
    }
    let proof = match form.confirmation_id.expose_secret().is_empty() {
        true => Proof::Password {
            password: form.current_password,
            browser: visitor.browser_id.clone(),
        },
        false => Proof::Confirmation(form.confirmation_id),
    };
    let change = form
        .fields
        .change(form.password, form.password_confirmation);
    let message = match account::change(&door.app, &current, session_id, &change, proof).await? {
        Ok(changed) => return Ok(saved(&front, &door, changed.session_id.as_ref())),
        Err(AccountRefused::Identity(IdentityRefused::Locked)) => {
            return Ok(sign_in::ask(&front, &visitor, &door, None).await?);
        }
        Err(refused) => Message::from(refused),
    };
    Ok(show(&front, &visitor, &door, &current, &form.fields, message).await?)
}

/// On to the page as it is now, with the session's new id.
fn saved(front: &Front, door: &Door, session_id: Option<&SecretString>) -> Response {
    let mut response = see_other(&format!("{}?{SAVED_QUERY}", front.account()));
    if let Some(id) = session_id {
        Cookie::Session.set(&mut response, id.expose_secret(), door.secure_cookies);
    }
    response
}

/// The address of the page with what its owner had typed before their session was over; nothing
/// where it is not theirs.
pub(super) fn resume_address(
    front: &Front,
    door: &Door,
    owner: AdminId,
    kept: &str,
) -> Option<String> {
    resumed::kept_address(front, door, owner, kept)
}

/// On to the page for who has shown at the provider who they are.
pub(super) fn confirmed(
    front: &Front,
    door: &Door,
    current: &Current,
    confirmation: &SecretString,
    kept: Option<String>,
) -> Result<Response, Problem> {
    let owner = current.admin.id;
    let fields = kept.and_then(|kept| Kept::open(door, owner, &kept));
    let fields = fields.unwrap_or_else(|| Fields::of(&current.admin));
    let address = resumed::confirmed_address(front, door, owner, fields, confirmation)?;
    Ok(see_other(&address))
}

/// The session is over: the sign-in page takes what was typed along, for who typed it.
async fn keep(
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    form: AccountForm,
) -> Result<Response, Problem> {
    let kept = match Kept::<Fields>::owner_of(door, &form.owner) {
        Some(owner) => Some(Kept::seal(door, owner, form.fields)?),
        None => None,
    };
    sign_in::ask(front, visitor, door, kept).await
}

async fn show(
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    current: &Current,
    form: &Fields,
    message: Message,
) -> Result<Response, Problem> {
    let frame = Frame::signed_in(front, visitor, door, current).at(front.account());
    let words = frame.words();
    let languages = languages(&current.admin.locale);
    let editable = account::editable(current);
    let provider = provider::name(&door.app).await?;
    let has_factors = own::is_open(&door.app, current).await?;
    let template = AccountPage {
        second_factors: has_factors.then(|| front.tfa(OWN)),
        full_name: current.admin.full_name(),
        form: form.within(editable, &current.admin),
        language: language(&languages, &current.admin.locale),
        languages,
        rules: password_rules::hint(words, password::policy(&door.app).await?),
        editable,
        notice: message.notice.map(|key| frame.say(key)),
        messages: message.sentences(words, provider.as_deref()),
        provider,
        wrong: Wrong::of(&message.problems),
        is_identity_wrong: message.is_about_identity,
        confirmation: message.confirmation.as_ref().map(|id| id.expose_secret()),
        action: front.account(),
        form_key: form_key::token(door, visitor),
        owner: Kept::<Fields>::owner(door, current.admin.id),
        frame,
    };
    page(message.status, &template)
}

/// Our languages, and the one that the account has, should it be another.
fn languages(present: &str) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Language::all()
        .map(|language| (language.commerce_locale(), language.name()))
        .collect();
    if !all.iter().any(|(locale, _)| locale == present) {
        all.push((present.to_owned(), present.to_owned()));
    }
    all
}

/// What the language of the account is called.
fn language(languages: &[(String, String)], present: &str) -> String {
    let found = languages.iter().find(|(locale, _)| locale == present);
    found.map(|(_, name)| name.clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
