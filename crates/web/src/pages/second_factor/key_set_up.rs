//! Setting up a security key or passkey on the way in, with a link that was mailed or printed.

use super::half_way::HalfWay;
use super::refusal::{self, Refusal};
use super::{APP_SET_UP, KEY_SET_UP, KEY_SET_UP_OPTIONS, form, index, key_options, set_up};
use crate::Door;
use crate::detour::Detour;
use crate::frame::Frame;
use crate::front::Front;
use crate::pages::secret;
use crate::problem::Problem;
use crate::visitor::Visitor;
use askama::Template;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use service::second_factor::own::NAME_LENGTH;
use service::second_factor::{FactorRefused, Provider, enrol, rules, security_key};

#[derive(Deserialize)]
pub(crate) struct SetUpForm {
    #[serde(default)]
    form_key: String,
    #[serde(default, deserialize_with = "secret")]
    tfat: SecretString,
    #[serde(default)]
    name: String,
    #[serde(default, deserialize_with = "secret")]
    answer: SecretString,
}

#[derive(Template)]
#[template(path = "pages/second_factor/key_set_up.html")]
struct SetUpPage<'a> {
    frame: Frame<'a>,
    half_way: &'a HalfWay,
    action: String,
    options: String,
    tfat: &'a str,
    name: &'a str,
    name_length: usize,
    is_name_wrong: bool,
    /// Whether keys work at the address of this page.
    is_usable: bool,
    /// Where an app is set up instead, for who may.
    app: Option<String>,
    notice: Option<&'a str>,
    is_refused: bool,
}

pub(crate) async fn get(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    RawQuery(query): RawQuery,
) -> Result<Response, Detour> {
    let half_way = HalfWay::begin(front, visitor, door).await?;
    let token = query.as_deref().and_then(index::token).unwrap_or_default();
    set_up::require(&half_way, Provider::U2fKey, &token).await?;
    Ok(show(&half_way, &token, "", None).await?)
}

/// What the browser is to ask the new key.
pub(crate) async fn options(
    _front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    form: Result<Form<SetUpForm>, FormRejection>,
) -> Result<Response, Problem> {
    let Form(form) = form?;
    let asked = match form::sender(&visitor, &door, &form.form_key) {
        Ok(id) => security_key::begin_set_up(&door.app, id, &form.tfat).await?,
        Err(refused) => Err(refused),
    };
    key_options::answer(asked)
}

pub(crate) async fn post(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    form: Result<Form<SetUpForm>, FormRejection>,
) -> Result<Response, Detour> {
    let Form(form) = form?;
    let half_way = HalfWay::begin(front, visitor, door).await?;
    let (app, token) = (&half_way.door.app, &form.tfat);
    set_up::require(&half_way, Provider::U2fKey, token).await?;
    let enrolled = match half_way.attempt(&form.form_key) {
        Ok(attempt) => enrol::finish_key(app, &attempt, token, &form.answer, &form.name).await?,
        Err(refused) => Err(refused),
    };
    let refused = match set_up::finish(&half_way, enrolled).await? {
        Ok(entered) => return Ok(entered),
        Err(refused) => refused,
    };
    Ok(show(&half_way, token, &form.name, Some(&refused)).await?)
}

async fn show(
    half_way: &HalfWay,
    token: &SecretString,
    name: &str,
    refused: Option<&FactorRefused>,
) -> Result<Response, Problem> {
    let (app, front) = (&half_way.door.app, &half_way.front);
    let may_have_app = rules::load(app)
        .await?
        .allowed()
        .contains(&Provider::Google);
    let refusal = refused.map(|refused| Refusal::of_new_key(half_way.words(), refused));
    let refusal = refusal.as_ref();
    let address = front.tfa(KEY_SET_UP);
    let template = SetUpPage {
        frame: half_way.frame(index::with_token(&address, token)),
        half_way,
        action: address,
        options: front.tfa(KEY_SET_UP_OPTIONS),
        tfat: token.expose_secret(),
        name,
        name_length: NAME_LENGTH,
        is_name_wrong: refused == Some(&FactorRefused::InvalidName),
        is_usable: security_key::is_usable_at(app, &half_way.visitor.host).await?,
        app: may_have_app.then(|| index::with_token(&front.tfa(APP_SET_UP), token)),
        notice: refusal.map(Refusal::notice),
        is_refused: refusal.is_some(),
    };
    refusal::page(&template, refusal)
}
