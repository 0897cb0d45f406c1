//! For who has shown the password and has no second factor yet: a link to set one up is on its way
//! by mail, or the operator can make one.

use super::REQUEST;
use super::form::ButtonForm;
use super::half_way::HalfWay;
use super::refusal::{self, Refusal};
use crate::Door;
use crate::detour::Detour;
use crate::frame::Frame;
use crate::front::Front;
use crate::pages::see_other;
use crate::problem::Problem;
use crate::visitor::Visitor;
use askama::Template;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use service::second_factor::link::{self, Sent};
use service::second_factor::{Demand, rules};

/// The query of the page for who came with a link that is no good.
pub(super) const VOID: &str = "void";

/// The query of the page after another mail was asked for.
const AGAIN: &str = "again";

#[derive(Template)]
#[template(path = "pages/second_factor/request.html")]
struct RequestPage<'a> {
    frame: Frame<'a>,
    half_way: &'a HalfWay,
    action: String,
    has_address: bool,
    notice: Option<&'a str>,
    is_refused: bool,
}

/// What the page has to say this time.
enum Message {
    Nothing,
    Notice(String),
    Refusal(Refusal),
}

pub(crate) async fn get(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    RawQuery(query): RawQuery,
) -> Result<Response, Detour> {
    let half_way = require_newcomer(front, visitor, door).await?;
    let sent = link::send(&half_way.door.app, &half_way.pending).await?;
    let words = half_way.words();
    let message = match (query.as_deref(), sent) {
        (_, Sent::NoAddress) => Message::Nothing,
        (Some(VOID), _) => Message::Refusal(Refusal::plain(
            StatusCode::FORBIDDEN,
            words.say("second_factor-link_void"),
        )),
        (Some(AGAIN), _) => Message::Notice(words.say("second_factor-link_sent_again")),
        _ => Message::Nothing,
    };
    Ok(show(&half_way, sent != Sent::NoAddress, &message)?)
}

pub(crate) async fn post(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    form: Result<Form<ButtonForm>, FormRejection>,
) -> Result<Response, Detour> {
    let Form(form) = form?;
    let half_way = require_newcomer(front, visitor, door).await?;
    let address = half_way.front.tfa(REQUEST);
    if let Err(stale) = half_way.attempt(&form.form_key) {
        let refusal = half_way.refusal(&stale, "page-stale");
        return Ok(show(&half_way, true, &Message::Refusal(refusal))?);
    }
    match link::send(&half_way.door.app, &half_way.pending).await? {
        Sent::Queued => Ok(see_other(&format!("{address}?{AGAIN}"))),
        Sent::Recently(until) => {
            let (words, now) = (half_way.words(), half_way.door.app.now());
            let refusal = Refusal::until(words, "second_factor-link_recently", until, now);
            Ok(show(&half_way, true, &Message::Refusal(refusal))?)
        }
        Sent::NoAddress => Ok(see_other(&address)),
    }
}

/// The request of somebody who has nothing set up.
async fn require_newcomer(front: Front, visitor: Visitor, door: Door) -> Result<HalfWay, Detour> {
    let half_way = HalfWay::begin(front, visitor, door).await?;
    let rules = rules::load(&half_way.door.app).await?;
    match rules.demand(half_way.pending.enrolled) {
        Demand::Enrolment => Ok(half_way),
        _ => Err(half_way.lead_on().into()),
    }
}

fn show(half_way: &HalfWay, has_address: bool, message: &Message) -> Result<Response, Problem> {
    let (notice, refusal) = match message {
        Message::Nothing => (None, None),
        Message::Notice(notice) => (Some(notice.as_str()), None),
        Message::Refusal(refusal) => (Some(refusal.notice()), Some(refusal)),
    };
    let address = half_way.front.tfa(REQUEST);
    let template = RequestPage {
        frame: half_way.frame(address.clone()),
        half_way,
        action: address,
        has_address,
        notice,
        is_refused: refusal.is_some(),
    };
    refusal::page(&template, refusal)
}
