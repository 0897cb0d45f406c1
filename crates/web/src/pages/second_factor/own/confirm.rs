//! The page of a change that needs nothing but the person's password.

use super::draft::Draft;
use crate::frame::Frame;
use crate::pages::second_factor::OWN;
use crate::pages::second_factor::identity::IdentityFields;
use crate::pages::second_factor::refusal::{self, Refusal};
use crate::pages::second_factor::visit::Visit;
use crate::problem::Problem;
use askama::Template;
use axum::response::Response;

/// What is to be confirmed, as keys of sentences.
pub(super) struct Question<'a> {
    /// Where the page stands.
    pub(super) address: String,
    /// Where its form goes.
    pub(super) action: String,
    pub(super) heading: &'static str,
    /// What it means.
    pub(super) what: &'static str,
    pub(super) submit: &'static str,
    /// The key that it is about: the digest of its id, and its name.
    pub(super) key: Option<(&'a str, &'a str)>,
}

#[derive(Template)]
#[template(path = "pages/second_factor/own/confirm.html")]
struct ConfirmPage<'a> {
    frame: Frame<'a>,
    question: &'a Question<'a>,
    draft: &'a Draft,
    identity: IdentityFields,
    own: String,
    notice: Option<&'a str>,
    is_refused: bool,
}

/// Asks it.
pub(super) fn ask(
    visit: &Visit,
    question: &Question<'_>,
    draft: &Draft,
) -> Result<Response, Problem> {
    let refusal = draft.refusal();
    let template = ConfirmPage {
        frame: visit.frame(question.address.clone()),
        question,
        draft,
        identity: draft.identity(visit),
        own: visit.front.tfa(OWN),
        notice: refusal.map(Refusal::notice),
        is_refused: refusal.is_some(),
    };
    refusal::page(&template, refusal)
}
