//! A new id for a session, at every rise in rights: whoever knew the old one, or had planted it,
//! knows nothing any more.

use super::{digest, new_id};
use crate::app::App;
use crate::error::ServiceError;
use secrecy::SecretString;
use store::provider_grants;

/// Gives the session another id; the old one is dead at once. Answers nothing where the session is
/// over, or another request was given the new id: there is only ever one.
pub async fn rotate(app: &App, id: &SecretString) -> Result<Option<SecretString>, ServiceError> {
    let new = new_id()?;
    let (old_hash, new_hash) = (digest(app, id), digest(app, &new));
    let mut connection = app.database().connection().await?;
    let sessions = app.sessions();
    let is_rotated = sessions
        .rotate(&mut connection, &old_hash, &new_hash)
        .await?;
    if is_rotated {
        provider_grants::rotate(&mut connection, &old_hash, &new_hash).await?;
    }
    Ok(is_rotated.then_some(new))
}
