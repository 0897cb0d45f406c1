//! The words for what a program is refused about second factors.

use super::super::refusal::Refusal;
use super::super::{token, words};
use service::second_factor::FactorRefused;
use service::second_factor::programs::ProgramRefused;

/// What a role needs for looking after others.
pub(super) const RESOURCE: &str = "Magento_TwoFactorAuth::tfa";

/// Why it was refused, to the program.
pub(super) fn refusal(refused: ProgramRefused) -> Refusal {
    match refused {
        ProgramRefused::IntegrationIsOn => token::of_factor(&FactorRefused::IntegrationIsOn),
        ProgramRefused::InvalidLink => Refusal::unauthorized(words::INVALID_LINK),
        ProgramRefused::Denied => Refusal::not_authorized(RESOURCE),
        ProgramRefused::NoSuchAdmin(id) => Refusal::no_such_entity("userId", id),
        ProgramRefused::NotAllowed => Refusal::bad_request(words::PROVIDER_NOT_ALLOWED),
        ProgramRefused::AlreadySetUp => Refusal::bad_request(words::PROVIDER_SET_UP),
        ProgramRefused::UnknownProvider(code) => Refusal::unknown(words::UNKNOWN_PROVIDER, code),
        ProgramRefused::Factor(refused) => token::of_factor(&refused),
    }
}

/// The same where the token of a link is only asked with.
pub(super) fn of_question(refused: ProgramRefused) -> Refusal {
    match refused {
        ProgramRefused::InvalidLink => Refusal::unauthorized(words::INVALID_TOKEN),
        refused => refusal(refused),
    }
}
