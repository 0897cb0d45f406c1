//! Telling the provider to forget the tokens that were stored here. The tokens are gone from here
//! in any case; a provider that does not answer is not waited for.

use super::receipt::Revoked;
use super::taken::Taken;
use crate::app::App;
use crate::config::settings::Settings;
use crate::error::ServiceError;
use crate::provider;
use commerce::configuration::OPENID_ISSUER;
use futures_util::{StreamExt, stream};
use openid::{Client, Failure, Limits, OpenIdOptions, Provider, ProviderUrl, Registration, Tokens};
use secrecy::{ExposeSecret, SecretString};
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// How long the provider has for all of them together.
const DEADLINE: Duration = Duration::from_secs(3);

/// How many tokens are ended at the same time.
const CONCURRENCY: usize = 8;

/// The provider, as far as it must be known for this, taken from the configuration before that was
/// removed. Nothing where the issuer is no address: that must not keep anybody from switching off.
pub(super) fn before_removal(
    settings: &Settings,
    client_id: &SecretString,
    client_secret: &SecretString,
) -> Result<Option<Provider>, ServiceError> {
    let registration = Registration {
        client_id: client_id.expose_secret().to_owned(),
        client_secret: client_secret.clone(),
    };
    let client = Client::new(Limits::default());
    let issuer = settings.text(OPENID_ISSUER)?;
    let Some(issuer) = issuer.filter(|issuer| !issuer.is_empty()) else {
        let endpoints = settings.endpoints()?;
        let adobe = Provider::adobe(client, endpoints, registration, String::new());
        return Ok(Some(adobe));
    };
    let issuer = ProviderUrl::parse(&issuer).ok();
    Ok(issuer
        .map(|issuer| Provider::open_id(client, issuer, registration, OpenIdOptions::default())))
}

/// The provider that is set up, where the switch itself takes its settings away. What cannot be
/// read of it keeps nobody from switching.
pub(super) async fn set_up_now(app: &App) -> Option<Provider> {
    match provider::current(app).await {
        Ok(found) => found.map(|(provider, _)| provider),
        Err(error) => {
            tracing::warn!(%error, "it is not known where tokens are to be revoked");
            None
        }
    }
}

/// Revokes the access and refresh tokens among those taken away; nothing where there are none or
/// where the provider is not known.
pub(super) async fn revoke(provider: Option<&Provider>, taken: Taken) -> Option<Revoked> {
    let provider = provider?;
    let tokens = taken.revocable_at(provider.issuer());
    if tokens.is_empty() {
        return None;
    }
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
            Err(Failure::Unexpected(_)) => told.refused += 1,
            // Also where a provider has no place to revoke tokens at.
            Err(_) => continue,
        }
        told.unreached -= 1;
    }
    Some(told)
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
