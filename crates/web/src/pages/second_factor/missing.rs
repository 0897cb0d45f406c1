//! What the shop asks everybody to set up and the person of this session has not: before anything
//! else, or at the next sign-in.

use super::{MISSING, OWN, POSTPONE};
use crate::Door;
use crate::detour::Detour;
use crate::form_key;
use crate::frame::Frame;
use crate::front::Front;
use crate::member::{self, Purpose};
use crate::pages::second_factor::form::ButtonForm;
use crate::pages::{page, see_other};
use crate::problem::Problem;
use crate::visitor::Visitor;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::StatusCode;
use axum::response::Response;
use service::second_factor::{Provider, standing};
use service::session::Current;

#[derive(Template)]
#[template(path = "pages/second_factor/missing.html")]
struct MissingPage<'a> {
    frame: Frame<'a>,
    set_up: String,
    postpone: String,
    form_key: String,
    /// What is missing.
    app: bool,
    key: bool,
    notice: Option<String>,
    is_refused: bool,
}

pub(crate) async fn get(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
) -> Result<Response, Detour> {
    let current = member::require(&front, &visitor, &door, Purpose::SecondFactor).await?;
    Ok(show(StatusCode::OK, &front, &visitor, &door, &current, None).await?)
}

pub(crate) async fn postpone(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    form: Result<Form<ButtonForm>, FormRejection>,
) -> Result<Response, Detour> {
    let Form(form) = form?;
    let current = member::require(&front, &visitor, &door, Purpose::SecondFactor).await?;
    if !form_key::is_of_session(&door, &visitor, &form.form_key) {
        let (status, notice) = (StatusCode::FORBIDDEN, Some("page-stale"));
        return Ok(show(status, &front, &visitor, &door, &current, notice).await?);
    }
    standing::postpone(&door.app, &current).await?;
    Ok(see_other(&front.home()))
}

async fn show(
    status: StatusCode,
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    current: &Current,
    notice: Option<&'static str>,
) -> Result<Response, Problem> {
    let missing = standing::missing(&door.app, current).await?;
    if missing.is_empty() {
        return Ok(see_other(&front.home()));
    }
    let frame = Frame::signed_in(front, visitor, door, current).at(front.tfa(MISSING));
    let template = MissingPage {
        set_up: front.tfa(OWN),
        postpone: front.tfa(POSTPONE),
        form_key: form_key::token(door, visitor),
        app: missing.contains(&Provider::Google),
        key: missing.contains(&Provider::U2fKey),
        is_refused: notice.is_some(),
        notice: notice.map(|key| frame.say(key)),
        frame,
    };
    page(status, &template)
}
