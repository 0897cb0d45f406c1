//! What a signed-in admin sees: who the door takes them for, how they came in, and when before.
//! An admin who reads a time that was not theirs is the first to know of a stolen password.

use super::page;
use crate::Door;
use crate::frame::Frame;
use crate::front::Front;
use crate::problem::Problem;
use crate::visitor::Visitor;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::sign_in_mode::SignInMode;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use service::session::Current;
use service::words::Words;

#[derive(Template)]
#[template(path = "pages/home.html")]
struct HomePage<'a> {
    frame: Frame<'a>,
    full_name: String,
    username: &'a str,
    role: Option<&'a str>,
    is_with_adobe_id: bool,
    previous: Option<Moment>,
}

/// A time for a person, and the same for a program.
struct Moment {
    text: String,
    machine: String,
}

impl Moment {
    fn new(at: Timestamp, words: Words) -> Self {
        Self {
            text: words.moment(&at.to_zoned(TimeZone::UTC)),
            machine: at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        }
    }
}

/// The page for who is signed in.
pub(super) fn show(
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    current: &Current,
) -> Result<Response, Problem> {
    let admin = &current.admin;
    let frame = Frame::signed_in(front, visitor, door, current);
    let words = frame.words();
    let template = HomePage {
        frame,
        full_name: admin.full_name(),
        username: &admin.username,
        role: admin.role.as_ref().map(|role| role.name.as_str()),
        is_with_adobe_id: current.session.mode == SignInMode::AdobeIms,
        previous: visitor.previous_sign_in.map(|at| Moment::new(at, words)),
    };
    page(StatusCode::OK, &template)
}
