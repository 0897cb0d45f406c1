//! For a person who proved who they are and has no role: what that means, whom to ask, and the way
//! out.

use super::page;
use crate::Door;
use crate::frame::Frame;
use crate::front::Front;
use crate::problem::Problem;
use crate::visitor::Visitor;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use service::session::Current;

#[derive(Template)]
#[template(path = "pages/no_permission.html")]
struct NoPermissionPage<'a> {
    frame: Frame<'a>,
    username: &'a str,
    home: String,
}

/// For who lost the role while signed in.
pub(crate) fn show(
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    current: &Current,
) -> Result<Response, Problem> {
    let frame = Frame::signed_in(front, visitor, door, current);
    render(front, frame, &current.admin.username)
}

/// For who had none when they signed in, and so is not signed in.
pub(super) fn refuse(
    front: &Front,
    visitor: &Visitor,
    username: &str,
) -> Result<Response, Problem> {
    render(front, Frame::new(front, visitor), username)
}

fn render(front: &Front, frame: Frame<'_>, username: &str) -> Result<Response, Problem> {
    let template = NoPermissionPage {
        frame,
        username,
        home: front.home(),
    };
    page(StatusCode::FORBIDDEN, &template)
}
