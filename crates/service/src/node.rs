//! A running server as one node of possibly many: it renews its lease on the mode, tells the
//! others which epoch it knows, ends trials that nobody passed, and finishes what a killed
//! command left undone. Beside that it sends queued mail, asks the provider
//! about sessions, and keeps house.

use crate::app::App;
use crate::error::ServiceError;
use crate::mail::sender;
use crate::random;
use crate::{housekeeping, session, switch};
use domain::session::KnownMode;
use domain::sign_in_mode::SignInMode;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use store::nodes;
use tokio::sync::watch;

pub use switch::LEASE;

/// How often the lease is renewed: often enough that three failures in a row still leave time.
const RENEWAL: Duration = Duration::from_millis(200);

/// A database that takes longer than this has not answered in time for the lease: together with
/// [`RENEWAL`] it is less, so that one slow renewal does not lose it.
const PATIENCE: Duration = Duration::from_millis(600);

/// How long to leave alone what could not be finished.
const REST: Duration = Duration::from_secs(5);

/// What this node knows of the mode; cheap to clone.
#[derive(Clone, Default)]
pub struct Lease {
    known: Arc<Mutex<Option<Reading>>>,
}

#[derive(Clone, Copy)]
struct Reading {
    asked_at: Instant,
    mode: SignInMode,
    epoch: i64,
}

impl Lease {
    /// What may be relied on now.
    pub fn known(&self) -> KnownMode {
        let reading = *self.known.lock().unwrap_or_else(PoisonError::into_inner);
        match reading {
            Some(Reading {
                asked_at,
                mode,
                epoch,
            }) if asked_at.elapsed() < LEASE => KnownMode::Leased { mode, epoch },
            _ => KnownMode::Unknown,
        }
    }

    fn set(&self, reading: Reading) {
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some(reading);
    }
}

/// Whether a server runs on the instance, here or elsewhere.
pub async fn is_any_running(app: &App) -> Result<bool, ServiceError> {
    let mut connection = app.database().connection().await?;
    let lease = i64::try_from(LEASE.as_millis()).unwrap_or(i64::MAX);
    let nodes = nodes::list_seen_within(&mut connection, lease).await?;
    Ok(!nodes.is_empty())
}

/// One server's place among the nodes.
pub struct Node {
    id: String,
    name: String,
    lease: Lease,
    caretaker: Caretaker,
}

impl Node {
    /// A node that nobody has heard of yet. `name` is for an operator to recognise it by.
    pub fn new(name: String) -> Result<Self, ServiceError> {
        let id = random::text(32, random::ALPHANUMERIC)?;
        Ok(Self {
            id,
            name,
            lease: Lease::default(),
            caretaker: Caretaker::default(),
        })
    }

    /// The knowledge that this node keeps up to date.
    pub fn lease(&self) -> Lease {
        self.lease.clone()
    }

    /// Renews the lease once: reads the mode, takes notice, and only then tells the others.
    /// Returns whether a trial or an interrupted switch wants looking after.
    pub async fn renew(&self, app: &App) -> Result<bool, ServiceError> {
        let asked_at = Instant::now();
        let (record, mode) = switch::current(app).await?;
        let was = self.lease.known();
        if !matches!(was, KnownMode::Leased { epoch, .. } if epoch == record.epoch) {
            // A switch takes settings away: nothing of them is held any longer.
            app.forget_configuration();
        }
        self.lease.set(Reading {
            asked_at,
            mode,
            epoch: record.epoch,
        });
        let mut connection = app.database().connection().await?;
        nodes::renew(&mut connection, &self.id, &self.name, record.epoch).await?;
        let is_behind = self.caretaker.is_behind(record.epoch);
        let is_unsettled = mode != record.mode || record.trial_until.is_some();
        Ok(record.cleanup_pending || is_unsettled || is_behind)
    }

    /// Renews until `stop` is done, then takes the node off the list. A database that cannot be
    /// reached is told to the log once, when it goes and when it comes back.
    pub async fn run(&self, app: &App, stop: impl Future<Output = ()>) {
        app.keep_configuration();
        let mut stop = std::pin::pin!(stop);
        let (stopping, stopped) = watch::channel(());
        let sending = tokio::spawn(sender::run(app.clone(), stopped.clone()));
        let checking = session::check::run(app.clone(), self.lease(), stopped.clone());
        let checking = tokio::spawn(checking);
        let keeping = tokio::spawn(housekeeping::run(app.clone(), stopped));
        let mut reachable = true;
        loop {
            let renewed = tokio::time::timeout(PATIENCE, self.renew(app)).await;
            let now_reachable = matches!(renewed, Ok(Ok(_)));
            if reachable && !now_reachable {
                tracing::error!("the mode cannot be renewed: no session is honoured until it can");
            } else if now_reachable && !reachable {
                tracing::info!("the mode is renewed again");
            }
            reachable = now_reachable;
            if matches!(renewed, Ok(Ok(true))) {
                self.caretaker.look_after(app);
            }
            tokio::select! {
                () = &mut stop => break,
                () = tokio::time::sleep(RENEWAL) => {}
            }
        }
        drop(stopping);
        // A panic there would have been logged by the runtime.
        let _ = tokio::join!(sending, checking, keeping);
        if let Ok(mut connection) = app.database().connection().await
            && let Err(error) = nodes::delete(&mut connection, &self.id).await
        {
            tracing::warn!(%error, "this node could not be taken off the list");
        }
    }
}

/// Settles trials and finishes interrupted switches beside the renewals, which must not wait for
/// a slow cache server.
#[derive(Clone, Default)]
struct Caretaker {
    is_busy: Arc<AtomicBool>,
    /// The epoch that this machine has followed to; 0 as long as none is known.
    followed: Arc<AtomicI64>,
}

impl Caretaker {
    /// Whether there was a switch that this machine has not followed. What was before it began to
    /// look does not count: what stands in the files then, somebody may have put there since.
    fn is_behind(&self, epoch: i64) -> bool {
        let (order, otherwise) = (Ordering::AcqRel, Ordering::Acquire);
        let known = self.followed.compare_exchange(0, epoch, order, otherwise);
        known.is_err_and(|known| known < epoch)
    }

    /// Looks once, unless it is looking already. What cannot be finished rests for a while.
    fn look_after(&self, app: &App) {
        if self.is_busy.swap(true, Ordering::AcqRel) {
            return;
        }
        let (app, caretaker) = (app.clone(), self.clone());
        tokio::spawn(async move {
            match caretaker.look(&app).await {
                Ok(unfinished) if unfinished.is_empty() => {}
                Ok(unfinished) => {
                    tracing::warn!(?unfinished, "not everything has followed the switch yet");
                    tokio::time::sleep(REST).await;
                }
                Err(error) => {
                    tracing::warn!(%error, "an interrupted switch could not be finished yet");
                    tokio::time::sleep(REST).await;
                }
            }
            caretaker.is_busy.store(false, Ordering::Release);
        });
    }

    async fn look(&self, app: &App) -> Result<Vec<String>, ServiceError> {
        let unfinished = switch::resume(app).await?;
        if !unfinished.is_empty() {
            return Ok(unfinished);
        }
        let known = self.followed.load(Ordering::Acquire);
        let (followed, unfinished) = switch::follow_here(app, known).await?;
        self.followed.store(followed, Ordering::Release);
        Ok(unfinished)
    }
}
