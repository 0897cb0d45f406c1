//! Taking one's authenticator app away.

use super::change::ChangeForm;
use super::confirm::{self, Question};
use super::draft::Draft;
use super::list::APP_REMOVED;
use super::{REMOVE_APP, require};
use crate::Door;
use crate::detour::Detour;
use crate::front::Front;
use crate::pages::second_factor::OWN;
use crate::pages::see_other;
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
    let own = own::list(&visit.door.app, &visit.current).await?;
    if !own.is_app_removable {
        return Ok(see_other(&visit.front.tfa(OWN)));
    }
    let draft = Draft::new(true);
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
    let change = |wish| own::remove_app(app, current, wish);
    match form.make(&visit, APP_REMOVED, change).await? {
        Ok(done) => Ok(done),
        Err(draft) => Ok(confirm::ask(&visit, &question(&visit.front), &draft)?),
    }
}

fn question(front: &Front) -> Question<'static> {
    Question {
        address: front.tfa(REMOVE_APP),
        action: front.tfa(REMOVE_APP),
        heading: "second_factor-own_app_remove_heading",
        what: "second_factor-own_app_remove_what",
        submit: "second_factor-own_remove",
        key: None,
    }
}
