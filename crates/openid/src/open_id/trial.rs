//! The trial of a registration, without a person.
//!
//! ```text
//! description                           it is the provider that was meant, and can be used
//! token, bogus code   invalid_grant     client ID and secret hold
//!                     invalid_client    they do not
//! authorize           a page, or on     the redirect URI holds, as far as it can be told
//!                     an error          it does not, or the client may not do this
//! ```

use url::Url;

use super::OpenId;
use crate::{
    answer::{Answer, Oddity},
    ims::ErrorCode,
    provider::{AuthorizationRequest, Prompt},
    provider_url::ProviderUrl,
    random,
    token_answer::{PLACE, refusal_word},
    trial::TrialRefused,
};

const AUTHORIZATION: &str = "to the authorization request";

/// What says no more than that a person is needed.
const PERSON_IS_NEEDED: [&str; 4] = [
    "login_required",
    "interaction_required",
    "consent_required",
    "account_selection_required",
];

impl OpenId {
    pub(crate) async fn try_credentials(
        &self,
        redirect_uri: &str,
        locale: &str,
    ) -> Result<(), TrialRefused> {
        let ours = Url::parse(redirect_uri).map_err(|_| TrialRefused::MalformedRedirectUri)?;
        let bogus = random::text().ok_or(TrialRefused::NoRandomness)?;
        self.try_secret(redirect_uri, &bogus).await?;
        self.try_authorization(&ours, redirect_uri, locale, &bogus)
            .await
    }

    async fn try_secret(&self, redirect_uri: &str, bogus: &str) -> Result<(), TrialRefused> {
        let metadata = self.metadata().await?;
        let form = [
            ("grant_type", "authorization_code"),
            ("code", bogus),
            ("redirect_uri", redirect_uri),
            ("code_verifier", bogus),
        ];
        let answer = self.post(&metadata, &metadata.token, &form, PLACE).await?;
        let host = answer.host.clone();
        match refusal_word(&answer).as_deref() {
            // The second is what a provider says that keeps to no registry of words.
            Some("invalid_grant" | "invalid_code") => Ok(()),
            Some("invalid_client" | "unauthorized_client") => Err(TrialRefused::Client { host }),
            None if answer.status == 401 => Err(TrialRefused::Client { host }),
            Some(word) => Err(TrialRefused::Token {
                host,
                error: ErrorCode::new(word),
            }),
            None => Err(answer.unexpected(PLACE, without_word(&answer)).into()),
        }
    }

    async fn try_authorization(
        &self,
        ours: &Url,
        redirect_uri: &str,
        locale: &str,
        bogus: &str,
    ) -> Result<(), TrialRefused> {
        let request = AuthorizationRequest {
            redirect_uri,
            locale,
            state: bogus,
            nonce: bogus,
            verifier: bogus,
            prompt: Prompt::SignIn,
            login_hint: None,
        };
        let url = self.authorize(&request).await?;
        let Ok(address) = ProviderUrl::parse(url.as_str()) else {
            return Err(TrialRefused::MalformedRedirectUri);
        };
        let answer = self.client.get(&address, AUTHORIZATION).await?;
        let word = match answer.status {
            200..300 => None,
            300..400 => {
                let target = answer
                    .location
                    .as_deref()
                    .and_then(|location| url.join(location).ok())
                    .ok_or_else(|| answer.unexpected(AUTHORIZATION, Oddity::NoLocation))?;
                error_of(&target, ours)
            }
            400..500 => Some(refusal_word(&answer).unwrap_or_default()),
            status => {
                let oddity = Oddity::Status(status);
                return Err(answer.unexpected(AUTHORIZATION, oddity).into());
            }
        };
        match word {
            None => Ok(()),
            Some(word) => Err(TrialRefused::Authorization {
                host: answer.host,
                error: ErrorCode::new(&word),
                redirect_uri: redirect_uri.to_owned(),
            }),
        }
    }
}

/// The error that a redirect carries, to us or to a page of the provider's own.
fn error_of(target: &Url, ours: &Url) -> Option<String> {
    let comes_back = target.origin() == ours.origin() && target.path() == ours.path();
    let (_, error) = target.query_pairs().find(|(name, _)| name == "error")?;
    let is_harmless = comes_back && PERSON_IS_NEEDED.contains(&error.as_ref());
    (!is_harmless).then(|| error.into_owned())
}

fn without_word(answer: &Answer) -> Oddity {
    match answer.status {
        200 => Oddity::BogusCodeAccepted,
        status if answer.is_redirect() => Oddity::Redirect(status),
        status => Oddity::Status(status),
    }
}
