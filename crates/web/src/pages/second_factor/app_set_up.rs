//! Setting up an authenticator app on the way in, with a link that was mailed or printed.

use super::half_way::HalfWay;
use super::refusal::{self, Refusal};
use super::secret_shown::SecretShown;
use super::{APP_SET_UP, index, set_up};
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
use service::second_factor::Provider;
use service::second_factor::enrol::{self, Proposal};

#[derive(Deserialize)]
pub(crate) struct SetUpForm {
    #[serde(default)]
    form_key: String,
    #[serde(default, deserialize_with = "secret")]
    tfat: SecretString,
    #[serde(default, deserialize_with = "secret")]
    proposal: SecretString,
    #[serde(default, deserialize_with = "secret")]
    tfa_code: SecretString,
}

#[derive(Template)]
#[template(path = "pages/second_factor/app_set_up.html")]
struct SetUpPage<'a> {
    frame: Frame<'a>,
    half_way: &'a HalfWay,
    action: String,
    tfat: &'a str,
    app: SecretShown<'a>,
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
    set_up::require(&half_way, Provider::Google, &token).await?;
    let proposal = enrol::propose_app(&half_way.door.app, &half_way.pending.admin).await?;
    Ok(show(&half_way, &token, &proposal, None)?)
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
    set_up::require(&half_way, Provider::Google, token).await?;
    let enrolled = match half_way.attempt(&form.form_key) {
        Ok(attempt) => {
            enrol::finish_app(app, &attempt, token, &form.proposal, &form.tfa_code).await?
        }
        Err(refused) => Err(refused),
    };
    let refused = match set_up::finish(&half_way, enrolled).await? {
        Ok(entered) => return Ok(entered),
        Err(refused) => refused,
    };
    let refusal = half_way.refusal(&refused, "second_factor-wrong_first_code");
    let proposal = enrol::propose_app_again(app, &half_way.pending.admin, &form.proposal).await?;
    Ok(show(&half_way, token, &proposal, Some(&refusal))?)
}

fn show(
    half_way: &HalfWay,
    token: &SecretString,
    proposal: &Proposal,
    refusal: Option<&Refusal>,
) -> Result<Response, Problem> {
    let address = half_way.front.tfa(APP_SET_UP);
    let template = SetUpPage {
        frame: half_way.frame(index::with_token(&address, token)),
        half_way,
        action: address,
        tfat: token.expose_secret(),
        app: SecretShown::of(proposal)?,
        notice: refusal.map(Refusal::notice),
        is_refused: refusal.is_some(),
    };
    refusal::page(&template, refusal)
}
