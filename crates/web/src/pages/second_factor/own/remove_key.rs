//! Taking one of one's own security keys away.

use super::change::ChangeForm;
use super::confirm::{self, Question};
use super::draft::Draft;
use super::list::{self, KEY_REMOVED};
use super::{REMOVE_KEY, find_key, key_address, key_of, require};
use crate::Door;
use crate::detour::Detour;
use crate::front::Front;
use crate::pages::second_factor::OWN;
use crate::pages::second_factor::visit::Visit;
use crate::pages::see_other;
use crate::problem::Problem;
use crate::visitor::Visitor;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use serde::Deserialize;
use service::second_factor::own::{self, OwnKey};

#[derive(Deserialize)]
pub(crate) struct RemoveForm {
    #[serde(flatten)]
    change: ChangeForm,
    #[serde(default)]
    key: String,
}

pub(crate) async fn get(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    RawQuery(query): RawQuery,
) -> Result<Response, Detour> {
    let visit = require(front, visitor, door).await?;
    let key = key_of(&visit, query.as_deref()).await?;
    match key.filter(|key| key.is_removable) {
        Some(key) => Ok(ask(&visit, &key, &Draft::new(true))?),
        None => Ok(see_other(&visit.front.tfa(OWN))),
    }
}

pub(crate) async fn post(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    form: Result<Form<RemoveForm>, FormRejection>,
) -> Result<Response, Detour> {
    let Form(form) = form?;
    let visit = require(front, visitor, door).await?;
    let Some(key) = find_key(&visit, &form.key).await? else {
        return Ok(list::refuse(&visit, "second_factor-own_gone").await?);
    };
    let (app, current) = (&visit.door.app, &visit.current);
    let change = |wish| own::remove_key(app, current, wish, &key.digest);
    match form.change.make(&visit, KEY_REMOVED, change).await? {
        Ok(done) => Ok(done),
        Err(draft) => Ok(ask(&visit, &key, &draft)?),
    }
}

fn ask(visit: &Visit, key: &OwnKey, draft: &Draft) -> Result<Response, Problem> {
    let address = key_address(&visit.front, REMOVE_KEY, &key.digest);
    let name = list::name(&visit.frame(address.clone()), key);
    let question = Question {
        address,
        action: visit.front.tfa(REMOVE_KEY),
        heading: "second_factor-own_key_remove_heading",
        what: "second_factor-own_key_remove_what",
        submit: "second_factor-own_remove",
        key: Some((&key.digest, &name)),
    };
    confirm::ask(visit, &question, draft)
}
