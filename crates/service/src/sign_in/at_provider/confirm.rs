//! Showing once more who one is, by signing in anew at the provider. Only the very identity that
//! opened the session will do (A6); it leaves the same confirmation as a password does.

use super::finish::{Finished, Way};
use super::refusal::ProviderRefused;
use crate::app::App;
use crate::error::ServiceError;
use crate::session::{Current, seal_tokens};
use crate::sign_in::identity;
use domain::grant::CHECK_INTERVAL;
use domain::identity::Action;
use openid::SignedIn;
use store::provider_grants;

/// Whether the session that asked for the confirmation is the one that comes back.
pub(super) fn still_wanted(way: &Way, current: Option<&Current>) -> Result<(), ProviderRefused> {
    let wanted = way.attempt.session_hash.as_deref();
    match current {
        Some(current) if Some(current.id_hash()) == wanted => Ok(()),
        _ => Err(ProviderRefused::SessionOver),
    }
}

pub(super) async fn confirm(
    app: &App,
    way: Way,
    current: &Current,
    action: Action,
    signed_in: SignedIn,
) -> Result<Result<Finished, ProviderRefused>, ServiceError> {
    let now = way.now;
    let mut transaction = app.database().begin().await?;
    let Some(stored) = provider_grants::find(&mut transaction, current.id_hash()).await? else {
        return Ok(Err(ProviderRefused::SessionOver));
    };
    let person = &signed_in.person;
    if (&stored.issuer, &stored.subject) != (&person.issuer, &person.subject) {
        return Ok(Err(ProviderRefused::OtherPerson));
    }
    // What the fresh sign-in gave is newer than what the session rests on.
    let tokens = seal_tokens(app, &signed_in.tokens)?;
    let next = now + CHECK_INTERVAL;
    provider_grants::confirm(
        &mut transaction,
        current.id_hash(),
        Some(&tokens),
        now,
        next,
    )
    .await?;
    let confirmation =
        identity::confirm_at_provider(app, &mut transaction, current, action, now).await?;
    transaction.commit().await?;
    Ok(Ok(Finished::Confirmed {
        confirmation,
        kept: way.attempt.kept,
    }))
}
