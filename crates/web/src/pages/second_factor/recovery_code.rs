//! A recovery code, for who has neither their app nor a key at hand.

use super::RECOVERY_CODE;
use super::form::CodeForm;
use super::half_way::HalfWay;
use super::other_ways::OtherWays;
use super::refusal::{self, Refusal};
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
use service::second_factor::overview;
use service::second_factor::prove::Proof;

#[derive(Template)]
#[template(path = "pages/second_factor/recovery_code.html")]
struct RecoveryCodePage<'a> {
    frame: Frame<'a>,
    half_way: &'a HalfWay,
    action: String,
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
    let has = overview::of(&half_way.door.app, &half_way.pending.admin).await?;
    match has.codes_left {
        0 => Ok(half_way.lead_on()),
        _ => Ok(show(&half_way, None).await?),
    }
}

pub(crate) async fn post(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    form: Result<Form<CodeForm>, FormRejection>,
) -> Result<Response, Detour> {
    let Form(form) = form?;
    let half_way = HalfWay::begin(front, visitor, door).await?;
    let proof = Proof::RecoveryCode(form.tfa_code);
    let refused = match half_way.prove(&form.form_key, &proof).await? {
        Ok(entered) => return Ok(entered),
        Err(refused) => refused,
    };
    let refusal = half_way.refusal(&refused, "second_factor-wrong_recovery_code");
    Ok(show(&half_way, Some(&refusal)).await?)
}

async fn show(half_way: &HalfWay, refusal: Option<&Refusal>) -> Result<Response, Problem> {
    let address = half_way.front.tfa(RECOVERY_CODE);
    let template = RecoveryCodePage {
        frame: half_way.frame(address.clone()),
        half_way,
        action: address,
        ways: OtherWays::than(RECOVERY_CODE, half_way).await?,
        notice: refusal.map(Refusal::notice),
        is_refused: refusal.is_some(),
    };
    refusal::page(&template, refusal)
}
