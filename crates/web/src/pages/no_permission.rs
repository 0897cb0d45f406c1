//! For a person who is signed in and has no role: what that means, whom to ask, and the way out.

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
}

pub(crate) fn show(
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    current: &Current,
) -> Result<Response, Problem> {
    let template = NoPermissionPage {
        frame: Frame::signed_in(front, visitor, door, current),
        username: &current.admin.username,
    };
    page(StatusCode::FORBIDDEN, &template)
}
