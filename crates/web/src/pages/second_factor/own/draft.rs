//! A change as far as it has got: what its page says of it, and what it keeps for the next attempt.

use super::list;
use crate::detour::Detour;
use crate::pages::second_factor::identity::IdentityFields;
use crate::pages::second_factor::refusal::Refusal;
use crate::pages::second_factor::visit::Visit;
use axum::http::StatusCode;
use secrecy::SecretString;
use service::second_factor::own::{OwnProblem, OwnRefused};
use service::sign_in::identity::IdentityRefused;

/// What was wrong with an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// Nothing that is in the form.
    Page,
    /// What was to show who sits there.
    Identity,
    /// The name of a key.
    Name,
    /// What was to be set up.
    Factor,
}

/// A change that is still to be made.
pub(super) struct Draft {
    /// Whether the box for the other sessions is ticked.
    pub(super) ends_others: bool,
    refused: Option<(Wrong, Refusal)>,
    /// That the person has shown who they are.
    confirmation: Option<SecretString>,
}

impl Draft {
    /// One that nothing is against yet.
    pub(super) fn new(ends_others: bool) -> Self {
        Self {
            ends_others,
            refused: None,
            confirmation: None,
        }
    }

    /// What is to be told of the last attempt.
    pub(super) fn refusal(&self) -> Option<&Refusal> {
        self.refused.as_ref().map(|(_, refusal)| refusal)
    }

    /// Whether this was wrong with it.
    pub(super) fn is_wrong(&self, what: Wrong) -> bool {
        self.refused
            .as_ref()
            .is_some_and(|(wrong, _)| *wrong == what)
    }

    /// The part of the form in which the person shows who they are, unless they have.
    pub(super) fn identity(&self, visit: &Visit) -> IdentityFields {
        let is_wrong = self.is_wrong(Wrong::Identity);
        IdentityFields::of_own(visit, is_wrong, self.confirmation.clone())
    }

    /// The draft of a form that is too old, or not ours.
    pub(super) fn stale(self, visit: &Visit) -> Self {
        self.told(visit, Wrong::Page, StatusCode::FORBIDDEN, "page-stale")
    }

    /// The draft with what is against it; a detour where it has no place any more.
    pub(super) async fn refused(self, visit: &Visit, refused: OwnRefused) -> Result<Self, Detour> {
        match refused {
            OwnRefused::NotAsked | OwnRefused::Identity(IdentityRefused::IntegrationIsOn) => {
                Err(visit.not_asked()?.into())
            }
            OwnRefused::Identity(IdentityRefused::Locked) => Err(visit.sign_in().await?.into()),
            OwnRefused::Identity(IdentityRefused::WrongPassword) => {
                Ok(self.doubted(visit, "identity-wrong"))
            }
            OwnRefused::Identity(IdentityRefused::Unconfirmed) => {
                Ok(self.doubted(visit, "identity-unconfirmed"))
            }
            OwnRefused::Problem {
                problem,
                confirmation,
            } => {
                let confirmed = Self {
                    confirmation: Some(confirmation),
                    ..self
                };
                confirmed.with_problem(visit, problem).await
            }
        }
    }

    /// The same where it is not about who the person is.
    async fn with_problem(self, visit: &Visit, problem: OwnProblem) -> Result<Self, Detour> {
        let words = visit.words();
        match problem {
            OwnProblem::LastOne => Err(list::refuse(visit, "second_factor-own_last").await?.into()),
            OwnProblem::Gone => Err(list::refuse(visit, "second_factor-own_gone").await?.into()),
            OwnProblem::InvalidName => {
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                Ok(self.told(visit, Wrong::Name, status, "second_factor-own_name_wrong"))
            }
            OwnProblem::App(refused) => {
                let now = visit.door.app.now();
                let wrong = "second_factor-wrong_first_code";
                Ok(self.with(Wrong::Factor, Refusal::of(words, &refused, wrong, now)))
            }
            OwnProblem::Key(refused) => {
                Ok(self.with(Wrong::Factor, Refusal::of_new_key(words, &refused)))
            }
        }
    }

    /// The draft of who has not shown who they are.
    fn doubted(self, visit: &Visit, key: &str) -> Self {
        self.told(visit, Wrong::Identity, StatusCode::FORBIDDEN, key)
    }

    fn told(self, visit: &Visit, wrong: Wrong, status: StatusCode, key: &str) -> Self {
        self.with(wrong, Refusal::plain(status, visit.words().say(key)))
    }

    fn with(self, wrong: Wrong, refusal: Refusal) -> Self {
        Self {
            refused: Some((wrong, refusal)),
            ..self
        }
    }
}
