//! Tokens of a session that is over: they are revoked at the provider, and then forgotten here.
//! Those of somebody who has another session are only forgotten.
//! Where the provider is away that is tried again, for a day; by then they are worth little.

use crate::app::App;
use crate::error::ServiceError;
use crate::session::grant::open_tokens;
use domain::grant::CHECK_INTERVAL;
use jiff::SignedDuration;
use openid::Provider;
use std::time::Duration;
use store::provider_grants::{self, StoredGrant, as_read};

/// How long the provider has.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long after the provider last stood by a session its tokens are worth an attempt.
const WORTH_IT: SignedDuration = SignedDuration::from_hours(24);

pub(super) async fn let_go(
    app: &App,
    provider: &Provider,
    grant: &StoredGrant,
) -> Result<(), ServiceError> {
    let is_answered = has_others(app, grant).await? || revoke(app, provider, grant).await;
    let now = app.now();
    let mut connection = app.database().connection().await?;
    let is_worth_it = now.duration_since(grant.grant.confirmed_at) < WORTH_IT;
    if !is_answered && is_worth_it {
        as_read::put_off(&mut connection, grant, now + CHECK_INTERVAL).await?;
        return Ok(());
    }
    as_read::delete(&mut connection, grant).await?;
    Ok(())
}

/// Whether the person has another session than the one that rests on this grant. A provider may end
/// all of somebody's tokens with one (RFC 7009, section 2.1), and with them a session that is open:
/// then tokens that nobody has any more are left to run out.
pub(super) async fn has_others(app: &App, grant: &StoredGrant) -> Result<bool, ServiceError> {
    let mut connection = app.database().connection().await?;
    let identity = Some(grant.identity_hash.as_str());
    let all = provider_grants::list_of(&mut connection, identity, None).await?;
    let is_other = |other: &StoredGrant| other.tokens.access != grant.tokens.access;
    Ok(all.iter().any(is_other))
}

/// Whether the provider has answered, whatever it said. Tokens of another provider are not shown
/// to this one.
async fn revoke(app: &App, provider: &Provider, grant: &StoredGrant) -> bool {
    let tokens = open_tokens(app, &grant.tokens).filter(|_| provider.issuer() == grant.issuer);
    let Some(tokens) = tokens else {
        return true;
    };
    match tokio::time::timeout(PATIENCE, provider.revoke(&tokens)).await {
        Ok(Err(failure)) if failure.is_outage() => {
            tracing::debug!(%failure, "tokens are revoked later");
            false
        }
        Ok(_) => true,
        Err(_) => false,
    }
}
