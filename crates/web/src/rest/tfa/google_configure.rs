//! `POST /rest/V1/tfa/provider/google/configure`: a secret for the authenticator app of who has a
//! link, as text and as a picture.

use super::super::fields::Fields;
use super::super::refusal::Trouble;
use super::module::Module;
use super::{qr_code, refusal};
use crate::{Door, rest};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use secrecy::ExposeSecret;
use serde::Serialize;
use service::second_factor::programs;

#[derive(Serialize)]
struct Configuration<'a> {
    qr_code_base64: &'a str,
    secret_code: &'a str,
}

pub(crate) async fn post(
    _: Module,
    State(door): State<Door>,
    mut fields: Fields,
) -> Result<Response, Trouble> {
    fields.require(&["tfaToken"])?;
    let token = fields.secret("tfaToken")?;
    let offer = match programs::configure_app(&door.app, &token).await? {
        Ok(offer) => offer,
        Err(refused) => return Err(refusal::refusal(refused).into()),
    };
    let picture = qr_code::png_in_base64(&offer.address)?;
    let configuration = Configuration {
        qr_code_base64: picture.expose_secret(),
        secret_code: offer.secret.expose_secret(),
    };
    Ok(rest::answer(StatusCode::OK, &configuration))
}
