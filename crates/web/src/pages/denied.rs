//! In place of a page that a person's role does not open: what that means and what to do, in
//! Commerce's words.

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
#[template(path = "pages/denied.html")]
struct DeniedPage<'a> {
    frame: Frame<'a>,
    home: String,
}

pub(super) fn show(
    front: &Front,
    visitor: &Visitor,
    door: &Door,
    current: &Current,
) -> Result<Response, Problem> {
    let template = DeniedPage {
        frame: Frame::signed_in(front, visitor, door, current),
        home: front.home(),
    };
    page(StatusCode::FORBIDDEN, &template)
}
