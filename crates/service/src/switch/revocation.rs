//! Telling the provider to forget the tokens that were stored here. The tokens are gone from here
//! in any case; a provider that does not answer is not waited for.

use super::receipt::Revoked;
use crate::config::settings::Settings;
use crate::error::ServiceError;
use commerce::configuration::OPENID_ISSUER;
use futures_util::{StreamExt, stream};
use openid::{Failure, Limits, OpenIdOptions, Provider, ProviderUrl, Registration, Tokens};
use secrecy::{ExposeSecret, SecretString};
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// How long the provider has for all of them together.
const DEADLINE: Duration = Duration::from_secs(3);

/// How many tokens are ended at the same time.
const CONCURRENCY: usize = 8;

/// What is needed to speak to the provider, taken from the configuration before it was removed.
pub(super) enum Client {
    /// Adobe IMS.
    Adobe {
        endpoints: openid::ims::Endpoints,
        client_id: SecretString,
        client_secret: SecretString,
    },
    /// An OpenID provider.
    OpenId(Provider),
}

/// Takes what is needed; nothing where the issuer is no address, for that must not keep anybody
/// from switching off.
pub(super) fn client(
    settings: &Settings,
    client_id: &SecretString,
    client_secret: &SecretString,
) -> Result<Option<Client>, ServiceError> {
    let issuer = settings.text(OPENID_ISSUER)?;
    let Some(issuer) = issuer.filter(|issuer| !issuer.is_empty()) else {
        return Ok(Some(Client::Adobe {
            endpoints: settings.endpoints()?,
            client_id: client_id.clone(),
            client_secret: client_secret.clone(),
        }));
    };
    let registration = Registration {
        client_id: client_id.expose_secret().to_owned(),
        client_secret: client_secret.clone(),
    };
    let client = openid::Client::new(Limits::default());
    let provider = ProviderUrl::parse(&issuer)
        .ok()
        .map(|issuer| Provider::open_id(client, issuer, registration, OpenIdOptions::default()));
    Ok(provider.map(Client::OpenId))
}

/// Revokes `tokens`; nothing where there are none or where the client is not known.
pub(super) async fn revoke(client: Option<&Client>, tokens: Vec<SecretString>) -> Option<Revoked> {
    match client.filter(|_| !tokens.is_empty())? {
        Client::Adobe {
            endpoints,
            client_id,
            client_secret,
        } => {
            let report = openid::ims::revoke(
                &openid::Client::new(Limits::default()),
                endpoints,
                client_id.expose_secret(),
                client_secret,
                tokens,
                DEADLINE,
            )
            .await;
            Some(Revoked {
                revoked: report.revoked,
                refused: report.refused,
                unreached: report.unreached,
            })
        }
        Client::OpenId(provider) => Some(revoke_at(provider, tokens).await),
    }
}

/// Revokes access and refresh tokens alike (RFC 7009 tells them apart at the provider).
async fn revoke_at(provider: &Provider, tokens: Vec<SecretString>) -> Revoked {
    let mut told = Revoked {
        revoked: 0,
        refused: 0,
        unreached: tokens.len(),
    };
    let end = Instant::now() + DEADLINE;
    let outcomes = stream::iter(tokens)
        .map(|token| revoke_one(provider, token))
        .buffer_unordered(CONCURRENCY);
    let mut outcomes = std::pin::pin!(outcomes);
    while let Ok(Some(outcome)) = timeout_at(end, outcomes.next()).await {
        match outcome {
            Ok(()) => told.revoked += 1,
            Err(failure) if failure.is_outage() => continue,
            Err(_) => told.refused += 1,
        }
        told.unreached -= 1;
    }
    told
}

async fn revoke_one(provider: &Provider, token: SecretString) -> Result<(), Failure> {
    let tokens = Tokens {
        access: token,
        expires_at: None,
        refresh: None,
        id: None,
    };
    provider.revoke(&tokens).await
}
