//! `POST /rest/V1/tfa/provider/u2fkey/activate`: the answer of a new security key.

use super::super::fields::Fields;
use super::super::refusal::Trouble;
use super::module::Module;
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
    fields.require(&["tfaToken", "publicKeyCredentialJson"])?;
    let token = fields.secret("tfaToken")?;
    let answer = fields.secret("publicKeyCredentialJson")?;
    match programs::activate_key(&door.app, &token, &answer).await? {
        // Commerce's answer where there is nothing to say.
        Ok(()) => Ok(rest::answer(StatusCode::OK, &[(); 0])),
        Err(refused) => Err(refusal::refusal(refused).into()),
    }
}
