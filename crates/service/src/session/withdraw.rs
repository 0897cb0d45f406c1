//! Ending a session for a reason that is the provider's: it stands by it no longer, has not
//! answered for too long, or was told to sign the person out.

use super::record;
use crate::app::App;
use crate::error::ServiceError;
use domain::grant::RETRY;
use domain::session::EndReason;
use store::provider_grants::{StoredGrant, as_read};

/// Who ends it, in the audit record.
const ACTOR: &str = "provider";

/// How often a session that gets new ids meanwhile is looked for.
const ATTEMPTS: u32 = 3;

/// Ends the session that rests on a grant, and forgets the grant where its tokens are worth
/// nothing any more. A session that rests on newer
/// tokens goes on: a fresh sign-in has come in between. Returns whether this ended it.
pub(super) async fn withdraw(
    app: &App,
    was: &StoredGrant,
    reason: EndReason,
) -> Result<bool, ServiceError> {
    let now = app.now();
    let sessions = app.sessions();
    for _ in 0..ATTEMPTS {
        let mut change = sessions.begin(app.database()).await?;
        let Some(grant) = as_read::find(&mut change, was).await? else {
            return Ok(false);
        };
        let id_hash = &grant.session_hash;
        let is_ended = sessions.end(&mut change, id_hash, reason).await?;
        if !is_ended && sessions.find(&mut change, id_hash).await?.is_none() {
            // In Redis it gets its new id a moment before its grant does.
            continue;
        }
        let mut transaction = change.transaction(app.database()).await?;
        if reason == EndReason::ProviderUnreachable {
            // Its tokens are still good: they are revoked once the provider is back.
            as_read::put_off(&mut transaction, was, now + RETRY).await?;
        } else {
            as_read::delete(&mut transaction, was).await?;
        }
        if is_ended {
            let by = (ACTOR, now);
            record(&mut transaction, Some(grant.admin), 1, reason, by).await?;
        }
        transaction.commit().await?;
        return Ok(is_ended);
    }
    Ok(false)
}
