//! What went wrong on the way to the provider, sealed into the address of the page that tells it:
//! nobody can make a link that tells something else, and the callback's own query, with its code,
//! is left behind.

use crate::Door;
use crate::problem::Problem;
use data_encoding::BASE64URL_NOPAD;
use jiff::SignedDuration;
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use service::random;
use service::sign_in::at_provider::{ProviderRefused, Remedy};

/// The beginning of the query of the page that tells it.
const QUERY: &str = "trouble=";

/// How long an address tells it.
const LIFETIME: SignedDuration = SignedDuration::from_mins(10);

/// What went wrong.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Trouble {
    code: String,
    sentence: String,
    /// Whether another account at the provider could help.
    pub(crate) other_account: bool,
    /// Why, for whoever operates the shop, where it is theirs to mend.
    pub(crate) reason: Option<String>,
    at: i64,
}

impl Trouble {
    /// What there is to tell about a refusal.
    pub(crate) fn of(door: &Door, refused: &ProviderRefused) -> Self {
        let remedy = refused.remedy();
        let reason = match refused {
            ProviderRefused::Failure(failure) if refused.is_for_operator() => {
                Some(failure.to_string()).filter(|reason| reason != refused.code())
            }
            _ => None,
        };
        Self {
            code: refused.code().to_owned(),
            sentence: sentence(refused, remedy).to_owned(),
            other_account: remedy == Remedy::OtherAccount,
            reason,
            at: door.app.now().as_second(),
        }
    }

    /// The address of a page that tells it.
    pub(crate) fn address(&self, door: &Door, page: &str) -> Result<String, Problem> {
        let text = serde_json::to_string(self).map_err(|error| Problem::fault(&error))?;
        let sealed = door
            .app
            .keyring()
            .encrypt(text.as_bytes(), random::bytes()?);
        let sealed = BASE64URL_NOPAD.encode(sealed.as_bytes());
        Ok(format!("{page}?{QUERY}{sealed}"))
    }

    /// Reads it back from a query, if it is ours and not old.
    pub(crate) fn of_query(door: &Door, query: Option<&str>) -> Option<Self> {
        let sealed = query?.strip_prefix(QUERY)?;
        let sealed = BASE64URL_NOPAD.decode(sealed.as_bytes()).ok()?;
        let sealed = String::from_utf8(sealed).ok()?;
        let text = door.app.keyring().decrypt_text(&sealed).ok()?;
        let trouble: Self = serde_json::from_str(text.expose_secret()).ok()?;
        let age = door.app.now().as_second().checked_sub(trouble.at)?;
        (0..=LIFETIME.as_secs()).contains(&age).then_some(trouble)
    }

    /// The stable code, for the operator to find it in the log by.
    pub(crate) fn code(&self) -> &str {
        &self.code
    }

    /// The key of the sentence for the person.
    pub(crate) fn sentence(&self) -> &str {
        &self.sentence
    }
}

fn sentence(refused: &ProviderRefused, remedy: Remedy) -> &'static str {
    match (refused, remedy) {
        (ProviderRefused::IntegrationIsOff, _) => "trouble-off",
        (ProviderRefused::Denied, _) => "trouble-denied",
        (ProviderRefused::OtherPerson, _) => "trouble-other_person",
        (ProviderRefused::TooMany, _) => "trouble-too_many",
        (_, Remedy::Again) => "trouble-again",
        (_, Remedy::Later) => "trouble-unreachable",
        (_, Remedy::SecondFactor) => "trouble-no_second_factor",
        (_, Remedy::OtherAccount) => "trouble-not_member",
        (_, Remedy::Administrator) => "trouble-no_access",
        (_, Remedy::Operator) => "trouble-failed",
    }
}
