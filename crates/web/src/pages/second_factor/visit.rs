//! Somebody who is signed in and looks after second factors, their own or other people's.

use crate::Door;
use crate::detour::Detour;
use crate::form_key;
use crate::frame::Frame;
use crate::front::Front;
use crate::member::{self, Purpose};
use crate::pages::{page, sign_in};
use crate::problem::Problem;
use crate::visitor::Visitor;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use service::session::Current;
use service::words::Words;

/// A request of theirs.
pub(super) struct Visit {
    pub(super) front: Front,
    pub(super) visitor: Visitor,
    pub(super) door: Door,
    pub(super) current: Current,
}

#[derive(Template)]
#[template(path = "pages/second_factor/not_asked.html")]
struct NotAskedPage<'a> {
    frame: Frame<'a>,
}

impl Visit {
    /// The visit of who may go on; all others are led to where they can be.
    pub(super) async fn begin(
        front: Front,
        visitor: Visitor,
        door: Door,
        purpose: Purpose,
    ) -> Result<Self, Detour> {
        let current = member::require(&front, &visitor, &door, purpose).await?;
        Ok(Self {
            front,
            visitor,
            door,
            current,
        })
    }

    /// The frame of a page that stands at `address`.
    pub(super) fn frame(&self, address: String) -> Frame<'_> {
        Frame::signed_in(&self.front, &self.visitor, &self.door, &self.current).at(address)
    }

    /// The language of their pages.
    pub(super) fn words(&self) -> Words {
        Words::of(self.visitor.language(Some(&self.current.admin)))
    }

    /// The key of the page's forms.
    pub(super) fn form_key(&self) -> String {
        form_key::token(&self.door, &self.visitor)
    }

    /// In place of any page for who is asked for no second factor.
    pub(super) fn not_asked(&self) -> Result<Response, Problem> {
        let frame = Frame::signed_in(&self.front, &self.visitor, &self.door, &self.current);
        page(StatusCode::FORBIDDEN, &NotAskedPage { frame })
    }

    /// The sign-in page, for who has lost the session meanwhile.
    pub(super) async fn sign_in(&self) -> Result<Response, Problem> {
        sign_in::ask(&self.front, &self.visitor, &self.door, None).await
    }
}
