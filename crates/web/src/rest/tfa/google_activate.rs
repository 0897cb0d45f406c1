//! `POST /rest/V1/tfa/provider/google/activate`: the first code of the app that a secret was given to.

use super::super::fields::Fields;
use super::super::refusal::Trouble;
use super::module::Module;
use super::refusal;
use crate::visitor::Visitor;
use crate::{Door, rest};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use service::second_factor::programs;

pub(crate) async fn post(
    _: Module,
    State(door): State<Door>,
    visitor: Visitor,
    mut fields: Fields,
) -> Result<Response, Trouble> {
    fields.require(&["tfaToken", "otp"])?;
    let token = fields.secret("tfaToken")?;
    let code = fields.secret("otp")?;
    match programs::activate_app(&door.app, &token, &code, &visitor.origin.ip).await? {
        // Commerce's answer where there is nothing to say.
        Ok(()) => Ok(rest::answer(StatusCode::OK, &[(); 0])),
        Err(refused) => Err(refusal::refusal(refused).into()),
    }
}
