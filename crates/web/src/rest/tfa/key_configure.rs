//! `POST /rest/V1/tfa/provider/u2fkey/configure`: what a new security key of who has a link is to be
//! asked, as JSON of Web Authentication, level 3, under Commerce's name for it.

use super::super::fields::Fields;
use super::super::refusal::Trouble;
use super::module::Module;
use super::question::{self, Question};
use super::refusal;
use crate::{Door, rest};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use service::second_factor::programs;

pub(crate) async fn post(
    _: Module,
    State(door): State<Door>,
    mut fields: Fields,
) -> Result<Response, Trouble> {
    fields.require(&["tfaToken"])?;
    let token = fields.secret("tfaToken")?;
    match programs::configure_key(&door.app, &token).await? {
        Ok(options) => {
            let question = Question::new(question::CREATION, &options);
            Ok(rest::answer(StatusCode::OK, &question))
        }
        Err(refused) => Err(refusal::refusal(refused).into()),
    }
}
