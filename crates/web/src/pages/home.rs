//! What a signed-in admin sees: who the door takes them for, how they came in, and when before.
//! An admin who reads a time that was not theirs is the first to know of a stolen password.

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
use service::session::Current;

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
    is_password_old: bool,
    previous: Option<Moment>,
    /// Where the configuration is, for who may see it.
    configuration: Option<String>,
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
    let signed_in_with = match current.session.mode {
        SignInMode::Commerce => words.say("home-with_password"),
        SignInMode::AdobeIms => match provider::name(&door.app).await? {
            Some(host) => host,
            None => words.say("home-with_adobe_id"),
        },
    };
    let template = HomePage {
        frame,
        full_name: admin.full_name(),
        username: &admin.username,
        role: admin.role.as_ref().map(|role| role.name.as_str()),
        are_others_ended: query == Some(OTHERS_ENDED_QUERY),
        is_password_old: age == PasswordAge::ChangeRecommended,
        signed_in_with,
        configuration: admin.has_full_rights().then(|| front.configuration()),
        previous: visitor.previous_sign_in.map(|at| Moment::new(at, words)),
    };
    page(StatusCode::OK, &template)
}
