//! The sheet of recovery codes, shown once, and the page on which a person shows that they have
//! kept it.

use super::CONFIRM_CODES;
use super::half_way::HalfWay;
use crate::Door;
use crate::detour::Detour;
use crate::form_key;
use crate::frame::Frame;
use crate::front::Front;
use crate::member::{self, Purpose};
use crate::pages::{home, page, secret, see_other};
use crate::problem::Problem;
use crate::visitor::Visitor;
use askama::Template;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::Response;
use domain::admin::Admin;
use domain::second_factor::recovery_code;
use secrecy::SecretString;
use serde::Deserialize;
use service::second_factor::enrol::Enrolled;
use service::second_factor::recovery;
use service::session::Current;

#[derive(Template)]
#[template(path = "pages/second_factor/recovery_codes.html")]
struct SheetPage<'a> {
    frame: Frame<'a>,
    username: &'a str,
    codes: Vec<String>,
    confirm: String,
    next: String,
}

#[derive(Deserialize)]
pub(crate) struct ConfirmForm {
    #[serde(default)]
    form_key: String,
    #[serde(default)]
    back: String,
    #[serde(default, deserialize_with = "secret")]
    tfa_code: SecretString,
}

#[derive(Template)]
#[template(path = "pages/second_factor/confirm_codes.html")]
struct ConfirmPage<'a> {
    frame: Frame<'a>,
    action: String,
    form_key: String,
    back: &'a str,
    notice: Option<String>,
    is_refused: bool,
}

/// Lets somebody in who has just set a factor up. Recovery codes that they got with it are the
/// answer itself, so that they stand at no address that could be opened again.
pub(super) async fn finish(half_way: &HalfWay, enrolled: Enrolled) -> Result<Response, Problem> {
    let led_on = half_way.enter(enrolled.entered).await?;
    if enrolled.recovery_codes.is_empty() {
        return Ok(led_on);
    }
    let front = &half_way.front;
    let next = led_on.headers().get(header::LOCATION);
    let next = next.and_then(|next| next.to_str().ok()).map(str::to_owned);
    let next = next.unwrap_or_else(|| front.home());
    let frame = half_way.frame(front.home());
    let admin = &half_way.pending.admin;
    let mut sheet = show_sheet(front, frame, admin, &enrolled.recovery_codes, next)?;
    for cookie in led_on.headers().get_all(header::SET_COOKIE) {
        sheet
            .headers_mut()
            .append(header::SET_COOKIE, cookie.clone());
    }
    Ok(sheet)
}

/// The sheet, with where to go on after it.
pub(crate) fn show_sheet(
    front: &Front,
    frame: Frame<'_>,
    admin: &Admin,
    codes: &[SecretString],
    next: String,
) -> Result<Response, Problem> {
    let back: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
    let template = SheetPage {
        frame,
        username: &admin.username,
        codes: codes.iter().map(recovery_code::shown).collect(),
        confirm: format!("{}?back={back}", front.tfa(CONFIRM_CODES)),
        next,
    };
    page(StatusCode::OK, &template)
}

pub(crate) async fn get(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    RawQuery(query): RawQuery,
) -> Result<Response, Detour> {
    let current = member::require(&front, &visitor, &door, Purpose::SecondFactor).await?;
    let query = query.unwrap_or_default();
    let back = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "back");
    let back = back.map(|(_, back)| back.into_owned()).unwrap_or_default();
    let who = (&current, back.as_str());
    Ok(show(StatusCode::OK, &front, &visitor, &door, who, None)?)
}

pub(crate) async fn post(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    form: Result<Form<ConfirmForm>, FormRejection>,
) -> Result<Response, Detour> {
    let Form(form) = form?;
    let current = member::require(&front, &visitor, &door, Purpose::SecondFactor).await?;
    let who = (&current, form.back.as_str());
    let again = |status, key| show(status, &front, &visitor, &door, who, Some(key));
    if !form_key::is_of_session(&door, &visitor, &form.form_key) {
        return Ok(again(StatusCode::FORBIDDEN, "page-stale")?);
    }
    if !recovery::is_left(&door.app, &current.admin, &form.tfa_code).await? {
        let key = "second_factor-wrong_recovery_code";
        return Ok(again(StatusCode::UNPROCESSABLE_ENTITY, key)?);
    }
    let kept = || format!("{}?{}", front.home(), home::CODES_KEPT_QUERY);
    let back = front.own_address(&form.back);
    let back = back.filter(|back| *back != front.home());
    Ok(see_other(&back.unwrap_or_else(kept)))
}

fn show(
    status: StatusCode,
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    (current, back): (&Current, &str),
    notice: Option<&'static str>,
) -> Result<Response, Problem> {
    let back = front.own_address(back).unwrap_or_default();
    let frame = Frame::signed_in(front, visitor, door, current).at(front.tfa(CONFIRM_CODES));
    let template = ConfirmPage {
        action: front.tfa(CONFIRM_CODES),
        form_key: form_key::token(door, visitor),
        back: &back,
        is_refused: notice.is_some(),
        notice: notice.map(|key| frame.say(key)),
        frame,
    };
    page(status, &template)
}
