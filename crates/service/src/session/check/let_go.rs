//! Tokens of a session that is over: they are revoked at the provider, and then forgotten here.
//! Where the provider is away that is tried again, for a day; by then they are worth little.

use crate::app::App;
use crate::error::ServiceError;
use crate::session::grant::open_tokens;
use domain::grant::CHECK_INTERVAL;
use jiff::SignedDuration;
use openid::Provider;
use std::time::Duration;
use store::provider_grants::{StoredGrant, as_read};

/// How long the provider has.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long after the provider last stood by a session its tokens are worth an attempt.
const WORTH_IT: SignedDuration = SignedDuration::from_hours(24);

pub(super) async fn let_go(
    app: &App,
    provider: &Provider,
    grant: &StoredGrant,
) -> Result<(), ServiceError> {
    let is_answered = revoke(app, provider, grant).await;
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
