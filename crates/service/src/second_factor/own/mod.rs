//! A person's own second factors, in a session that has shown one: what there is, and every change
//! of it. Who sits there is asked first, before anything is said about what was typed; what may be
//! done is decided once before the account is held, and again once it is.
//!
//! ```text
//!  identity ──▶ judge ──▶ account held ──▶ judge ──▶ stored, told, written down ──▶ new session id
//! ```

mod add_key;
mod app_code;
mod change;
mod judge;
mod keys;
mod list;
mod recovery;

pub use add_key::{Accepted, MOST_KEYS, accepted_keys, add_key, begin_key};
pub use app_code::{remove_app, set_app};
pub use change::{Changed, Wish};
pub(super) use keys::key_name;
pub use keys::{NAME_LENGTH, remove_key, rename_key};
pub use list::{KnownKey, Own, OwnKey, few_codes_left, list};
pub use recovery::renew_codes;

use super::{FactorRefused, rules};
use crate::app::App;
use crate::error::ServiceError;
use crate::session::Current;
use crate::sign_in::identity::IdentityRefused;
use crate::switch;
use domain::sign_in_mode::SignInMode;
use secrecy::SecretString;

/// Why nothing was changed.
#[derive(Debug)]
pub enum OwnRefused {
    /// Nobody was confirmed.
    Identity(IdentityRefused),
    /// No second factor is asked for, or none counts in this session any more.
    NotAsked,
    /// It cannot be; who the person is was confirmed, and need not be asked again.
    Problem {
        /// Why.
        problem: OwnProblem,
        /// For the form to bring back in place of the password.
        confirmation: SecretString,
    },
}

/// What is in the way of a change. The codes are stable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnProblem {
    /// The person would have none left.
    LastOne,
    /// There is no such thing, or not any more.
    Gone,
    /// A key's name is empty, too long, or none.
    InvalidName,
    /// The app was not set up.
    App(FactorRefused),
    /// The key was not set up.
    Key(FactorRefused),
}

impl OwnProblem {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::LastOne => "factor.last_one",
            Self::Gone => "factor.gone",
            Self::InvalidName => FactorRefused::InvalidName.code(),
            Self::App(refused) | Self::Key(refused) => refused.code(),
        }
    }
}

/// Whether the person of a session has factors to look after: where one is asked for, every session
/// of a Commerce password has shown one.
pub fn is_asked(current: &Current) -> bool {
    current.session.mode == SignInMode::Commerce && current.factor.is_some()
}

/// The same, as things stand at this moment: the integration is off, and the shop still asks.
pub async fn is_open(app: &App, current: &Current) -> Result<bool, ServiceError> {
    let is_integrated = switch::current(app).await?.1 == SignInMode::AdobeIms;
    Ok(!is_integrated && is_asked(current) && rules::load(app).await?.is_required())
}

#[cfg(test)]
mod tests;
