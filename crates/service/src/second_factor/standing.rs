//! Where a session stands: what its person still has to set up, and putting that off.

use super::{rules, user_config};
use crate::app::App;
use crate::error::ServiceError;
use crate::session::Current;
use domain::second_factor::Provider;
use domain::sign_in_mode::SignInMode;
use store::second_factors::session_factors;

/// What the person still has to set up before they go on, in this session.
pub async fn missing(app: &App, current: &Current) -> Result<Vec<Provider>, ServiceError> {
    let is_postponed = current.factor.is_some_and(|shown| shown.is_postponed);
    let rules = rules::load(app).await?;
    // Where any one is enough, the one that was shown is.
    if current.session.mode == SignInMode::AdobeIms || is_postponed || rules.forced().is_empty() {
        return Ok(Vec::new());
    }
    let mut connection = app.database().connection().await?;
    let config = user_config::load(app, &mut connection, &current.admin).await?;
    Ok(rules.missing(user_config::enrolled(app, &current.admin, &config)?))
}

/// Puts it off until the next sign-in. Only who has shown a factor has a session at all.
pub async fn postpone(app: &App, current: &Current) -> Result<(), ServiceError> {
    let mut connection = app.database().connection().await?;
    Ok(session_factors::postpone(&mut connection, current.id_hash()).await?)
}
