//! What the provider's answer about a session leads to. No connection is held while it is asked,
//! and what came for a used-up refresh token is stored before anything else.

use super::let_go;
use crate::app::App;
use crate::error::ServiceError;
use crate::provider::ProviderSettings;
use crate::session::grant::{open_tokens, seal_tokens};
use crate::session::withdraw;

use crate::sign_in::person;
use crate::switch;
use domain::grant::{CHECK_INTERVAL, RETRY};
use domain::session::EndReason;
use jiff::Timestamp;
use openid::{Failure, Provider, Standing, Tokens, VerifiedIdentity};
use std::time::Duration;
use store::provider_grants::{StoredGrant, StoredTokens, as_read};

/// How often, and how far apart, it is tried to store what came for a refresh token.
const STORING: (u32, Duration) = (20, Duration::from_millis(500));

/// Stands where the stored tokens say nothing any more: no key opens them, or another provider is
/// set up than the one that issued them, which must not get to see them.
const NO_TOKENS: &str = "token.unusable";

/// What an answer has come to.
pub(super) enum Settled {
    /// The provider has answered, whatever it said.
    Answered,
    /// It gave no answer.
    Unreachable(Failure),
}

pub(super) async fn ask(
    app: &App,
    provider: &Provider,
    grant: &StoredGrant,
) -> Result<Standing, Failure> {
    let tokens = open_tokens(app, &grant.tokens).filter(|_| provider.issuer() == grant.issuer);
    match tokens {
        Some(tokens) => provider.check(&tokens, &grant.subject, app.now()).await,
        None => Ok(Standing::Revoked(NO_TOKENS)),
    }
}

pub(super) async fn settle(
    app: &App,
    provider: &Provider,
    settings: &ProviderSettings,
    grant: &StoredGrant,
    asked: Result<Standing, Failure>,
) -> Result<Settled, ServiceError> {
    let now = app.now();
    let mut grant = grant.clone();
    let why = match asked {
        Ok(Standing::Valid { person, renewed }) => {
            let confirmed = confirm(app, provider, &grant, renewed.as_ref(), now).await?;
            let Some(confirmed) = confirmed else {
                return Ok(Settled::Answered);
            };
            grant = confirmed;
            match refresh(app, settings, &grant, person.as_deref(), now).await? {
                Ok(()) => return Ok(Settled::Answered),
                Err(code) => code,
            }
        }
        Ok(Standing::Revoked(code)) => code,
        Err(failure) if failure.is_outage() => {
            let mut connection = app.database().connection().await?;
            as_read::note_unreachable(&mut connection, &grant, now, now + RETRY).await?;
            return Ok(Settled::Unreachable(failure));
        }
        Err(failure) => failure.code(),
    };
    if withdraw(app, &grant, EndReason::RevokedByProvider).await? {
        let admin = grant.admin;
        tracing::info!(admin, why, "a session is over by the provider's word");
    }
    Ok(Settled::Answered)
}

/// Keeps the answer "yes". Returns the grant with the tokens that it rests on now; nothing where it
/// is gone meanwhile, or rests on newer ones.
async fn confirm(
    app: &App,
    provider: &Provider,
    grant: &StoredGrant,
    renewed: Option<&Tokens>,
    now: Timestamp,
) -> Result<Option<StoredGrant>, ServiceError> {
    let sealed = renewed.map(|tokens| seal_tokens(app, tokens)).transpose()?;
    let is_kept = match store(app, grant, sealed.as_ref(), now).await {
        Err(error) if sealed.is_some() => {
            tracing::warn!(%error, "renewed tokens are not stored yet");
            insist(app, grant, sealed.as_ref(), now).await?
        }
        stored => stored?,
    };
    if let (false, Some(tokens)) = (is_kept, renewed) {
        abandon(app, provider, grant, tokens).await?;
    }
    Ok(is_kept.then(|| StoredGrant {
        tokens: sealed.unwrap_or_else(|| grant.tokens.clone()),
        ..grant.clone()
    }))
}

async fn store(
    app: &App,
    grant: &StoredGrant,
    tokens: Option<&StoredTokens>,
    now: Timestamp,
) -> Result<bool, ServiceError> {
    let mut connection = app.database().connection().await?;
    let next = now + CHECK_INTERVAL;
    Ok(as_read::confirm(&mut connection, grant, tokens, now, next).await?)
}

/// The refresh token from before is used up: without the new one the session is lost.
async fn insist(
    app: &App,
    grant: &StoredGrant,
    tokens: Option<&StoredTokens>,
    now: Timestamp,
) -> Result<bool, ServiceError> {
    let (times, pause) = STORING;
    for _ in 1..times {
        tokio::time::sleep(pause).await;
        if let Ok(is_kept) = store(app, grant, tokens, now).await {
            return Ok(is_kept);
        }
    }
    store(app, grant, tokens, now).await
}

/// New tokens that nobody needs: the session was ended while the provider was asked. Where the
/// person has another session they are left to run out.
async fn abandon(
    app: &App,
    provider: &Provider,
    grant: &StoredGrant,
    tokens: &Tokens,
) -> Result<(), ServiceError> {
    if !let_go::has_others(app, grant).await?
        && let Err(failure) = provider.revoke(tokens).await
    {
        tracing::info!(%failure, "tokens of a session that is over were not revoked");
    }
    Ok(())
}

/// The role that the person's claims stand for now; the code of why they have none. Where the ID
/// token alone named it and a renewal brought none, nothing was said of it: it stays as it is.
async fn refresh(
    app: &App,
    settings: &ProviderSettings,
    grant: &StoredGrant,
    person: Option<&VerifiedIdentity>,
    now: Timestamp,
) -> Result<Result<(), &'static str>, ServiceError> {
    let Some(person) = person.filter(|person| !is_silent(settings, grant, person)) else {
        return Ok(Ok(()));
    };
    let mut transaction = app.database().begin().await?;
    if !switch::hold(&mut transaction, grant.epoch).await? {
        return Ok(Ok(()));
    }
    let refreshed = person::refresh(&mut transaction, person, settings, grant.admin, now).await?;
    transaction.commit().await?;
    Ok(refreshed.map_err(|refused| refused.code()))
}

fn is_silent(settings: &ProviderSettings, grant: &StoredGrant, person: &VerifiedIdentity) -> bool {
    let is_unsaid = |claim: &String| person.values_of(claim).is_empty();
    grant.role_by_id_token
        && !person.has_id_token()
        && settings.role_claim.as_ref().is_some_and(is_unsaid)
}
