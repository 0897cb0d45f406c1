//! Forgetting sessions that are long over, in small batches, so that nobody waits for the table.

use crate::app::App;
use crate::error::ServiceError;

/// How many are forgotten in one go.
const BATCH: u32 = 200;

/// Forgets what is kept no longer. Returns how many sessions that were.
pub async fn forget(app: &App) -> Result<u64, ServiceError> {
    let now = app.now();
    let mut forgotten = 0;
    loop {
        let mut connection = app.database().connection().await?;
        let batch = app.sessions().forget(&mut connection, now, BATCH).await?;
        forgotten += batch;
        if batch < u64::from(BATCH) {
            return Ok(forgotten);
        }
    }
}
