//! Giving one of one's own security keys another name.

use super::change::ChangeForm;
use super::draft::{Draft, Wrong};
use super::list::{self, KEY_RENAMED};
use super::{RENAME_KEY, find_key, key_address, key_of, require};
use crate::Door;
use crate::detour::Detour;
use crate::frame::Frame;
use crate::front::Front;
use crate::pages::second_factor::OWN;
use crate::pages::second_factor::identity::IdentityFields;
use crate::pages::second_factor::refusal::{self, Refusal};
use crate::pages::second_factor::visit::Visit;
use crate::pages::see_other;
use crate::problem::Problem;
use crate::visitor::Visitor;
use askama::Template;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use serde::Deserialize;
use service::second_factor::own::{self, NAME_LENGTH};

#[derive(Deserialize)]
pub(crate) struct RenameForm {
    #[serde(flatten)]
    change: ChangeForm,
    #[serde(default)]
    key: String,
    #[serde(default)]
    name: String,
}

#[derive(Template)]
#[template(path = "pages/second_factor/own/rename_key.html")]
struct RenamePage<'a> {
    frame: Frame<'a>,
    action: String,
    own: String,
    key: &'a str,
    name: &'a str,
    longest: usize,
    is_name_wrong: bool,
    identity: IdentityFields,
    notice: Option<&'a str>,
    is_refused: bool,
}

pub(crate) async fn get(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    RawQuery(query): RawQuery,
) -> Result<Response, Detour> {
    let visit = require(front, visitor, door).await?;
    let key = key_of(&visit, query.as_deref()).await?;
    match key.and_then(|key| Some((key.known?.name, key.digest))) {
        Some((name, digest)) => Ok(show(&visit, (&digest, &name), &Draft::new(false))?),
        None => Ok(see_other(&visit.front.tfa(OWN))),
    }
}

pub(crate) async fn post(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    form: Result<Form<RenameForm>, FormRejection>,
) -> Result<Response, Detour> {
    let Form(form) = form?;
    let visit = require(front, visitor, door).await?;
    let Some(key) = find_key(&visit, &form.key).await? else {
        return Ok(list::refuse(&visit, "second_factor-own_gone").await?);
    };
    let (app, current) = (&visit.door.app, &visit.current);
    let change = |wish| own::rename_key(app, current, wish, &key.digest, &form.name);
    match form.change.make(&visit, KEY_RENAMED, change).await? {
        Ok(done) => Ok(done),
        Err(draft) => Ok(show(&visit, (&key.digest, &form.name), &draft)?),
    }
}

fn show(visit: &Visit, (key, name): (&str, &str), draft: &Draft) -> Result<Response, Problem> {
    let refusal = draft.refusal();
    let template = RenamePage {
        frame: visit.frame(key_address(&visit.front, RENAME_KEY, key)),
        action: visit.front.tfa(RENAME_KEY),
        own: visit.front.tfa(OWN),
        key,
        name,
        longest: NAME_LENGTH,
        is_name_wrong: draft.is_wrong(Wrong::Name),
        identity: draft.identity(visit),
        notice: refusal.map(Refusal::notice),
        is_refused: refusal.is_some(),
    };
    refusal::page(&template, refusal)
}
