//! Asking the provider whether it still stands by the sessions that it opened: every ten minutes
//! each, beside the requests and never within one. Of several servers one asks: a grant is claimed
//! first, and by the claim's end the exchange is over.
//!
//! ```text
//!  due ──claim──▶ asked ─┬─ "yes" ─────────────────▶ due in ten minutes, with renewed tokens
//!                        ├─ "no" ──────────────────▶ session ended, grant deleted
//!                        ├─ no answer ─────────────▶ in grace, due in half a minute
//!                        └─ the session is over ───▶ tokens revoked, grant deleted
//! ```
//!
//! An exchange is never broken off: it may already have used up the refresh token, and what came
//! for it must be kept. The limits of the client bound it.

mod answer;
mod let_go;
mod watch;

use super::{limits, withdraw};
use crate::app::App;
use crate::error::ServiceError;
use crate::metrics::CheckOutcome;
use crate::node::Lease;
use crate::provider::{self, ProviderSettings};
use answer::Settled;
use domain::grant::{CLAIM, GrantStanding};
use domain::session::{EndReason, KnownMode, Standing};
use domain::sign_in_mode::SignInMode;
use openid::Provider;
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use store::provider_grants::{self, StoredGrant};
use tokio::task::JoinSet;
use watch::Watch;

/// How often to look for what is due.
const PAUSE: Duration = Duration::from_secs(2);

/// How many sessions are asked about at once: a slow answer about one delays no other.
const AT_ONCE: usize = 8;

/// How long exchanges under way may take when the server stops.
const FAREWELL: Duration = Duration::from_secs(15);

/// How many sessions are remembered as missing.
const MOST_MISSING: usize = 1_000;

/// Asks until `stopped` says so.
pub async fn run(app: App, lease: Lease, mut stopped: tokio::sync::watch::Receiver<()>) {
    let checker = Arc::new(Checker::new(app, lease));
    let mut under_way = JoinSet::new();
    loop {
        while under_way.try_join_next().is_some() {}
        let begun = checker.begin_due(&mut under_way).await;
        checker.watch.note_trouble(begun.err());
        tokio::select! {
            _ = stopped.changed() => break,
            Some(_) = under_way.join_next(), if under_way.len() >= AT_ONCE => {}
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
    let finish = async { while under_way.join_next().await.is_some() {} };
    if tokio::time::timeout(FAREWELL, finish).await.is_err() {
        under_way.detach_all();
    }
}

/// What one server needs to ask.
struct Checker {
    app: App,
    lease: Lease,
    watch: Watch,
    /// Sessions that were not there when last looked for. In Redis a session gets its new id a
    /// moment before its grant does: only what is missing twice is gone.
    missing: Mutex<HashSet<String>>,
}

/// What a session is worth to its grant.
enum Worth {
    /// The provider is to be asked.
    Open,
    /// It is over, or gone.
    Over,
    /// It is open, and has waited for the provider for too long.
    GraceOver,
    /// That cannot be told yet.
    Unknown,
}

impl Checker {
    fn new(app: App, lease: Lease) -> Self {
        Self {
            watch: Watch::new(app.metrics().clone()),
            app,
            lease,
            missing: Mutex::default(),
        }
    }

    /// Claims what is due, as far as there is room, and begins to look after it.
    async fn begin_due(self: &Arc<Self>, under_way: &mut JoinSet<()>) -> Result<(), ServiceError> {
        let KnownMode::Leased {
            mode: SignInMode::AdobeIms,
            epoch,
        } = self.lease.known()
        else {
            return Ok(());
        };
        let room = AT_ONCE.saturating_sub(under_way.len());
        let room = u32::try_from(room).unwrap_or_default();
        if room == 0 {
            return Ok(());
        }
        let Some((provider, settings)) = provider::current(&self.app).await? else {
            return Ok(());
        };
        let now = self.app.now();
        let mut connection = self.app.database().connection().await?;
        let due = provider_grants::claim_due(&mut connection, now, now + CLAIM, room).await?;
        drop(connection);
        for grant in due {
            let (checker, provider) = (Arc::clone(self), provider.clone());
            let settings = Arc::clone(&settings);
            under_way.spawn(async move {
                let looked = checker.look_after(&provider, &settings, grant, epoch).await;
                checker.watch.note_trouble(looked.err());
            });
        }
        Ok(())
    }

    async fn look_after(
        &self,
        provider: &Provider,
        settings: &ProviderSettings,
        grant: StoredGrant,
        epoch: i64,
    ) -> Result<(), ServiceError> {
        let app = &self.app;
        match self.worth(&grant, settings, epoch).await? {
            Worth::Unknown => return Ok(()),
            Worth::Over => return let_go::let_go(app, provider, &grant).await,
            Worth::GraceOver => {
                withdraw(app, &grant, EndReason::ProviderUnreachable).await?;
                return Ok(());
            }
            Worth::Open => {}
        }
        let asked = answer::ask(app, provider, &grant).await;
        let outcome = match &asked {
            Ok(openid::Standing::Valid { .. }) => CheckOutcome::Confirmed,
            Ok(openid::Standing::Revoked(_)) => CheckOutcome::Revoked,
            Err(failure) if failure.is_outage() => CheckOutcome::Unreachable,
            Err(_) => CheckOutcome::Revoked,
        };
        app.metrics().count_check(outcome);
        match answer::settle(app, provider, settings, &grant, asked).await? {
            Settled::Answered => self.watch.answered(app).await,
            Settled::Unreachable(failure) => {
                self.watch.unreachable(&failure, app.now(), settings.grace);
                Ok(())
            }
        }
    }

    async fn worth(
        &self,
        grant: &StoredGrant,
        settings: &ProviderSettings,
        epoch: i64,
    ) -> Result<Worth, ServiceError> {
        if grant.epoch > epoch {
            // This server has yet to hear of the switch.
            return Ok(Worth::Unknown);
        }
        let now = self.app.now();
        let limits = limits(&self.app).await?;
        let mut connection = self.app.database().connection().await?;
        let sessions = self.app.sessions();
        let found = sessions.find(&mut connection, &grant.session_hash).await?;
        let was_missing = self.was_missing(&grant.session_hash, found.is_none());
        if found.is_none() && !was_missing {
            return Ok(Worth::Unknown);
        }
        let known = KnownMode::Leased {
            mode: SignInMode::AdobeIms,
            epoch,
        };
        let standing = found.map(|stored| stored.session.standing(known, limits, now));
        Ok(match standing {
            Some(Standing::Current(_)) => match grant.grant.standing(settings.grace, now) {
                GrantStanding::Over => Worth::GraceOver,
                GrantStanding::Fresh | GrantStanding::InGrace(_) => Worth::Open,
            },
            Some(Standing::Ended(_) | Standing::Void) | None => Worth::Over,
        })
    }

    /// Whether the session was missing when last looked for. That it is now is remembered until
    /// it has been missing twice.
    fn was_missing(&self, session_hash: &str, is_missing: bool) -> bool {
        let mut missing = self.missing.lock().unwrap_or_else(PoisonError::into_inner);
        if missing.remove(session_hash) {
            return true;
        }
        if is_missing {
            if missing.len() == MOST_MISSING {
                // Others have looked after most of them meanwhile.
                missing.clear();
            }
            missing.insert(session_hash.to_owned());
        }
        false
    }
}

#[cfg(test)]
mod tests;
