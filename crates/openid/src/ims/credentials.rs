//! The trial of a client ID and its secret, without a person.
//!
//! ```text
//! authorize, client ID      302 towards us            -> the client ID and the redirect URI hold
//! token, bogus code         400 invalid_grant         -> the secret holds too
//!                           401 invalid_client        -> the secret does not
//! ```
//!
//! Commerce stops after the first step and so takes any secret. Every way to fail has a variant and
//! a sentence of its own; none repeats the secret or the provider's prose.

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use url::Url;

use super::{
    endpoints::{AuthorizationRequest, Endpoints, InvalidAddress},
    landing::{Landing, landing},
};
use crate::{
    answer::{Answer, Oddity, Unexpected},
    client::{CallFailed, Client},
    unreachable::Unreachable,
};

const AUTHORIZATION: &str = "to the authorization request";
const TOKEN: &str = "to the token request";

/// Why the credentials could not be shown to hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CredentialsRefused {
    /// The provider does not know the client, or does not let it sign people in.
    #[error(
        "{host} refused the client ID; compare it with the credential in the Adobe Developer Console"
    )]
    ClientId {
        /// Who refused.
        host: String,
    },
    /// The client ID holds, the secret does not.
    #[error(
        "{host} accepted the client ID but refused the client secret; copy the secret again from \
         the Adobe Developer Console"
    )]
    ClientSecret {
        /// Who refused.
        host: String,
    },
    /// The client holds, but a sign-in would not come back to this shop.
    #[error(
        "{host} does not lead back to {redirect_uri}; register it as redirect URI of the client"
    )]
    RedirectUri {
        /// Who refused.
        host: String,
        /// What would have to be registered.
        redirect_uri: String,
    },
    /// The redirect URI that was to be tried is no URL: the shop's own address is at fault.
    #[error("the redirect URI is not a complete URL; set the base URL of the shop")]
    MalformedRedirectUri,
    /// The provider refused for a reason of its own.
    #[error("{host} refused to answer {place}: `{error}`")]
    Other {
        /// Who refused.
        host: String,
        /// What it refused.
        place: &'static str,
        /// The word of the protocol for it.
        error: ErrorCode,
    },
    /// An address in the configuration cannot be used.
    #[error(transparent)]
    Address(#[from] InvalidAddress),
    /// No answer.
    #[error("{0}; nothing is known about the credentials, try again later")]
    Unreachable(#[from] Unreachable),
    /// An answer that makes no sense.
    #[error("{0}; nothing is known about the credentials, check the address of the provider")]
    Unexpected(#[from] Unexpected),
    /// The operating system gave no random bytes.
    #[error("the operating system gave no random bytes for a trial code")]
    NoRandomness,
}

impl From<CallFailed> for CredentialsRefused {
    fn from(failed: CallFailed) -> Self {
        match failed {
            CallFailed::Unreachable(unreachable) => Self::Unreachable(unreachable),
            CallFailed::Unexpected(unexpected) => Self::Unexpected(unexpected),
        }
    }
}

/// The `error` word of RFC 6749, shortened and stripped to letters, digits, `_`, `-` and `.`, so
/// that a provider cannot write into our messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorCode(String);

impl ErrorCode {
    fn new(word: &str) -> Self {
        let plain = |letter: &char| letter.is_ascii_alphanumeric() || "_-.".contains(*letter);
        Self(word.chars().filter(plain).take(40).collect())
    }

    /// The word.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for ErrorCode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What is tried.
#[derive(Debug, Clone, Copy)]
pub struct Trial<'a> {
    /// The client ID.
    pub client_id: &'a str,
    /// Its secret.
    pub client_secret: &'a SecretString,
    /// Where a sign-in would come back to.
    pub redirect_uri: &'a str,
    /// Locale that a sign-in would ask for, such as `en_US`.
    pub locale: &'a str,
    /// Scopes that a sign-in would ask for.
    pub scopes: &'a [&'a str],
}

/// Tries a client ID and its secret at the provider, without signing anybody in.
///
/// Makes at most two requests, each within the limits of the client.
///
/// # Errors
/// Unless the provider showed that both hold and that a sign-in would come back to us.
pub async fn try_credentials(
    client: &Client,
    endpoints: &Endpoints,
    trial: &Trial<'_>,
) -> Result<(), CredentialsRefused> {
    let bogus = random_text()?;
    try_client_id(client, endpoints, trial, &bogus).await?;
    try_client_secret(client, endpoints, trial, &bogus).await
}

async fn try_client_id(
    client: &Client,
    endpoints: &Endpoints,
    trial: &Trial<'_>,
    state: &str,
) -> Result<(), CredentialsRefused> {
    let Trial {
        client_id,
        redirect_uri,
        locale,
        scopes,
        ..
    } = *trial;
    let ours = Url::parse(redirect_uri).map_err(|_| CredentialsRefused::MalformedRedirectUri)?;
    let url = endpoints.authorize(&AuthorizationRequest {
        client_id,
        redirect_uri,
        locale,
        scopes,
        state,
    })?;
    let answer = client.get(&url, AUTHORIZATION).await?;
    // Providers that do not trust the client enough to redirect answer in place.
    if answer.is_client_error()
        && let Ok(refusal) = answer.json_object::<Refusal>()
    {
        return Err(refused_authorization(&answer, &refusal.error, redirect_uri));
    }
    if !matches!(answer.status, 302 | 303) {
        return Err(answer
            .unexpected(AUTHORIZATION, Oddity::Status(answer.status))
            .into());
    }
    let location = answer
        .location
        .as_deref()
        .and_then(|location| url.as_url().join(location).ok())
        .ok_or_else(|| answer.unexpected(AUTHORIZATION, Oddity::NoLocation))?;
    match landing(&location, &ours) {
        Landing::Ours => Ok(()),
        Landing::Error(word) => Err(refused_authorization(&answer, &word, redirect_uri)),
        Landing::Elsewhere => Err(CredentialsRefused::RedirectUri {
            host: answer.host,
            redirect_uri: redirect_uri.to_owned(),
        }),
    }
}

fn refused_authorization(answer: &Answer, word: &str, redirect_uri: &str) -> CredentialsRefused {
    let host = answer.host.clone();
    match word {
        "invalid_client" | "invalid_client_id" | "unauthorized_client" => {
            CredentialsRefused::ClientId { host }
        }
        "invalid_redirect_uri" | "redirect_uri_mismatch" => CredentialsRefused::RedirectUri {
            host,
            redirect_uri: redirect_uri.to_owned(),
        },
        other => CredentialsRefused::Other {
            host,
            place: "the authorization request",
            error: ErrorCode::new(other),
        },
    }
}

/// An error answer of RFC 6749, section 5.2.
#[derive(Deserialize)]
struct Refusal {
    error: String,
    #[serde(default)]
    error_description: String,
}

#[derive(serde::Serialize)]
struct TokenRequest<'a> {
    grant_type: &'static str,
    client_id: &'a str,
    client_secret: &'a str,
    code: &'a str,
}

async fn try_client_secret(
    client: &Client,
    endpoints: &Endpoints,
    trial: &Trial<'_>,
    code: &str,
) -> Result<(), CredentialsRefused> {
    let form = TokenRequest {
        grant_type: "authorization_code",
        client_id: trial.client_id,
        client_secret: trial.client_secret.expose_secret(),
        code,
    };
    let answer = client.post_form(&endpoints.token()?, &form, TOKEN).await?;
    let odd = |oddity| Err(answer.unexpected(TOKEN, oddity).into());
    if answer.is_redirect() {
        return odd(Oddity::Redirect(answer.status));
    }
    if !answer.is_client_error() && answer.status != 200 {
        return odd(Oddity::Status(answer.status));
    }
    let refusal = match answer.json_object::<Refusal>() {
        Ok(refusal) => refusal,
        Err(_) if answer.json_object::<Grant>().is_ok() => return odd(Oddity::BogusCodeAccepted),
        Err(oddity) => return odd(oddity),
    };
    let host = answer.host.clone();
    match refusal.error.as_str() {
        "invalid_grant" => Ok(()),
        "invalid_client" if blames_client_id(&refusal.error_description) => {
            Err(CredentialsRefused::ClientId { host })
        }
        "invalid_client" => Err(CredentialsRefused::ClientSecret { host }),
        other => Err(CredentialsRefused::Other {
            host,
            place: "the token request",
            error: ErrorCode::new(other),
        }),
    }
}

#[derive(Deserialize)]
struct Grant {
    #[serde(rename = "access_token")]
    _access_token: serde::de::IgnoredAny,
}

/// IMS uses one word for both and names the parameter in the description.
fn blames_client_id(description: &str) -> bool {
    description.contains("client_id") && !description.contains("secret")
}

/// A code that nobody was given and a state that nobody waits for.
fn random_text() -> Result<String, CredentialsRefused> {
    let mut bytes = [0; 24];
    getrandom::fill(&mut bytes).map_err(|_| CredentialsRefused::NoRandomness)?;
    Ok(data_encoding::HEXLOWER.encode(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_cannot_write_into_our_messages() {
        let hostile = "no\n\u{1b}[31m<b>` and then some more text that goes on for quite a while";
        let code = ErrorCode::new(hostile);
        assert_eq!(code.as_str(), "no31mbandthensomemoretextthatgoesonforqu");
    }
}
