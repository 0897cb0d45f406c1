//! The one place where passwords are hashed: a first-in, first-out queue in front of as many
//! workers as there are cores, each with its own reused Argon2 memory and a thread that gives way
//! to all others. A flood of sign-ins can therefore fill neither the memory nor the cores that serve
//! people who are signed in. Who has work to do before hashing takes a [`Place`] first: the surplus
//! is then refused before it costs anything.
//!
//! ```text
//!  strangers ──▶ 64 a worker ──▶ gate, one a worker ──┐
//!                                                     ├──▶ in turn ──▶ workers
//!  known     ──▶ 16 a worker ─────────────────────────┘
//! ```
//!
//! Who has shown who they are (by a session, the link of a mail, a password that was right) stands
//! in a lane that strangers cannot fill, and has at most one stranger a worker before them in line.

use crate::error::ServiceError;
use crate::random;
use commerce::encryption::Keyring;
use commerce::password_hash::{Argon2Memory, PasswordHash, Salt};
use secrecy::{ExposeSecret, SecretString};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore, oneshot};

/// How many strangers may wait for each worker: at about 60 ms a hash this is some four seconds of
/// patience, after which a person is better served by "try again".
const STRANGERS_PER_WORKER: usize = 64;

/// How many others may wait for each worker: this is one second.
const KNOWN_PER_WORKER: usize = 16;

/// The longest wait for a worker, where hashing is much slower than that.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// What one worker hashes in, in bytes.
const MEMORY_PER_WORKER: usize = 64 * 1024 * 1024;

/// The stack of a worker's thread, in bytes: many times what hashing is deep.
const STACK_PER_WORKER: usize = 256 * 1024;

/// What one who waits takes, in bytes: the hash, the password, and the task that holds both.
const MEMORY_PER_PLACE: usize = 4 * 1024;

/// How far the workers' threads give way, of 19: a request that wants a core has nearly all of it.
const NICENESS: i32 = 10;

/// The queue; cheap to clone.
#[derive(Clone)]
pub struct PasswordQueue {
    shared: Arc<Shared>,
}

struct Shared {
    workers: Arc<Semaphore>,
    gate: Arc<Semaphore>,
    strangers: Lane,
    known: Lane,
    memory_bound: usize,
    idle_memory: Mutex<Vec<Argon2Memory>>,
    blocks_filled: AtomicU64,
}

struct Lane {
    admitted: AtomicUsize,
    limit: usize,
}

#[derive(Clone, Copy)]
enum Who {
    Stranger,
    Known,
}

/// More work is waiting than can be done in reasonable time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many sign-ins at once; try again in a few seconds")]
pub struct Overloaded;

impl PasswordQueue {
    /// A queue with one worker for each core of the machine.
    pub fn new() -> Self {
        Self::with_workers(std::thread::available_parallelism().map_or(1, usize::from))
    }

    /// A queue with so many workers, each hashing in 64 MiB at the most.
    pub fn with_workers(workers: usize) -> Self {
        let workers = workers.max(1);
        let (strangers, known) = (1 + STRANGERS_PER_WORKER, 1 + KNOWN_PER_WORKER);
        let each = MEMORY_PER_WORKER + STACK_PER_WORKER + (strangers + known) * MEMORY_PER_PLACE;
        Self {
            shared: Arc::new(Shared {
                workers: Arc::new(Semaphore::new(workers)),
                gate: Arc::new(Semaphore::new(workers)),
                strangers: Lane::new(workers * strangers),
                known: Lane::new(workers * known),
                memory_bound: workers * each,
                idle_memory: Mutex::new(Vec::with_capacity(workers)),
                blocks_filled: AtomicU64::new(0),
            }),
        }
    }

    /// A stranger's place in the queue, to be used or dropped.
    pub fn reserve(&self) -> Result<Place, Overloaded> {
        self.place(Who::Stranger)
    }

    /// A place for work that is done for somebody who has shown who they are.
    pub fn reserve_for_known(&self) -> Result<Place, Overloaded> {
        self.place(Who::Known)
    }

    fn place(&self, who: Who) -> Result<Place, Overloaded> {
        let Lane { admitted, limit } = self.shared.lane(who);
        admitted
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, |admitted| {
                (admitted < *limit).then_some(admitted + 1)
            })
            .map_err(|_| Overloaded)?;
        let shared = Arc::clone(&self.shared);
        Ok(Place { shared, who })
    }

    /// The most memory that the queue takes, in bytes: what is hashed in, the threads, and those who
    /// wait.
    pub fn memory_bound(&self) -> usize {
        self.shared.memory_bound
    }

    /// The work of Argon2 done so far, in blocks of 1 KiB; a sign-in takes 131,072.
    pub fn blocks_filled(&self) -> u64 {
        self.shared.blocks_filled.load(Ordering::Relaxed)
    }

    /// The text to store for a new password. Nobody gets to set one without being known.
    pub async fn hash(&self, password: SecretString) -> Result<SecretString, ServiceError> {
        let salt = Salt::from_random(&random::bytes()?);
        let hashed = self.reserve_for_known()?.run(move |memory| {
            PasswordHash::create(password.expose_secret().as_bytes(), &salt, memory)
        });
        let hash = hashed
            .await?
            .map_err(|error| ServiceError::Refused(error.to_string()))?;
        Ok(SecretString::from(hash))
    }
}

/// A hash in today's form that no password has: the work of verifying it is what an unknown user
/// name costs.
pub const NOBODYS_HASH: &str = "0000000000000000000000000000000000000000000000000000000000000000:\
     00000000000000000000000000000000:3_32_2_67108864";

impl Default for PasswordQueue {
    fn default() -> Self {
        Self::new()
    }
}

impl Lane {
    fn new(limit: usize) -> Self {
        Self {
            admitted: AtomicUsize::new(0),
            limit,
        }
    }
}

impl Shared {
    fn lane(&self, who: Who) -> &Lane {
        match who {
            Who::Stranger => &self.strangers,
            Who::Known => &self.known,
        }
    }

    /// Waits for a worker. Past the gate everybody is served in turn, so neither lane can keep the
    /// other waiting for ever.
    async fn turn(&self, who: Who) -> Result<Turn, AcquireError> {
        let gate = match who {
            Who::Stranger => Some(Arc::clone(&self.gate).acquire_owned().await?),
            Who::Known => None,
        };
        let worker = Arc::clone(&self.workers).acquire_owned().await?;
        Ok((worker, gate))
    }

    fn take_memory(&self) -> Argon2Memory {
        let idle = self
            .idle_memory
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        idle.unwrap_or_default()
    }

    fn give_back(&self, memory: Argon2Memory) {
        self.idle_memory
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(memory);
    }
}

/// A worker, and for a stranger the way through the gate.
type Turn = (OwnedSemaphorePermit, Option<OwnedSemaphorePermit>);

/// A place in the queue or at a worker, given up when dropped.
#[must_use]
pub struct Place {
    shared: Arc<Shared>,
    who: Who,
}

impl Place {
    /// Does `work` when its turn comes, off the async threads.
    pub async fn run<T: Send + 'static>(
        self,
        work: impl FnOnce(&mut Argon2Memory) -> T + Send + 'static,
    ) -> Result<T, Overloaded> {
        let shared = Arc::clone(&self.shared);
        let turn = tokio::time::timeout(LONGEST_WAIT, shared.turn(self.who))
            .await
            .map_err(|_| Overloaded)?
            .map_err(|_| Overloaded)?;
        let (answer, answered) = oneshot::channel();
        let working = move || {
            // All is given back when the work is done, even where the one who asked has left.
            let _held = (self, turn);
            // A system that does not allow it lets all threads wait for their turn alike.
            let _ = rustix::process::nice(NICENESS);
            let mut memory = shared.take_memory();
            let before = memory.blocks_filled();
            let result = work(&mut memory);
            let filled = memory.blocks_filled().saturating_sub(before);
            shared.blocks_filled.fetch_add(filled, Ordering::Relaxed);
            shared.give_back(memory);
            let _ = answer.send(result);
        };
        // A thread of its own, since what once gave way can never be in a hurry again.
        let thread = std::thread::Builder::new()
            .name("passwords".to_owned())
            .stack_size(STACK_PER_WORKER);
        thread.spawn(working).map_err(|_| Overloaded)?;
        answered.await.map_err(|_| Overloaded)
    }

    /// Whether `password` is the one that `stored` was made from. A row of an older version, or
    /// one that no password can match, costs as much as one of today, so that time does not tell.
    pub async fn verify(
        self,
        stored: SecretString,
        password: SecretString,
        keyring: Arc<Keyring>,
    ) -> Result<bool, ServiceError> {
        let verified = self.run(move |memory| {
            let password = password.expose_secret().as_bytes();
            let hash = PasswordHash::parse(stored.expose_secret()).ok();
            if hash.as_ref().is_none_or(PasswordHash::is_cheap)
                && let Ok(nobodys) = PasswordHash::parse(NOBODYS_HASH)
            {
                nobodys.verify(b"nobody", &keyring, memory)?;
            }
            hash.map_or(Ok(false), |hash| hash.verify(password, &keyring, memory))
        });
        verified
            .await?
            .map_err(|error| ServiceError::Fault(error.to_string()))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let lane = self.shared.lane(self.who);
        lane.admitted.fetch_sub(1, Ordering::AcqRel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;
    use tokio::task::JoinHandle;

    /// A queue of one worker, and a stranger who is at it until something is sent.
    async fn busy() -> (PasswordQueue, mpsc::Sender<()>, JoinHandle<bool>) {
        let queue = PasswordQueue::with_workers(1);
        let (release, held) = mpsc::channel::<()>();
        let (begun, beginning) = oneshot::channel();
        let place = queue.reserve().unwrap();
        let working = tokio::spawn(async move {
            let work = place.run(move |_| {
                begun.send(()).unwrap();
                held.recv().is_ok()
            });
            work.await.unwrap()
        });
        beginning.await.unwrap();
        (queue, release, working)
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn the_surplus_is_refused_at_once_and_places_come_back() {
        let (queue, release, first) = busy().await;
        let mut waiting = vec![first];
        for _ in 0..STRANGERS_PER_WORKER {
            let place = queue.reserve().unwrap();
            waiting.push(tokio::spawn(
                async move { place.run(|_| true).await.unwrap() },
            ));
        }
        assert_eq!(queue.reserve().err(), Some(Overloaded));
        release.send(()).unwrap();
        for task in waiting {
            assert!(task.await.unwrap());
        }
        assert_eq!(queue.reserve().unwrap().run(|_| ()).await, Ok(()));
        assert_eq!(queue.shared.idle_memory.lock().unwrap().len(), 1);
    }

    #[tokio::test]
    async fn in_a_flood_who_is_known_has_a_place_and_is_served_before_strangers_who_wait() {
        let (queue, release, first) = busy().await;
        let (note, order) = mpsc::channel();
        let stand_in_line = |place: Place, who: &'static str| {
            let note = note.clone();
            tokio::spawn(place.run(move |_| note.send(who).unwrap()))
        };
        let mut waiting = Vec::new();
        while let Ok(place) = queue.reserve() {
            waiting.push(stand_in_line(place, "stranger"));
            tokio::task::yield_now().await;
        }
        assert_eq!(waiting.len(), STRANGERS_PER_WORKER);
        while let Ok(place) = queue.reserve_for_known() {
            waiting.push(stand_in_line(place, "known"));
            tokio::task::yield_now().await;
        }
        release.send(()).unwrap();
        assert!(first.await.unwrap());
        for task in waiting {
            assert_eq!(task.await.unwrap(), Ok(()));
        }
        let order: Vec<_> = order.try_iter().collect();
        let known = order.iter().take_while(|who| **who == "known").count();
        assert_eq!(known, 1 + KNOWN_PER_WORKER);
        let bound = queue.memory_bound();
        assert!((MEMORY_PER_WORKER..65 * 1024 * 1024).contains(&bound));
    }

    #[tokio::test]
    async fn hashing_gives_way_and_whoever_asked_for_it_does_not() {
        let priority = || rustix::process::getpriority_process(None).unwrap();
        let before = priority();
        let queue = PasswordQueue::with_workers(1);
        let place = queue.reserve().unwrap();
        let within = place.run(move |_| priority()).await;
        assert_eq!(within, Ok((before + NICENESS).min(19)));
        assert_eq!(priority(), before);
    }
}
