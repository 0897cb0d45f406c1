//! Sweeping out what no longer counts. Nothing depends on when it runs: who reads looks at the
//! times.

use super::at_provider;
use crate::app::App;
use crate::error::ServiceError;
use crate::second_factor::pending;
use crate::session;
use domain::known_browser::KEPT_FOR;
use domain::second_factor::code_limit::CodeLimit;
use domain::throttle::FORGOTTEN_AFTER;
use store::pending_sign_ins;
use store::second_factors::{code_failures, session_factors};
use store::{captcha_log, known_browsers, linked_identities, provider_attempts, used_puzzles};

/// Removes attempts older than half an hour, puzzles that have run out, browsers unused for half a
/// year, ways to the provider that nobody came back from in time, sign-ins that nobody finished,
/// wrong codes of addresses, what was shown in sessions that are over, and links to accounts that are no more.
pub async fn run(app: &App) -> Result<(), ServiceError> {
    let now = app.now();
    // Where sessions have no limit, what was shown in one may be asked for at any time.
    let longest = session::limits(app).await?.absolute();
    let mut connection = app.database().connection().await?;
    captcha_log::delete_older(&mut connection, now - FORGOTTEN_AFTER).await?;
    used_puzzles::delete_expired(&mut connection, now).await?;
    known_browsers::delete_unused(&mut connection, now - KEPT_FOR).await?;
    provider_attempts::delete_before(&mut connection, now - at_provider::LIFETIME).await?;
    pending_sign_ins::delete_before(&mut connection, now - pending::LIFETIME).await?;
    let span = CodeLimit::OF_ADDRESS.lock * 2;
    code_failures::delete_addresses_before(&mut connection, now - span).await?;
    if let Some(longest) = longest {
        session_factors::delete_before(&mut connection, now - longest).await?;
    }
    linked_identities::delete_orphans(&mut connection).await?;
    Ok(())
}
