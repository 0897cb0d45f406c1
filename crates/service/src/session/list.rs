//! The sessions of one person, for themself to recognise.

use super::browser::name_of;
use super::{Current, handle, limits};
use crate::app::App;
use crate::error::ServiceError;
use domain::session::{KnownMode, Standing};
use jiff::Timestamp;
use store::sessions::Whose;

/// A session as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// To point at it with; good for nothing else.
    pub handle: String,
    /// When it was opened.
    pub started_at: Timestamp,
    /// When it was last used, to the minute or so.
    pub last_seen_at: Timestamp,
    /// From which address it was opened.
    pub address: String,
    /// With what, such as "Firefox on Linux"; nothing where the browser does not say.
    pub browser: Option<String>,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// The open sessions of the person in `current`, newest first.
pub async fn list_of(app: &App, current: &Current) -> Result<Vec<Listed>, ServiceError> {
    let now = app.now();
    let limits = limits(app).await?;
    // The one that asks was honoured a moment ago; others are, if they are of its mode and epoch.
    let known = KnownMode::Leased {
        mode: current.session.mode,
        epoch: current.session.epoch,
    };
    let mut connection = app.database().connection().await?;
    let whose = Whose::Of(current.admin.id);
    let list = app.sessions().list(&mut connection, whose).await?;
    let is_open = |standing| matches!(standing, Standing::Current(_));
    Ok(list
        .into_iter()
        .filter(|stored| is_open(stored.session.standing(known, limits, now)))
        .map(|stored| Listed {
            handle: handle(app, &stored.id_hash),
            started_at: stored.session.created_at,
            last_seen_at: stored.session.last_seen_at,
            browser: name_of(&stored.origin.user_agent),
            address: stored.origin.ip,
            is_this: stored.id_hash == current.id_hash,
        })
        .collect())
}
