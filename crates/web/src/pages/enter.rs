//! Letting somebody in who was verified at either door: a new session under a new id, its cookies,
//! and on to where they wanted to go.

use super::{home, see_other};
use crate::Door;
use crate::cookies::Cookie;
use crate::front::Front;
use crate::problem::Problem;
use crate::visitor::Visitor;
use axum::response::Response;
use domain::password_lifetime::PasswordAge;
use domain::second_factor::Factor;
use secrecy::{ExposeSecret, SecretString};
use service::session;
use service::sign_in::Verified;
use service::sign_in::start_page::StartPage;

/// Opens a session under a new id; one that the browser was in before is over. Leads on to `back`,
/// or to the start page.
pub(super) async fn enter(
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    verified: &Verified,
    back: Option<String>,
) -> Result<Response, Problem> {
    if let Some(old) = &visitor.session_id {
        session::end(&door.app, old).await?;
    }
    let start_page = match is_told_something(verified) {
        true => StartPage::Overview,
        false => StartPage::of(&door.app, &verified.admin).await?,
    };
    let opened = session::open(&door.app, verified, &visitor.origin).await?;
    let mut response = match back {
        Some(back) => see_other(&back),
        None if opened.others_ended => {
            see_other(&format!("{}?{}", front.home(), home::OTHERS_ENDED_QUERY))
        }
        None => see_other(&address(front, start_page)),
    };
    set_cookies(&mut response, door, verified, &opened.id);
    Ok(response)
}

/// Whether the overview has something to tell that must not be missed.
fn is_told_something(verified: &Verified) -> bool {
    verified.factor == Some(Factor::RecoveryCode)
        || verified.password_age == PasswordAge::ChangeRecommended
}

fn address(front: &Front, page: StartPage) -> String {
    match page {
        StartPage::Overview => front.home(),
        StartPage::Configuration => front.configuration(),
    }
}

/// The cookies of somebody who was let in.
fn set_cookies(response: &mut Response, door: &Door, verified: &Verified, id: &SecretString) {
    let secure = door.secure_cookies;
    Cookie::Session.set(response, id.expose_secret(), secure);
    let known = verified.browser.as_ref();
    if let Some(id) = known.and_then(|browser| browser.new_id.as_ref()) {
        Cookie::KnownBrowser.keep(response, id.expose_secret(), secure);
    }
    match verified.admin.last_sign_in {
        Some(at) => Cookie::PreviousSignIn.set(response, &at.as_second().to_string(), secure),
        None => Cookie::PreviousSignIn.clear(response, secure),
    }
}
