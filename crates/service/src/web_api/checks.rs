//! One question at a time: requests that bring the same token wait for one answer of the provider,
//! and a provider that has just given none is left alone for a while. So neither a busy program nor
//! an outage turns into a flood of requests there.

use crate::error::ServiceError;
use crate::password_queue::Overloaded;
use domain::grant::RETRY;
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedMutexGuard, Semaphore, SemaphorePermit};

/// How many tokens that nobody has seen before are asked about at the same time.
const MOST_NEW: usize = 16;

/// How many tokens are remembered that the provider gave no answer about. Anybody can bring a new one
/// with every request; beyond this, what is remembered is forgotten.
const MOST_REMEMBERED: usize = 1_000;

/// When the provider last gave no answer about a token.
type LastOutage = Option<Timestamp>;

/// The questions of this process.
pub(crate) struct Checks {
    by_token: Mutex<HashMap<String, Arc<tokio::sync::Mutex<LastOutage>>>>,
    new: Semaphore,
}

impl Default for Checks {
    fn default() -> Self {
        Self {
            by_token: Mutex::default(),
            new: Semaphore::new(MOST_NEW),
        }
    }
}

impl Checks {
    /// The turn to ask about a token, by its digest.
    pub(super) async fn turn(&self, hash: &str, now: Timestamp) -> Turn {
        let lock = self.lock_of(hash, now);
        Turn {
            last_outage: lock.lock_owned().await,
        }
    }

    /// The lock of a token; those that nobody needs any more are let go.
    fn lock_of(&self, hash: &str, now: Timestamp) -> Arc<tokio::sync::Mutex<LastOutage>> {
        let mut held = self.by_token.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|_, lock| {
            Arc::strong_count(lock) > 1 || lock.try_lock().is_ok_and(|at| is_recent(*at, now))
        });
        if held.len() >= MOST_REMEMBERED && !held.contains_key(hash) {
            held.retain(|_, lock| Arc::strong_count(lock) > 1);
        }
        Arc::clone(held.entry(hash.to_owned()).or_default())
    }

    /// A place for a token that nobody has seen before; the surplus is refused before it costs
    /// anything.
    pub(super) fn place_for_new(&self) -> Result<SemaphorePermit<'_>, ServiceError> {
        self.new.try_acquire().map_err(|_| Overloaded.into())
    }
}

/// The right to ask.
pub(super) struct Turn {
    last_outage: OwnedMutexGuard<LastOutage>,
}

impl Turn {
    /// Whether the provider gave no answer a moment ago.
    pub(super) fn is_futile(&self, now: Timestamp) -> bool {
        is_recent(*self.last_outage, now)
    }

    /// Notes that the provider gave no answer.
    pub(super) fn note_outage(&mut self, now: Timestamp) {
        *self.last_outage = Some(now);
    }
}

fn is_recent(outage: LastOutage, now: Timestamp) -> bool {
    outage.is_some_and(|at| now.duration_since(at).abs() < RETRY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_outage_is_remembered_for_a_while_and_for_its_token_alone() {
        let checks = Checks::default();
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        checks.turn("a", now).await.note_outage(now);
        assert!(checks.turn("a", now).await.is_futile(now));
        assert!(!checks.turn("b", now).await.is_futile(now));
        let later = now + RETRY;
        assert!(!checks.turn("a", later).await.is_futile(later));
        drop(checks.turn("c", later).await);
        assert_eq!(checks.by_token.lock().unwrap().len(), 1, "only the last");
    }

    #[tokio::test]
    async fn tokens_that_anybody_makes_up_fill_no_memory_and_drive_out_nobody_who_waits() {
        let checks = Checks::default();
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let _waiting = checks.turn("waiting", now).await;
        for number in 0..MOST_REMEMBERED * 2 {
            let hash = number.to_string();
            checks.turn(&hash, now).await.note_outage(now);
            assert!(checks.by_token.lock().unwrap().len() <= MOST_REMEMBERED);
        }
        assert!(checks.by_token.lock().unwrap().contains_key("waiting"));
        let last = (MOST_REMEMBERED * 2 - 1).to_string();
        assert!(checks.turn(&last, now).await.is_futile(now));
    }

    #[tokio::test]
    async fn the_same_token_waits_and_another_does_not() {
        let checks = Arc::new(Checks::default());
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let mut first = checks.turn("a", now).await;
        drop(checks.turn("b", now).await);
        let second = tokio::spawn({
            let checks = Arc::clone(&checks);
            async move { checks.turn("a", now).await.is_futile(now) }
        });
        tokio::task::yield_now().await;
        assert!(!second.is_finished());
        first.note_outage(now);
        drop(first);
        assert!(second.await.unwrap(), "it learns from the first");
    }

    #[test]
    fn tokens_that_nobody_has_seen_are_asked_about_in_small_numbers() {
        let checks = Checks::default();
        let places: Vec<_> = (0..MOST_NEW).map(|_| checks.place_for_new()).collect();
        assert!(places.iter().all(Result::is_ok));
        assert!(checks.place_for_new().is_err());
        drop(places);
        assert!(checks.place_for_new().is_ok());
    }
}
