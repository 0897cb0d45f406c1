//! Sweeping out what no longer counts. Nothing depends on when it runs: who reads looks at the
//! times.

use crate::app::App;
use crate::error::ServiceError;
use domain::known_browser::KEPT_FOR;
use domain::throttle::FORGOTTEN_AFTER;
use store::{captcha_log, known_browsers, used_puzzles};

/// Removes attempts older than half an hour, puzzles that have run out, and browsers unused for
/// half a year.
pub async fn run(app: &App) -> Result<(), ServiceError> {
    let now = app.now();
    let mut connection = app.database().connection().await?;
    captcha_log::delete_older(&mut connection, now - FORGOTTEN_AFTER).await?;
    used_puzzles::delete_expired(&mut connection, now).await?;
    known_browsers::delete_unused(&mut connection, now - KEPT_FOR).await?;
    Ok(())
}
