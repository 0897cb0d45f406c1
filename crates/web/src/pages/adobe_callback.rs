//! Where the provider sends the browser back to, at Commerce's own addresses: one for signing in,
//! one for showing once more who one is. What comes is taken apart strictly, used once, and left
//! behind: the answer leads to a page whose address holds nothing of it.

use super::{account, enter, secret, see_other};
use crate::Door;
use crate::front::Front;
use crate::problem::Problem;
use crate::trouble::Trouble;
use crate::visitor::Visitor;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use service::sign_in::at_provider::{self, Finished, ProviderRefused, Remedy, Returned};

/// What a provider may say; a field that comes twice is refused.
#[derive(Default, Deserialize)]
pub(crate) struct Callback {
    state: Option<String>,
    #[serde(default, deserialize_with = "secret")]
    code: SecretString,
    error: Option<String>,
    iss: Option<String>,
}

pub(crate) async fn sign_in(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    callback: Result<Query<Callback>, QueryRejection>,
) -> Result<Response, Problem> {
    take(&front, &visitor, &door, callback, false).await
}

pub(crate) async fn confirmation(
    front: Front,
    visitor: Visitor,
    State(door): State<Door>,
    callback: Result<Query<Callback>, QueryRejection>,
) -> Result<Response, Problem> {
    take(&front, &visitor, &door, callback, true).await
}

async fn take(
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    callback: Result<Query<Callback>, QueryRejection>,
    is_confirmation: bool,
) -> Result<Response, Problem> {
    let current = visitor.current(door).await?;
    // What cannot be read is no state of ours.
    let callback = callback.map(|Query(callback)| callback).unwrap_or_default();
    let returned = Returned {
        is_confirmation,
        state: callback.state,
        code: (!callback.code.expose_secret().is_empty()).then_some(callback.code),
        error: callback.error,
        issuer: callback.iss,
        browser: visitor.provider_cookie.clone(),
        known_browser: visitor.browser_id.clone(),
        current,
    };
    match at_provider::finish(&door.app, returned).await? {
        Ok(Finished::SignedIn {
            verified,
            back,
            kept,
        }) => {
            let kept = kept.unwrap_or_default();
            let back = account::resume_address(front, door, verified.admin.id, &kept)
                .or_else(|| front.own_address(&back?));
            enter::enter(front, visitor, door, &verified, back).await
        }
        Ok(Finished::Confirmed { confirmation, kept }) => {
            let Some(current) = visitor.current(door).await? else {
                return Ok(see_other(&front.account()));
            };
            account::confirmed(front, door, &current, &confirmation, kept)
        }
        Err(refused) => refuse(front, visitor, door, is_confirmation, &refused).await,
    }
}

/// A stale page, the back button and a bookmark lead on, too: who is signed in needs no way.
async fn refuse(
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    is_confirmation: bool,
    refused: &ProviderRefused,
) -> Result<Response, Problem> {
    let is_signed_in = visitor.current(door).await?.is_some();
    let trouble = Trouble::of(door, refused);
    match (is_signed_in, refused.remedy()) {
        (true, _) if is_confirmation => Ok(see_other(&trouble.address(door, &front.account())?)),
        (true, Remedy::Again) => Ok(see_other(&front.home())),
        _ => Ok(see_other(&trouble.address(door, &front.home())?)),
    }
}
