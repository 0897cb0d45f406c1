//! What one server knows of the provider's being there, so that the log tells it once: when it goes,
//! with what the operator can do, and when it is back.

use crate::app::App;
use crate::error::ServiceError;
use crate::metrics::Metrics;
use jiff::{SignedDuration, Timestamp};
use openid::Failure;
use std::sync::{Mutex, PoisonError};
use store::provider_grants;

pub(super) struct Watch {
    metrics: Metrics,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    is_away: bool,
    trouble: Option<String>,
}

impl Watch {
    pub(super) fn new(metrics: Metrics) -> Self {
        Self {
            metrics,
            state: Mutex::default(),
        }
    }

    /// The provider gave no answer.
    pub(super) fn unreachable(&self, failure: &Failure, now: Timestamp, grace: SignedDuration) {
        self.metrics.set_provider_reachable(false);
        let was_away = std::mem::replace(&mut self.lock().is_away, true);
        if was_away {
            return;
        }
        let until = now.checked_add(grace).unwrap_or(Timestamp::MAX);
        tracing::error!(
            "the provider does not answer: {failure}. Nobody can sign in; open sessions go on \
             until {until} at the latest. To bring Commerce passwords back, type: \
             bin/magento admin:adobe-ims:disable"
        );
    }

    /// It gave one. It is back when no session waits for it any more: one person about whom it
    /// never answers would fill the log otherwise.
    pub(super) async fn answered(&self, app: &App) -> Result<(), ServiceError> {
        if !self.lock().is_away {
            self.metrics.set_provider_reachable(true);
            return Ok(());
        }
        let mut connection = app.database().connection().await?;
        let (waiting, _) = provider_grants::count_unreachable(&mut connection).await?;
        if waiting == 0 && std::mem::replace(&mut self.lock().is_away, false) {
            self.metrics.set_provider_reachable(true);
            tracing::info!("the provider answers again");
        }
        Ok(())
    }

    /// What keeps this server from asking at all, told when it begins and when it changes. That
    /// the database is away is told elsewhere.
    pub(super) fn note_trouble(&self, trouble: Option<ServiceError>) {
        let trouble = trouble.filter(|error| !error.is_unavailable());
        let Some(error) = trouble else { return };
        let told = error.to_string();
        let mut state = self.lock();
        if state.trouble.as_ref() != Some(&told) {
            tracing::error!(%error, "sessions cannot be checked with the provider");
            state.trouble = Some(told);
        }
    }

    #[cfg(test)]
    pub(super) fn is_away(&self) -> bool {
        self.lock().is_away
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
