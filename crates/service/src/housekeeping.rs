//! What a running server throws away now and then: rows that only mattered for a time.

use crate::app::App;
use crate::error::ServiceError;
use std::time::Duration;
use store::password_reset_requests;
use tokio::sync::watch;

/// How long to leave everything as it is.
const PAUSE: Duration = Duration::from_secs(3600);

/// Sweeps until `stopped` says so.
pub async fn run(app: App, mut stopped: watch::Receiver<()>) {
    loop {
        if let Err(error) = sweep(&app).await {
            tracing::warn!(%error, "old rows could not be removed");
        }
        tokio::select! {
            _ = stopped.changed() => break,
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

/// Sweeps once.
pub async fn sweep(app: &App) -> Result<(), ServiceError> {
    let now = app.now();
    let mut connection = app.database().connection().await?;
    password_reset_requests::delete_old(&mut connection, now).await?;
    Ok(())
}
