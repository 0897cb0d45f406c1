//! `POST /rest/V1/tfa/provider/u2fkey/verify`: a token for user name, password and the answer of a
//! security key.

use super::super::fields::Fields;
use super::super::refusal::Trouble;
use super::super::token;
use super::module::Module;
use crate::visitor::Visitor;
use crate::{Door, rest};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use secrecy::ExposeSecret;
use service::second_factor::Provider;
use service::second_factor::prove::Proof;
use service::sign_in::admin_token;

pub(crate) async fn post(
    _: Module,
    State(door): State<Door>,
    visitor: Visitor,
    mut fields: Fields,
) -> Result<Response, Trouble> {
    fields.require(&["username", "password", "publicKeyCredentialJson"])?;
    let credentials = token::credentials(&mut fields, &visitor)?;
    let proof = Proof::SecurityKey(fields.secret("publicKeyCredentialJson")?);
    match admin_token::create_with(&door.app, &credentials, Provider::U2fKey, &proof).await? {
        Ok(token) => Ok(rest::answer(StatusCode::OK, &token.expose_secret())),
        Err(refused) => Err(token::refusal_of(refused, &credentials).into()),
    }
}
