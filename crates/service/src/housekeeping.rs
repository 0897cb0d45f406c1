//! What a running server throws away now and then: rows that only mattered for a time.

use crate::app::App;
use crate::error::ServiceError;
use crate::{session, sign_in};
use domain::identity;
use jiff::Timestamp;
use std::time::Duration;
use store::database::{Connection, DatabaseError};
use store::{adobe_ims_webapi, identity_confirmations, password_reset_requests};
use tokio::sync::watch;

/// How long to leave everything as it is; also after the start, when everybody else wants
/// something.
const PAUSE: Duration = Duration::from_secs(60);

/// Sweeps until `stopped` says so.
pub async fn run(app: App, mut stopped: watch::Receiver<()>) {
    loop {
        tokio::select! {
            _ = stopped.changed() => break,
            () = tokio::time::sleep(PAUSE) => {}
        }
        if let Err(error) = sweep(&app).await {
            tracing::warn!(%error, "old rows could not be removed");
        }
    }
}

/// Sweeps once.
pub async fn sweep(app: &App) -> Result<(), ServiceError> {
    let now = app.now();
    let mut connection = app.database().connection().await?;
    password_reset_requests::delete_old(&mut connection, now).await?;
    identity_confirmations::delete_before(&mut connection, now - identity::LIFETIME).await?;
    forget_expired_tokens(&mut connection, now).await?;
    drop(connection);
    sign_in::housekeeping::run(app).await?;
    // Last, since a session server may be away.
    session::forget(app).await?;
    Ok(())
}

/// A shop without Adobe's modules has no table of tokens.
async fn forget_expired_tokens(
    connection: &mut Connection,
    now: Timestamp,
) -> Result<(), ServiceError> {
    match adobe_ims_webapi::delete_expired(connection, now).await {
        Ok(_) | Err(DatabaseError::MissingTable(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
