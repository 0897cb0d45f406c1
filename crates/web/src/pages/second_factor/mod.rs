//! Where a second factor is asked for after the password. The browser holds the id of its pending
//! sign-in in a cookie; each way to finish it has a page of its own, at Commerce's address where
//! Commerce has one.

pub(crate) mod app_code;
pub(crate) mod app_set_up;
mod form;
pub(crate) mod give_up;
mod half_way;
mod identity;
pub(crate) mod index;
pub(crate) mod key;
pub(super) mod key_options;
pub(crate) mod key_set_up;
pub(crate) mod missing;
mod other_ways;
pub(crate) mod own;
pub(crate) mod people;
mod qr_code;
pub(crate) mod recovery_code;
pub(crate) mod recovery_codes;
pub(super) mod refusal;
pub(crate) mod request;
mod secret_shown;
mod set_up;
pub(super) mod signal;
mod visit;

use super::see_other;
use crate::Door;
use crate::cookies::Cookie;
use crate::front::Front;
use crate::problem::Problem;
use axum::response::Response;
use service::second_factor::pending::{self, PendingId};

/// Where a code of an authenticator app is asked for, below `tfa/`.
pub(crate) const APP_CODE: &str = "google/auth/";
/// Where an app is set up on the way in.
pub(crate) const APP_SET_UP: &str = "google/configure/";
/// Where a security key is asked for.
pub(crate) const KEY: &str = "u2f/auth/";
/// Where the browser learns what to ask it.
pub(crate) const KEY_OPTIONS: &str = "u2f/auth/options/";
/// Where a key is set up on the way in.
pub(crate) const KEY_SET_UP: &str = "u2f/configure/";
/// Where the browser learns what to ask the new key.
pub(crate) const KEY_SET_UP_OPTIONS: &str = "u2f/configure/options/";
/// Where a recovery code is asked for.
pub(crate) const RECOVERY_CODE: &str = "recovery/auth/";
/// Where one shows that the recovery codes are kept.
pub(crate) const CONFIRM_CODES: &str = "recovery/confirm/";
/// Where one asks for a link to set a factor up.
pub(crate) const REQUEST: &str = "tfa/requestconfig/";
/// Where one gives up a sign-in.
pub(crate) const GIVE_UP: &str = "tfa/giveup/";
/// Where one learns what is still to be set up.
pub(crate) const MISSING: &str = "tfa/configure/";
/// Where one puts that off.
pub(crate) const POSTPONE: &str = "tfa/configurelater/";
/// Where one sees and changes one's own factors.
pub(crate) const OWN: &str = "account/";
/// Where who has the right looks after other people's.
pub(crate) const PEOPLE: &str = "people/";

/// On to the second factor, for who has just shown the password. What they came for is kept; where
/// that is a link to set a factor up, or another page of a pending sign-in, it is no errand.
pub(super) async fn ask(
    front: &Front,
    door: &Door,
    id: &PendingId,
    back: Option<String>,
    kept: &str,
) -> Result<Response, Problem> {
    let is_way_in = |address: &String| is_way_in(front, address);
    let link = back.clone().filter(|back| index::token_of(back).is_some());
    let kept = (!kept.is_empty()).then_some(kept);
    let errand = back.filter(|back| !is_way_in(back));
    pending::set_errand(&door.app, id, errand.as_deref(), kept).await?;
    let address = link.filter(is_way_in);
    let mut response = see_other(&address.unwrap_or_else(|| front.second_factor()));
    Cookie::PendingSignIn.set(&mut response, id.expose(), door.secure_cookies);
    Ok(response)
}

/// Whether an address is one of the pages that finish a pending sign-in.
fn is_way_in(front: &Front, address: &str) -> bool {
    let path = address.split('?').next().unwrap_or_default();
    let ways = [
        APP_CODE,
        APP_SET_UP,
        KEY,
        KEY_SET_UP,
        RECOVERY_CODE,
        REQUEST,
    ];
    ways.map(|way| front.tfa(way))
        .into_iter()
        .chain([front.second_factor()])
        .any(|way| way.trim_end_matches('/') == path.trim_end_matches('/'))
}

#[cfg(test)]
mod tests;
