//! `POST /rest/V1/tfa/provider/u2fkey/authentication-challenge`: what a security key is to be asked, for
//! user name and password.

use super::super::fields::Fields;
use super::super::refusal::Trouble;
use super::super::token;
use super::module::Module;
use super::question::{self, Question};
use crate::visitor::Visitor;
use crate::{Door, rest};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use service::sign_in::admin_token;

pub(crate) async fn post(
    _: Module,
    State(door): State<Door>,
    visitor: Visitor,
    mut fields: Fields,
) -> Result<Response, Trouble> {
    fields.require(&["username", "password"])?;
    let credentials = token::credentials(&mut fields, &visitor)?;
    match admin_token::ask_key(&door.app, &credentials).await? {
        Ok(options) => {
            let question = Question::new(question::REQUEST, &options);
            Ok(rest::answer(StatusCode::OK, &question))
        }
        Err(refused) => Err(token::refusal_of(refused, &credentials).into()),
    }
}
