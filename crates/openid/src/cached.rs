//! What a provider publishes about itself, kept for an hour.
//!
//! However many ask at once, the provider is asked once, and in a task of its own, so that a caller
//! who leaves breaks nothing off. While the provider is down the last good copy serves for a day;
//! refreshing out of turn, which anybody with a made-up token can bring about, is throttled.

use std::{future::Future, sync::Arc, time::Duration};

use tokio::{
    sync::{Mutex, OwnedMutexGuard},
    time::Instant,
};

use crate::{failure::Failure, refusal::Refusal};

/// How long a copy is good without asking.
const FRESH: Duration = Duration::from_secs(60 * 60);
/// How long it serves while the provider gives no new one.
const STALE: Duration = Duration::from_secs(24 * 60 * 60);
/// How often a provider that gives none is asked while a copy serves, and how often anybody can
/// have it asked out of turn.
const PAUSE: Duration = Duration::from_secs(30);

/// One thing that a provider publishes.
pub(crate) struct Cached<T>(Arc<Mutex<State<T>>>);

struct State<T> {
    copy: Option<Copy<T>>,
    failed: Option<(Instant, Failure)>,
    refreshed: Option<Instant>,
}

struct Copy<T> {
    value: Arc<T>,
    since: Instant,
}

impl<T: Send + Sync + 'static> Cached<T> {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new(State {
            copy: None,
            failed: None,
            refreshed: None,
        })))
    }

    /// The copy, fetched where it is missing or old.
    pub(crate) async fn get<Fetch>(&self, fetch: Fetch) -> Result<Arc<T>, Failure>
    where
        Fetch: Future<Output = Result<T, Failure>> + Send + 'static,
    {
        let arrived = Instant::now();
        let state = Arc::clone(&self.0).lock_owned().await;
        if let Some(value) = state.usable(FRESH) {
            return Ok(value);
        }
        if let Some((at, failure)) = &state.failed {
            if at.elapsed() < PAUSE
                && let Some(value) = state.usable(STALE)
            {
                return Ok(value);
            }
            // It failed while this caller waited: asking again would only make a queue.
            if *at >= arrived {
                return Err(failure.clone());
            }
        }
        let (state, outcome) = attempt(state, fetch).await?;
        outcome.or_else(|failure| state.usable(STALE).ok_or(failure))
    }

    /// Another copy than `seen`, which lacked something: what somebody else has fetched meanwhile,
    /// or a new one, if none was asked for out of turn just now. Otherwise nothing.
    pub(crate) async fn newer_than<Fetch>(
        &self,
        seen: &Arc<T>,
        fetch: Fetch,
    ) -> Result<Option<Arc<T>>, Failure>
    where
        Fetch: Future<Output = Result<T, Failure>> + Send + 'static,
    {
        let mut state = Arc::clone(&self.0).lock_owned().await;
        if let Some(copy) = &state.copy
            && !Arc::ptr_eq(&copy.value, seen)
        {
            return Ok(Some(Arc::clone(&copy.value)));
        }
        if state.refreshed.is_some_and(|at| at.elapsed() < PAUSE) {
            return match &state.failed {
                Some((_, failure)) => Err(failure.clone()),
                None => Ok(None),
            };
        }
        state.refreshed = Some(Instant::now());
        attempt(state, fetch).await?.1.map(Some)
    }
}

impl<T> State<T> {
    fn usable(&self, limit: Duration) -> Option<Arc<T>> {
        let copy = self.copy.as_ref()?;
        (copy.since.elapsed() < limit).then(|| Arc::clone(&copy.value))
    }
}

type Attempt<T> = (OwnedMutexGuard<State<T>>, Result<Arc<T>, Failure>);

/// Asks, with the lock held until the answer is written down.
async fn attempt<T, Fetch>(
    mut state: OwnedMutexGuard<State<T>>,
    fetch: Fetch,
) -> Result<Attempt<T>, Failure>
where
    T: Send + Sync + 'static,
    Fetch: Future<Output = Result<T, Failure>> + Send + 'static,
{
    let asking = tokio::spawn(async move {
        let outcome = fetch.await.map(Arc::new);
        match &outcome {
            Ok(value) => {
                state.failed = None;
                state.copy = Some(Copy {
                    value: Arc::clone(value),
                    since: Instant::now(),
                });
            }
            Err(failure) => state.failed = Some((Instant::now(), failure.clone())),
        }
        (state, outcome)
    });
    asking.await.map_err(|_| Refusal::Interrupted.into())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::sync::{Notify, Semaphore};

    use super::*;

    #[tokio::test]
    async fn a_caller_who_leaves_breaks_nothing_off() {
        let cached = Cached::new();
        let asked = Arc::new(AtomicUsize::new(0));
        let (begun, answer) = (Arc::new(Notify::new()), Arc::new(Semaphore::new(0)));
        let fetch = || {
            let (asked, begun, answer) = (asked.clone(), begun.clone(), answer.clone());
            async move {
                asked.fetch_add(1, Ordering::SeqCst);
                begun.notify_one();
                let _answer = answer.acquire().await;
                Ok::<_, Failure>("keys")
            }
        };
        tokio::select! {
            _ = cached.get(fetch()) => panic!("there is no answer yet"),
            () = begun.notified() => (),
        }
        answer.add_permits(1);
        assert_eq!(cached.get(fetch()).await.map(|value| *value), Ok("keys"));
        assert_eq!(asked.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn who_waited_for_another_copy_takes_the_one_that_came() {
        let cached = Cached::new();
        let old = cached.get(async { Ok(1) }).await.unwrap();
        let newer = cached.newer_than(&old, async { Ok(2) }).await.unwrap();
        assert_eq!(newer.as_deref(), Some(&2));
        let never = async { Ok(3) };
        let also = cached.newer_than(&old, never).await.unwrap();
        assert_eq!(also.as_deref(), Some(&2));
        let latest = also.unwrap();
        assert_eq!(cached.newer_than(&latest, async { Ok(4) }).await, Ok(None));
    }
}
