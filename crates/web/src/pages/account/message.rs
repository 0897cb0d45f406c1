//! What the account page has to say this time.

use super::password_rules;
use crate::pages::sign_in::sentence;
use crate::trouble::Trouble;
use axum::http::StatusCode;
use secrecy::SecretString;
use service::account::{AccountProblem, AccountRefused};
use service::sign_in::identity::IdentityRefused;
use service::words::Words;

#[derive(Default)]
pub(super) struct Message {
    pub(super) status: StatusCode,
    /// The key of a sentence about what was done.
    pub(super) notice: Option<&'static str>,
    /// The key of a sentence about why nothing was done.
    refusal: Option<&'static str>,
    /// The key of a sentence about what went wrong on the way to the provider.
    trouble: Option<String>,
    pub(super) is_about_identity: bool,
    pub(super) problems: Vec<AccountProblem>,
    /// That the person has shown who they are, for the form to bring back.
    pub(super) confirmation: Option<SecretString>,
}

impl Message {
    pub(super) fn notice(key: &'static str) -> Self {
        Self {
            notice: Some(key),
            ..Self::default()
        }
    }

    pub(super) fn refusal(status: StatusCode, key: &'static str) -> Self {
        Self {
            status,
            refusal: Some(key),
            ..Self::default()
        }
    }

    /// The page's owner is back: from signing in again, or from showing who they are.
    pub(super) fn resumed(confirmation: Option<SecretString>) -> Self {
        Self {
            notice: confirmation.is_none().then_some("account-kept"),
            confirmation,
            ..Self::default()
        }
    }

    /// Who sits there was not shown at the provider.
    pub(super) fn of_trouble(trouble: &Trouble) -> Self {
        Self {
            status: StatusCode::FORBIDDEN,
            trouble: Some(trouble.sentence().to_owned()),
            is_about_identity: true,
            ..Self::default()
        }
    }

    /// Why nothing was done.
    pub(super) fn sentences(&self, words: Words, provider: Option<&str>) -> Vec<String> {
        let refusal = self.refusal.iter();
        let refusal = refusal.map(|key| sentence(words, key, provider));
        let trouble = self.trouble.iter().map(|key| words.say(key));
        let problems = self.problems.iter().map(|problem| text(words, *problem));
        refusal.chain(trouble).chain(problems).collect()
    }
}

impl From<AccountRefused> for Message {
    fn from(refused: AccountRefused) -> Self {
        match refused {
            AccountRefused::Identity(refused) => Self {
                is_about_identity: true,
                ..Self::refusal(StatusCode::FORBIDDEN, identity(refused))
            },
            AccountRefused::Invalid {
                problems,
                confirmation,
            } => Self {
                status: StatusCode::UNPROCESSABLE_ENTITY,
                problems,
                confirmation: Some(confirmation),
                ..Self::default()
            },
        }
    }
}

fn identity(refused: IdentityRefused) -> &'static str {
    match refused {
        IdentityRefused::WrongPassword | IdentityRefused::Locked => "identity-wrong",
        IdentityRefused::Unconfirmed => "identity-unconfirmed",
        IdentityRefused::IntegrationIsOn => "adobe_sign_in-use",
    }
}

fn text(words: Words, problem: AccountProblem) -> String {
    match problem {
        AccountProblem::UsernameMissing => words.say("account-username_missing"),
        AccountProblem::UsernameTooLong => words.say("account-username_too_long"),
        AccountProblem::FirstName => words.say("account-first_name_wrong"),
        AccountProblem::LastName => words.say("account-last_name_wrong"),
        AccountProblem::Email => words.say("account-email_wrong"),
        AccountProblem::Language => words.say("account-language_wrong"),
        AccountProblem::Taken => words.say("account-taken"),
        AccountProblem::Password(problem) => password_rules::problem(words, problem),
    }
}
