//! Second factors: shown at a sign-in after the password, set up, renewed and taken away. What is
//! asked of whom is decided in `domain::second_factor`; what people have set up stands where
//! Commerce keeps it, and is read anew at each question.
//!
//! A right password opens no session where a second factor is asked for. It leaves a pending
//! sign-in behind ([`pending`]), which one browser may finish within ten minutes by showing a
//! factor ([`prove`]) or, where nothing is set up yet, by setting one up with a mailed or printed
//! link ([`enrol`], [`link`]).

pub mod enrol;
mod guard;
pub mod link;
pub mod others;
pub mod overview;
pub mod own;
pub mod passkey;
pub mod pending;
pub mod programs;
pub mod prove;
pub mod recovery;
pub mod remove;
pub mod rules;
pub mod security_key;
pub mod set_secret;
pub mod standing;
pub mod survey;
pub(crate) mod user_config;

#[cfg(test)]
mod actors;
#[cfg(test)]
mod tests;

pub use domain::second_factor::{Demand, Enrolled, Factor, Provider, Rules};

use crate::app::App;
use crate::error::ServiceError;
use domain::admin::Admin;
use jiff::{SignedDuration, Timestamp};
use store::admins;

/// The admin whom the operator names.
pub(crate) async fn named(app: &App, username: &str) -> Result<Admin, ServiceError> {
    let mut connection = app.database().connection().await?;
    let found = admins::find_by_username(&mut connection, username).await?;
    found.ok_or_else(|| OperatorRefused::UnknownUser(username.to_owned()).into())
}

/// Why a factor was not taken, or not set up. The codes are stable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactorRefused {
    /// There is no sign-in under way in this browser, or not any more.
    NotPending,
    /// The integration is on: nothing of Commerce's own sign-in is looked at.
    IntegrationIsOn,
    /// The code is wrong.
    WrongCode,
    /// The code would be right at another time: the app's clock is ahead by so much, or behind
    /// where it is negative.
    ClockIsOff(SignedDuration),
    /// The code was right, and was used before.
    UsedCode,
    /// Too many wrong codes: none is looked at before then.
    Locked(Timestamp),
    /// A hundred wrong codes in a row: only another factor or the operator opens this way again.
    Closed,
    /// The person has no such factor, or may not set one up.
    NotAllowed,
    /// It is set up already.
    AlreadySetUp,
    /// There is no link, or it is too old, used, or somebody else's.
    LinkNeeded,
    /// What was asked for was not asked for here, or too long ago.
    Stale,
    /// The security key's answer was refused, by this code of [`security_key`].
    Key(&'static str),
    /// A new key has to be called something, and not too long.
    InvalidName,
    /// The security key counts as if there were two of it.
    ClonedKey,
}

/// Why the operator's request was not carried out; the words are Commerce's where it has some.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OperatorRefused {
    /// Nobody has this user name.
    #[error("Unknown user {0}")]
    UnknownUser(String),
    /// There is no such provider here.
    #[error("Unknown provider {0}")]
    UnknownProvider(String),
    /// It is no secret, or one that is guessed too easily.
    #[error(
        "The secret must be text in base32 (A to Z and 2 to 7) of 26 letters or more, which are \
         128 bits"
    )]
    WeakSecret,
    /// Nobody is asked for a second factor.
    #[error("Nobody is asked for a second factor here: see security:tfa:status")]
    NotAsked,
    /// The person would be asked for it, and a link is of no use.
    #[error(
        "{0} has a second factor already and is asked for it, so that no link is needed. If it is \
         lost, take it away first: security:tfa:reset"
    )]
    AlreadySetUp(String),
}

impl From<webauthn::Refusal> for FactorRefused {
    fn from(refusal: webauthn::Refusal) -> Self {
        match refusal {
            webauthn::Refusal::Counter => Self::ClonedKey,
            other => Self::Key(other.code()),
        }
    }
}

impl FactorRefused {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotPending => "factor.not_pending",
            Self::IntegrationIsOn => "factor.integration_is_on",
            Self::WrongCode => "factor.wrong_code",
            Self::ClockIsOff(_) => "factor.clock_is_off",
            Self::UsedCode => "factor.used_code",
            Self::Locked(_) => "factor.locked",
            Self::Closed => "factor.closed",
            Self::NotAllowed => "factor.not_allowed",
            Self::AlreadySetUp => "factor.already_set_up",
            Self::LinkNeeded => "factor.link_needed",
            Self::Stale => "factor.stale",
            Self::Key(code) => code,
            Self::InvalidName => "factor.invalid_name",
            Self::ClonedKey => "factor.cloned_key",
        }
    }
}
