//! The addresses of providers that need a service of somebody else, Duo and Authy. They answer as
//! Commerce does for a provider that is not available. No password is looked at for it.

use super::super::refusal::{Refusal, Trouble};
use super::super::words;
use super::module::Module;
use crate::Door;
use axum::extract::State;
use axum::response::Response;
use domain::sign_in_mode::SignInMode;

pub(crate) async fn post(_: Module, State(door): State<Door>) -> Result<Response, Trouble> {
    Err(match door.mode()? {
        SignInMode::AdobeIms => Refusal::unauthorized(words::USE_IMS_TOKEN).into(),
        SignInMode::Commerce => Refusal::bad_request(words::PROVIDER_NOT_ALLOWED).into(),
    })
}
