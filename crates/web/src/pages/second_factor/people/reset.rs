//! Taking away what somebody else has set up, for who has lost it.

use super::person;
use crate::Door;
use crate::cookies::Cookie;
use crate::detour::Detour;
use crate::front::Front;
use crate::member::Purpose;
use crate::pages::second_factor::identity::IdentityForm;
use crate::pages::second_factor::visit::Visit;
use crate::pages::see_other;
use crate::problem::Problem;
use crate::visitor::Visitor;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::response::Response;
use secrecy::ExposeSecret;
use serde::Deserialize;
use service::second_factor::{Provider, others};

/// What stands for everything that there is.
const EVERYTHING: &str = "";

#[derive(Deserialize)]
pub(crate) struct ResetForm {
    #[serde(flatten)]
    identity: IdentityForm,
    #[serde(default)]
    user: String,
    /// The code of a provider, or everything.
    #[serde(default)]
    provider: String,
}

pub(crate) async fn post(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    form: Result<Form<ResetForm>, FormRejection>,
) -> Result<Response, Detour> {
    let Form(form) = form?;
    let visit = Visit::begin(front, visitor, door, Purpose::Any).await?;
    let who = form.user.parse().unwrap_or_default();
    let Some(session_id) = form.identity.session_id(&visit) else {
        return Ok(person::stale(&visit, who, &form.provider).await?);
    };
    let provider = match form.provider.as_str() {
        EVERYTHING => None,
        code => Some(Provider::from_code(code).ok_or(Problem::Unintelligible)?),
    };
    let (app, current) = (&visit.door.app, &visit.current);
    let what = (who, provider);
    let proof = form.identity.proof(&visit);
    let new_id = match others::take_away(app, current, session_id, what, proof).await? {
        Ok(new_id) => new_id,
        Err(refused) => {
            return Ok(person::refuse(&visit, who, refused, &form.provider).await?);
        }
    };
    let mut response = see_other(&person::after_reset(&visit.front, who));
    if let Some(id) = &new_id {
        let secure = visit.door.secure_cookies;
        Cookie::Session.set(&mut response, id.expose_secret(), secure);
    }
    Ok(response)
}
