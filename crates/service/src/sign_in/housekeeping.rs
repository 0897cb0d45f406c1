//! Sweeping out what no longer counts. Nothing depends on when it runs: who reads looks at the
//! times.

use super::at_provider;
use crate::app::App;
use crate::error::ServiceError;
use domain::known_browser::KEPT_FOR;
use domain::throttle::FORGOTTEN_AFTER;
use store::{captcha_log, known_browsers, linked_identities, provider_attempts, used_puzzles};

/// Removes attempts older than half an hour, puzzles that have run out, browsers unused for half a
/// year, ways to the provider that nobody came back from in time, and links to accounts that are
/// no more.
pub async fn run(app: &App) -> Result<(), ServiceError> {
    let now = app.now();
    let mut connection = app.database().connection().await?;
    captcha_log::delete_older(&mut connection, now - FORGOTTEN_AFTER).await?;
    used_puzzles::delete_expired(&mut connection, now).await?;
    known_browsers::delete_unused(&mut connection, now - KEPT_FOR).await?;
    provider_attempts::delete_before(&mut connection, now - at_provider::LIFETIME).await?;
    linked_identities::delete_orphans(&mut connection).await?;
    Ok(())
}
