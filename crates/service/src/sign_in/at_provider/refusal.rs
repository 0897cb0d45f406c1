//! Why a way to the provider did not lead in. Each has a code of its own for the record; people
//! are told what they can do something about.

use domain::linking::PersonRefused;
use openid::Failure;

/// Why nobody was let in or confirmed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.code())]
pub enum ProviderRefused {
    /// The integration is off.
    IntegrationIsOff,
    /// The integration is on, but nothing is set about the provider.
    NotConfigured,
    /// Too many ways are begun from this address and not ended.
    TooMany,
    /// The callback has no state, a malformed one, or something twice.
    Malformed,
    /// No way was begun with this state, or it was ended before.
    UnknownState,
    /// The way was begun in another browser.
    OtherBrowser,
    /// The way was begun too long ago, or before a switch.
    Stale,
    /// A sign-in came back where a confirmation belongs, or the reverse.
    OtherPurpose,
    /// The person, or the provider in their name, said no.
    Denied,
    /// The provider refused for another reason.
    ErrorByProvider,
    /// There is neither a code nor an error in the callback.
    NoCode,
    /// The provider's word could not be taken.
    Failure(Failure),
    /// The identity opens no account.
    Person(PersonRefused),
    /// The session that wanted an action confirmed is over.
    SessionOver,
    /// Somebody else than the person of the session has signed in.
    OtherPerson,
}

/// What a person can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Begin again.
    Again,
    /// Wait a little, and begin again.
    Later,
    /// Show a second factor at the provider as well.
    SecondFactor,
    /// Use another account at the provider.
    OtherAccount,
    /// Ask an administrator.
    Administrator,
    /// Ask whoever operates the shop.
    Operator,
}

impl ProviderRefused {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::IntegrationIsOff => "provider.integration_is_off",
            Self::NotConfigured => "provider.not_configured",
            Self::TooMany => "callback.too_many",
            Self::Malformed => "callback.malformed",
            Self::UnknownState => "callback.unknown_state",
            Self::OtherBrowser => "callback.other_browser",
            Self::Stale => "callback.stale",
            Self::OtherPurpose => "callback.other_purpose",
            Self::Denied => "callback.denied",
            Self::ErrorByProvider => "callback.error_by_provider",
            Self::NoCode => "callback.no_code",
            Self::Failure(failure) => failure.code(),
            Self::Person(refused) => refused.code(),
            Self::SessionOver => "confirmation.session_over",
            Self::OtherPerson => "confirmation.other_person",
        }
    }

    /// What the person can do.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::IntegrationIsOff
            | Self::Malformed
            | Self::UnknownState
            | Self::OtherBrowser
            | Self::Stale
            | Self::OtherPurpose
            | Self::NoCode
            | Self::SessionOver => Remedy::Again,
            Self::TooMany => Remedy::Later,
            Self::Failure(failure) if failure.is_outage() => Remedy::Later,
            Self::Failure(failure) if failure.code() == NO_SECOND_FACTOR => Remedy::SecondFactor,
            Self::Denied | Self::OtherPerson => Remedy::OtherAccount,
            Self::Failure(failure) if failure.code() == NOT_A_MEMBER => Remedy::OtherAccount,
            Self::Person(_) => Remedy::Administrator,
            Self::NotConfigured | Self::ErrorByProvider | Self::Failure(_) => Remedy::Operator,
        }
    }

    /// Whether anybody can bring it about with a made-up address, as often as they like: it belongs
    /// into the log, and not into a record that is kept for ever.
    pub(super) fn is_anybodys(&self) -> bool {
        matches!(
            self,
            Self::IntegrationIsOff | Self::Malformed | Self::UnknownState
        )
    }

    /// Whether whoever operates the shop should look: it is nothing that a person did.
    pub fn is_for_operator(&self) -> bool {
        match self {
            Self::NotConfigured | Self::ErrorByProvider => true,
            Self::Failure(failure) => ![NOT_A_MEMBER, NO_SECOND_FACTOR].contains(&failure.code()),
            _ => false,
        }
    }
}

impl From<Failure> for ProviderRefused {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

/// The code of who does not belong to the organization.
const NOT_A_MEMBER: &str = "organization.not_member";

/// The code of who has shown no second factor at the provider.
const NO_SECOND_FACTOR: &str = "token.no_second_factor";
