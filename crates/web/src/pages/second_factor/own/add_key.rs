//! One more security key or passkey for oneself. The key is asked before the form is sent, and the
//! password is looked at first: what the key has answered is kept for who mistypes it.

use super::change::ChangeForm;
use super::draft::{Draft, Wrong};
use super::list::KEY_ADDED;
use super::{ADD_KEY, ADD_KEY_OPTIONS, require};
use crate::Door;
use crate::detour::Detour;
use crate::form_key;
use crate::frame::Frame;
use crate::front::Front;
use crate::pages::second_factor::form::ButtonForm;
use crate::pages::second_factor::identity::IdentityFields;
use crate::pages::second_factor::refusal::{self, Refusal};
use crate::pages::second_factor::visit::Visit;
use crate::pages::second_factor::{OWN, key_options};
use crate::pages::{secret, see_other};
use crate::problem::Problem;
use crate::visitor::Visitor;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::response::Response;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use service::second_factor::own::{self, NAME_LENGTH};
use service::second_factor::{FactorRefused, Provider, security_key};

#[derive(Deserialize)]
pub(crate) struct AddForm {
    #[serde(flatten)]
    change: ChangeForm,
    #[serde(default)]
    name: String,
    #[serde(default, deserialize_with = "secret")]
    answer: SecretString,
}

#[derive(Template)]
#[template(path = "pages/second_factor/own/add_key.html")]
struct AddPage<'a> {
    frame: Frame<'a>,
    draft: &'a Draft,
    action: String,
    options: String,
    own: String,
    name: &'a str,
    name_length: usize,
    is_name_wrong: bool,
    /// What the key answered before; empty where it is to be asked.
    answer: &'a str,
    /// Whether keys work at the address of this page.
    is_usable: bool,
    identity: IdentityFields,
    notice: Option<&'a str>,
    is_refused: bool,
}

pub(crate) async fn get(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
) -> Result<Response, Detour> {
    let visit = require(front, visitor, door).await?;
    Ok(show(&visit, ("", ""), &Draft::new(false)).await?)
}

/// What the browser is to ask the new key.
pub(crate) async fn options(
    _front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    form: Result<Form<ButtonForm>, FormRejection>,
) -> Result<Response, Problem> {
    let Form(form) = form?;
    let asked = match visitor.current(&door).await? {
        Some(current) if form_key::is_of_session(&door, &visitor, &form.form_key) => {
            own::begin_key(&door.app, &current).await?
        }
        Some(_) => Err(FactorRefused::Stale),
        None => Err(FactorRefused::NotPending),
    };
    key_options::answer(asked)
}

pub(crate) async fn post(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    form: Result<Form<AddForm>, FormRejection>,
) -> Result<Response, Detour> {
    let Form(form) = form?;
    let visit = require(front, visitor, door).await?;
    let (app, current) = (&visit.door.app, &visit.current);
    let change = |wish| own::add_key(app, current, wish, &form.answer, &form.name);
    let draft = match form.change.make(&visit, KEY_ADDED, change).await? {
        Ok(done) => return Ok(done),
        Err(draft) => draft,
    };
    let kept = match draft.is_wrong(Wrong::Identity) {
        true => form.answer.expose_secret(),
        false => "",
    };
    Ok(show(&visit, (&form.name, kept), &draft).await?)
}

async fn show(
    visit: &Visit,
    (name, answer): (&str, &str),
    draft: &Draft,
) -> Result<Response, Problem> {
    let (app, front) = (&visit.door.app, &visit.front);
    let own = own::list(app, &visit.current).await?;
    if !own.allowed.contains(&Provider::U2fKey) {
        return Ok(see_other(&front.tfa(OWN)));
    }
    let refusal = draft.refusal();
    let address = front.tfa(ADD_KEY);
    let template = AddPage {
        frame: visit.frame(address.clone()),
        draft,
        action: address,
        options: front.tfa(ADD_KEY_OPTIONS),
        own: front.tfa(OWN),
        name,
        name_length: NAME_LENGTH,
        is_name_wrong: draft.is_wrong(Wrong::Name),
        answer,
        is_usable: security_key::is_usable_at(app, &visit.visitor.host).await?,
        identity: draft.identity(visit),
        notice: refusal.map(Refusal::notice),
        is_refused: refusal.is_some(),
    };
    refusal::page(&template, refusal)
}
