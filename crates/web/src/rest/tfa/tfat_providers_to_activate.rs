//! `GET /rest/V1/tfa/tfat-providers-to-activate?tfaToken=…`: what the person of a link is still to set up.

use super::super::refusal::Trouble;
use super::link_token::LinkToken;
use super::module::Module;
use super::{provider, refusal};
use crate::{Door, rest};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use service::second_factor::programs;

pub(crate) async fn get(
    _: Module,
    LinkToken(token): LinkToken,
    State(door): State<Door>,
) -> Result<Response, Trouble> {
    match programs::of_link(&door.app, &token).await? {
        Ok(lists) => Ok(rest::answer(
            StatusCode::OK,
            &provider::described(&lists.to_activate),
        )),
        Err(refused) => Err(refusal::of_question(refused).into()),
    }
}
