//! The trial of a client ID and its secret, without a person.
//!
//! ```text
//! authorize, client ID      302 towards us            -> the client ID and the redirect URI hold
//! token, bogus code         400 invalid_grant         -> the secret holds too
//!                           401 invalid_client        -> the secret does not
//! ```
//!
//! Commerce stops after the first step and so takes any secret. What can be refused is listed in
//! `refusal`.

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize, de::IgnoredAny};
use url::Url;

use super::{
    endpoints::{AuthorizationRequest, Endpoints},
    landing::{Landing, landing},
    refusal::{CredentialsRefused, ErrorCode},
};
use crate::{
    answer::{Answer, Oddity},
    client::Client,
    random,
};

const AUTHORIZATION: &str = "to the authorization request";
const TOKEN: &str = "to the token request";

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
    let bogus = random::text().ok_or(CredentialsRefused::NoRandomness)?;
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

#[derive(Serialize)]
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
    _access_token: IgnoredAny,
}

/// IMS uses one word for both and names the parameter in the description.
fn blames_client_id(description: &str) -> bool {
    description.contains("client_id") && !description.contains("secret")
}
