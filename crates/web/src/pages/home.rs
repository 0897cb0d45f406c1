//! What a signed-in admin sees: who the door takes them for, how they came in, and when before.
//! An admin who reads a time that was not theirs is the first to know of a stolen password.

use super::second_factor::{OWN, PEOPLE};
use super::{denied, page};
use crate::Door;
use crate::frame::Frame;
use crate::front::Front;
use crate::moment::Moment;
use crate::problem::Problem;
use crate::visitor::Visitor;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::password_lifetime::PasswordAge;
use domain::sign_in_mode::SignInMode;
use service::password;
use service::provider;
use service::second_factor::{Factor, others, own};
use service::session::Current;

/// The query of the page after somebody showed that they have kept their recovery codes.
pub(super) const CODES_KEPT_QUERY: &str = "codes_kept";

/// The query of the page after a sign-in that ended the person's other sessions.
pub(super) const OTHERS_ENDED_QUERY: &str = "others_ended";

#[derive(Template)]
#[template(path = "pages/home.html")]
struct HomePage<'a> {
    frame: Frame<'a>,
    full_name: String,
    username: &'a str,
    role: Option<&'a str>,
    signed_in_with: String,
    are_others_ended: bool,
    are_codes_kept: bool,
    is_password_old: bool,
    /// What there is to know about recovery codes that run out, and where to get more.
    codes_left: Option<(String, String)>,
    previous: Option<Moment>,
    /// Where the configuration is, for who may see it.
    configuration: Option<String>,
    /// Where other people's second factors are, for who may look after them.
    people: Option<String>,
}

/// The page for who is signed in and may go on. A role without any rights, as people get it whom
/// the integration made, opens no first page, in Commerce neither.
pub(super) async fn show(
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    current: &Current,
    query: Option<&str>,
) -> Result<Response, Problem> {
    let admin = &current.admin;
    if !admin.has_any_rights() {
        return denied::show(front, visitor, door, current);
    }
    let age = password::age(&door.app, current).await?;
    let frame = Frame::signed_in(front, visitor, door, current);
    let words = frame.words();
    let signed_in_with = match (current.session.mode, provider::name(&door.app).await?) {
        (SignInMode::Commerce, _) => frame.say("home-with_password"),
        (SignInMode::AdobeIms, Some(provider)) => provider,
        (SignInMode::AdobeIms, None) => frame.say("home-with_adobe_id"),
    };
    let codes_left = codes_left(door, current, &frame).await?;
    let codes_left = codes_left.map(|told| (told, front.tfa(OWN)));
    let has_people = others::is_allowed(&door.app, current).await?;
    let template = HomePage {
        people: has_people.then(|| front.tfa(PEOPLE)),
        frame,
        full_name: admin.full_name(),
        username: &admin.username,
        role: admin.role.as_ref().map(|role| role.name.as_str()),
        are_others_ended: query == Some(OTHERS_ENDED_QUERY),
        are_codes_kept: query == Some(CODES_KEPT_QUERY),
        codes_left,
        is_password_old: age == PasswordAge::ChangeRecommended,
        signed_in_with,
        configuration: admin.has_full_rights().then(|| front.configuration()),
        previous: visitor.previous_sign_in.map(|at| Moment::new(at, words)),
    };
    page(StatusCode::OK, &template)
}

/// How many recovery codes are left, where there is reason to tell.
async fn codes_left(
    door: &Door,
    current: &Current,
    frame: &Frame<'_>,
) -> Result<Option<String>, Problem> {
    let shown = current.factor.map(|shown| shown.factor);
    let key = match shown {
        Some(Factor::RecoveryCode) => "second_factor-codes_left",
        _ => "second_factor-codes_few",
    };
    let left = own::few_codes_left(&door.app, current).await?;
    Ok(left.map(|left| frame.tell(key, "count", left)))
}
