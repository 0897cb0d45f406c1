//! A link by mail to set a second factor up, for somebody else who has none.

use super::person;
use crate::Door;
use crate::detour::Detour;
use crate::form_key;
use crate::front::Front;
use crate::member::Purpose;
use crate::pages::second_factor::visit::Visit;
use crate::pages::see_other;
use crate::visitor::Visitor;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::response::Response;
use serde::Deserialize;
use service::second_factor::others;

#[derive(Deserialize)]
pub(crate) struct LinkForm {
    #[serde(default)]
    form_key: String,
    #[serde(default)]
    user: String,
}

pub(crate) async fn post(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    form: Result<Form<LinkForm>, FormRejection>,
) -> Result<Response, Detour> {
    let Form(form) = form?;
    let visit = Visit::begin(front, visitor, door, Purpose::Any).await?;
    let who = form.user.parse().unwrap_or_default();
    if !form_key::is_of_session(&visit.door, &visit.visitor, &form.form_key) {
        return Ok(person::stale(&visit, who, "").await?);
    }
    match others::send_link(&visit.door.app, &visit.current, who).await? {
        Ok(()) => Ok(see_other(&person::after_link(&visit.front, who))),
        Err(refused) => Ok(person::refuse(&visit, who, refused, "").await?),
    }
}
