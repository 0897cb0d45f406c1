//! Giving up a sign-in that still owes a second factor: the person wants to be somebody else.

use super::form::{self, ButtonForm};
use crate::Door;
use crate::cookies::Cookie;
use crate::front::Front;
use crate::pages::see_other;
use crate::problem::Problem;
use crate::visitor::Visitor;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::response::Response;
use service::second_factor::pending;

pub(crate) async fn post(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    form: Result<Form<ButtonForm>, FormRejection>,
) -> Result<Response, Problem> {
    let Form(form) = form?;
    let mut response = see_other(&front.home());
    let Some(id) = &visitor.pending else {
        return Ok(response);
    };
    if !form::is_of(&door, id, &form.form_key) {
        return Ok(see_other(&front.second_factor()));
    }
    pending::abandon(&door.app, id).await?;
    Cookie::PendingSignIn.clear(&mut response, door.secure_cookies);
    Ok(response)
}
