//! Setting up one's authenticator app, or another in its place.

use super::change::ChangeForm;
use super::draft::{Draft, Wrong};
use super::list::APP_SET;
use super::{APP, require};
use crate::Door;
use crate::detour::Detour;
use crate::frame::Frame;
use crate::front::Front;
use crate::pages::second_factor::OWN;
use crate::pages::second_factor::identity::IdentityFields;
use crate::pages::second_factor::refusal::{self, Refusal};
use crate::pages::second_factor::secret_shown::SecretShown;
use crate::pages::second_factor::visit::Visit;
use crate::pages::{secret, see_other};
use crate::problem::Problem;
use crate::visitor::Visitor;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::response::Response;
use secrecy::SecretString;
use serde::Deserialize;
use service::second_factor::enrol::{self, Proposal};
use service::second_factor::{Provider, own};

#[derive(Deserialize)]
pub(crate) struct AppForm {
    #[serde(flatten)]
    change: ChangeForm,
    #[serde(default, deserialize_with = "secret")]
    proposal: SecretString,
    #[serde(default, deserialize_with = "secret")]
    tfa_code: SecretString,
}

#[derive(Template)]
#[template(path = "pages/second_factor/own/app.html")]
struct AppPage<'a> {
    frame: Frame<'a>,
    draft: &'a Draft,
    action: String,
    own: String,
    /// Whether there is one, which gives no codes any more then.
    is_another: bool,
    app: SecretShown<'a>,
    is_code_wrong: bool,
    identity: IdentityFields,
    notice: Option<&'a str>,
    is_refused: bool,
}

pub(crate) async fn get(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
) -> Result<Response, Detour> {
    let visit = require(front, visitor, door).await?;
    let proposal = enrol::propose_app(&visit.door.app, &visit.current.admin).await?;
    Ok(show(&visit, &proposal, &Draft::new(true)).await?)
}

pub(crate) async fn post(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    form: Result<Form<AppForm>, FormRejection>,
) -> Result<Response, Detour> {
    let Form(form) = form?;
    let visit = require(front, visitor, door).await?;
    let (app, current) = (&visit.door.app, &visit.current);
    let sealed = &form.proposal;
    let change = |wish| own::set_app(app, current, wish, sealed, &form.tfa_code);
    let draft = match form.change.make(&visit, APP_SET, change).await? {
        Ok(done) => return Ok(done),
        Err(draft) => draft,
    };
    let proposal = enrol::propose_app_again(app, &current.admin, sealed).await?;
    Ok(show(&visit, &proposal, &draft).await?)
}

async fn show(visit: &Visit, proposal: &Proposal, draft: &Draft) -> Result<Response, Problem> {
    let own = own::list(&visit.door.app, &visit.current).await?;
    if !own.allowed.contains(&Provider::Google) {
        return Ok(see_other(&visit.front.tfa(OWN)));
    }
    let refusal = draft.refusal();
    let address = visit.front.tfa(APP);
    let template = AppPage {
        frame: visit.frame(address.clone()),
        draft,
        action: address,
        own: visit.front.tfa(OWN),
        is_another: own.enrolled.google,
        app: SecretShown::of(proposal)?,
        is_code_wrong: draft.is_wrong(Wrong::Factor),
        identity: draft.identity(visit),
        notice: refusal.map(Refusal::notice),
        is_refused: refusal.is_some(),
    };
    refusal::page(&template, refusal)
}
