//! A security key or passkey, after the password.

use super::form::{self, ButtonForm, KeyForm};
use super::half_way::HalfWay;
use super::other_ways::OtherWays;
use super::refusal::{self, Refusal};
use super::{KEY, KEY_OPTIONS, key_options};
use crate::Door;
use crate::detour::Detour;
use crate::frame::Frame;
use crate::front::Front;
use crate::problem::Problem;
use crate::visitor::Visitor;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::response::Response;
use service::second_factor::prove::Proof;
use service::second_factor::{FactorRefused, security_key};

#[derive(Template)]
#[template(path = "pages/second_factor/key.html")]
struct KeyPage<'a> {
    frame: Frame<'a>,
    half_way: &'a HalfWay,
    action: String,
    options: String,
    /// Whether keys work at the address of this page.
    is_usable: bool,
    ways: OtherWays,
    notice: Option<&'a str>,
    is_refused: bool,
}

pub(crate) async fn get(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
) -> Result<Response, Detour> {
    let half_way = HalfWay::begin(front, visitor, door).await?;
    match half_way.pending.enrolled.u2fkey {
        true => Ok(show(&half_way, None).await?),
        false => Ok(half_way.lead_on()),
    }
}

/// What the browser is to ask the key.
pub(crate) async fn options(
    _front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    form: Result<Form<ButtonForm>, FormRejection>,
) -> Result<Response, Problem> {
    let Form(form) = form?;
    let asked = match form::sender(&visitor, &door, &form.form_key) {
        Ok(id) => security_key::ask(&door.app, id).await?,
        Err(refused) => Err(refused),
    };
    key_options::answer(asked)
}

pub(crate) async fn post(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    form: Result<Form<KeyForm>, FormRejection>,
) -> Result<Response, Detour> {
    let Form(form) = form?;
    let half_way = HalfWay::begin(front, visitor, door).await?;
    let proof = Proof::SecurityKey(form.answer);
    let refused = match half_way.prove(&form.form_key, &proof).await? {
        Ok(entered) => return Ok(entered),
        // Taken away meanwhile: another way is the first one now.
        Err(FactorRefused::NotAllowed) => return Ok(half_way.lead_on()),
        Err(refused) => refused,
    };
    let refusal = half_way.refusal(&refused, "key-refused");
    Ok(show(&half_way, Some(&refusal)).await?)
}

async fn show(half_way: &HalfWay, refusal: Option<&Refusal>) -> Result<Response, Problem> {
    let (app, host) = (&half_way.door.app, &half_way.visitor.host);
    let address = half_way.front.tfa(KEY);
    let template = KeyPage {
        frame: half_way.frame(address.clone()),
        half_way,
        action: address,
        options: half_way.front.tfa(KEY_OPTIONS),
        is_usable: security_key::is_usable_at(app, host).await?,
        ways: OtherWays::than(KEY, half_way).await?,
        notice: refusal.map(Refusal::notice),
        is_refused: refusal.is_some(),
    };
    refusal::page(&template, refusal)
}
