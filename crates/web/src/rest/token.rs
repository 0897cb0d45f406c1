//! What all ways to a token have in common: a user name and a password to begin with, and the words
//! of their refusals.

use super::fields::Fields;
use super::refusal::Refusal;
use super::words;
use crate::visitor::Visitor;
use secrecy::ExposeSecret;
use service::second_factor::FactorRefused;
use service::sign_in::admin_token::{Credentials, TokenRefused};
use service::sign_in::password::SignInRefused;

/// User name and password, present and of the right type, but possibly empty.
pub(super) fn credentials(fields: &mut Fields, visitor: &Visitor) -> Result<Credentials, Refusal> {
    Ok(Credentials {
        username: fields.text("username")?,
        password: fields.secret("password")?,
        ip: visitor.origin.ip.clone(),
    })
}

/// Why there is no token, to the program that sent these. Which of them are empty is told, as
/// Commerce does, once it was found that they open nothing.
pub(super) fn refusal_of(refused: TokenRefused, sent: &Credentials) -> Refusal {
    let is_empty = [
        ("username", sent.username.is_empty()),
        ("password", sent.password.expose_secret().is_empty()),
    ];
    let empty = is_empty.into_iter().filter(|(_, is_empty)| *is_empty);
    let empty: Vec<&'static str> = empty.map(|(field, _)| field).collect();
    match refused {
        TokenRefused::Password(SignInRefused::BadCredentials) if !empty.is_empty() => {
            Refusal::required(&empty)
        }
        refused => refusal(refused),
    }
}

fn refusal(refused: TokenRefused) -> Refusal {
    match refused {
        TokenRefused::Password(refused) => of_password(&refused),
        TokenRefused::FactorNeeded(active) => {
            Refusal::providers(words::USE_FACTOR_ENDPOINT, None, &active)
        }
        TokenRefused::LinkSent(choice) => {
            Refusal::providers(words::SET_UP_BY_MAIL, Some(&choice), &[])
        }
        TokenRefused::NoAddress => Refusal::bad_request(words::MAIL_FAILED),
        TokenRefused::ProviderNotAllowed => Refusal::bad_request(words::PROVIDER_NOT_ALLOWED),
        TokenRefused::ProviderNotSetUp => Refusal::bad_request(words::PROVIDER_NOT_SET_UP),
        TokenRefused::Factor(refused) => of_factor(&refused),
    }
}

fn of_password(refused: &SignInRefused) -> Refusal {
    match refused {
        // A program is never asked for a puzzle; what it needs besides is told by what is above.
        SignInRefused::BadCredentials
        | SignInRefused::PuzzleNeeded(_)
        | SignInRefused::FactorNeeded(_) => Refusal::unauthorized(words::BAD_CREDENTIALS),
        SignInRefused::NoRole => Refusal::unauthorized(words::NO_ROLE),
        SignInRefused::IntegrationIsOn => Refusal::unauthorized(words::USE_IMS_TOKEN),
    }
}

/// Why a second factor was not taken, to the program.
pub(super) fn of_factor(refused: &FactorRefused) -> Refusal {
    match refused {
        FactorRefused::IntegrationIsOn => Refusal::unauthorized(words::USE_IMS_TOKEN),
        FactorRefused::WrongCode | FactorRefused::ClockIsOff(_) | FactorRefused::UsedCode => {
            Refusal::unauthorized(words::INVALID_CODE)
        }
        // "Please wait and try again later" is what is to be done about both.
        FactorRefused::NotPending | FactorRefused::Locked(_) | FactorRefused::Closed => {
            Refusal::unauthorized(words::BAD_CREDENTIALS)
        }
        FactorRefused::NotAllowed => Refusal::bad_request(words::PROVIDER_NOT_ALLOWED),
        FactorRefused::AlreadySetUp => Refusal::bad_request(words::PROVIDER_SET_UP),
        FactorRefused::LinkNeeded => Refusal::unauthorized(words::INVALID_LINK),
        FactorRefused::Stale
        | FactorRefused::Key(_)
        | FactorRefused::InvalidName
        | FactorRefused::ClonedKey => Refusal::unauthorized(words::INVALID_KEY),
    }
}
