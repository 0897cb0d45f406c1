//! A new id for a session, at every rise in rights: whoever knew the old one, or had planted it,
//! knows nothing any more.

use super::{digest, new_id};
use crate::app::App;
use crate::error::ServiceError;
use secrecy::SecretString;
use store::provider_grants;
use store::second_factors::session_factors;

/// Gives the session another id; the old one is dead at once. Answers nothing where the session is
/// over, or another request was given the new id: there is only ever one.
pub async fn rotate(app: &App, id: &SecretString) -> Result<Option<SecretString>, ServiceError> {
    let new = new_id()?;
    let (old_hash, new_hash) = (digest(app, id), digest(app, &new));
    let sessions = app.sessions();
    let mut change = sessions.begin(app.database()).await?;
    if !sessions.rotate(&mut change, &old_hash, &new_hash).await? {
        return Ok(None);
    }
    let mut transaction = change.transaction(app.database()).await?;
    provider_grants::rotate(&mut transaction, &old_hash, &new_hash).await?;
    session_factors::rotate(&mut transaction, &old_hash, &new_hash).await?;
    transaction.commit().await?;
    Ok(Some(new))
}
