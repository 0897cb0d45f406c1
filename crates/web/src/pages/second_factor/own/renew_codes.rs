//! New recovery codes in place of the earlier ones.

use super::change::ChangeForm;
use super::confirm::{self, Question};
use super::draft::Draft;
use super::list::CODES_RENEWED;
use super::{RENEW_CODES, require};
use crate::Door;
use crate::detour::Detour;
use crate::front::Front;
use crate::visitor::Visitor;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::response::Response;
use service::second_factor::own;

pub(crate) async fn get(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
) -> Result<Response, Detour> {
    let visit = require(front, visitor, door).await?;
    let draft = Draft::new(false);
    Ok(confirm::ask(&visit, &question(&visit.front), &draft)?)
}

pub(crate) async fn post(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    form: Result<Form<ChangeForm>, FormRejection>,
) -> Result<Response, Detour> {
    let Form(form) = form?;
    let visit = require(front, visitor, door).await?;
    let (app, current) = (&visit.door.app, &visit.current);
    let change = |wish| own::renew_codes(app, current, wish);
    match form.make(&visit, CODES_RENEWED, change).await? {
        Ok(done) => Ok(done),
        Err(draft) => Ok(confirm::ask(&visit, &question(&visit.front), &draft)?),
    }
}

fn question(front: &Front) -> Question<'static> {
    Question {
        address: front.tfa(RENEW_CODES),
        action: front.tfa(RENEW_CODES),
        heading: "second_factor-own_codes_heading",
        what: "second_factor-own_codes_what",
        submit: "second_factor-own_codes_submit",
        key: None,
    }
}
