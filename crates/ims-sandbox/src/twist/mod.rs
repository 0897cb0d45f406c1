//! Answers that look right and are not.
//!
//! A fault takes the place of an answer; a twist alters what is issued. One twist at a time, so that
//! a test that it fails has one cause. Each file here spoils one kind of answer.

mod answers;
mod callback;
mod claims;
mod documents;
mod kind;
mod profile;
mod signature;
mod times;

use jiff::SignedDuration;

pub use kind::Twist;

use crate::tokens::Draft;

impl Twist {
    /// What it is called in JSON and on the page, in kebab case.
    pub fn name(self) -> String {
        self.described().0
    }

    /// What it does, in a few words.
    pub fn description(self) -> String {
        self.described().1
    }

    /// Every twist.
    pub fn all() -> &'static [Self] {
        <Self as clap::ValueEnum>::value_variants()
    }

    fn described(self) -> (String, String) {
        clap::ValueEnum::to_possible_value(&self)
            .map(|value| {
                let help = value.get_help().map(ToString::to_string);
                (value.get_name().to_owned(), help.unwrap_or_default())
            })
            .unwrap_or_default()
    }

    /// How far the clock is off in what is issued.
    pub(crate) fn skew(self) -> SignedDuration {
        match self {
            Self::ClockAhead2Min => SignedDuration::from_mins(2),
            Self::ClockBehind2Min => SignedDuration::from_mins(-2),
            _ => SignedDuration::ZERO,
        }
    }

    /// Spoils a token before it is signed.
    pub(crate) fn spoil(self, draft: &mut Draft) {
        signature::spoil(self, draft);
        times::spoil(self, &mut draft.claims);
        claims::spoil(self, &mut draft.claims);
    }
}

pub(crate) use answers::{membership, token_answer, validity};
pub(crate) use callback::callback;
pub(crate) use claims::logout_token;
pub(crate) use documents::{discovery, key_set};
pub(crate) use profile::profile;
