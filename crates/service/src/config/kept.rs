//! What was read of the configuration a moment ago. A command reads it whenever it asks. A server
//! asks several times for every page: it keeps what it read, but for a second at most, and only
//! while the files stay the same. So a setting holds without a restart, and at once in the process
//! that set it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use store::instance::{FILES, FileIdentity, Instance};

/// How long what was read may be used; as long as what a node knows of the mode.
const LEASE: Duration = Duration::from_secs(1);

/// Something cheap to clone that depends on the instance's files; not kept until that is asked for.
pub(crate) struct Kept<T> {
    is_on: AtomicBool,
    held: Mutex<Held<T>>,
}

struct Held<T> {
    reading: Option<(Reading, T)>,
    /// How often it was forgotten: who was reading meanwhile has nothing to keep.
    forgotten: u64,
}

/// What was found.
pub(crate) enum Found<T> {
    /// It is held, and still good.
    Held(T),
    /// It is to be read.
    Unread(Reading),
}

/// A reading that was begun; it is worth what was there when it began.
pub(crate) struct Reading {
    begun_at: Instant,
    files: [Option<FileIdentity>; FILES.len()],
    forgotten: u64,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        let held = Held {
            reading: None,
            forgotten: 0,
        };
        Self {
            is_on: AtomicBool::new(false),
            held: Mutex::new(held),
        }
    }
}

impl<T: Clone> Kept<T> {
    /// Keeps what is read from now on.
    pub(crate) fn turn_on(&self) {
        self.is_on.store(true, Ordering::Relaxed);
    }

    /// Forgets what is held, and what is being read at this moment.
    pub(crate) fn forget(&self) {
        let mut held = self.held();
        held.reading = None;
        held.forgotten += 1;
    }

    /// What is held and still good, or else the reading to begin.
    pub(crate) fn find(&self, instance: &Instance) -> Found<T> {
        let is_on = self.is_on.load(Ordering::Relaxed);
        let files = FILES.map(|file| is_on.then(|| instance.identity(file)).flatten());
        let held = self.held();
        match &held.reading {
            Some((reading, value)) if reading.holds_for(&files) => Found::Held(value.clone()),
            _ => Found::Unread(Reading {
                begun_at: Instant::now(),
                files,
                forgotten: held.forgotten,
            }),
        }
    }

    /// Keeps what a reading came to, if it is to be kept.
    pub(crate) fn keep(&self, reading: Reading, value: T) -> T {
        let mut held = self.held();
        if self.is_on.load(Ordering::Relaxed) && held.forgotten == reading.forgotten {
            held.reading = Some((reading, value.clone()));
        }
        value
    }

    fn held(&self) -> MutexGuard<'_, Held<T>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Reading {
    fn holds_for(&self, files: &[Option<FileIdentity>]) -> bool {
        self.begun_at.elapsed() < LEASE && self.files == files
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Shop, each_engine};
    use commerce::configuration::ConfigFile;

    const PATH: &str = "admin/security/session_lifetime";

    async fn lifetime(shop: &Shop) -> Option<i64> {
        let configuration = shop.app.configuration().await.unwrap();
        configuration.integer(PATH).unwrap()
    }

    #[tokio::test]
    async fn a_command_always_sees_what_is_there() {
        each_engine(async |shop| {
            assert_eq!(lifetime(shop).await, Some(900));
            shop.set(PATH, "1200").await;
            assert_eq!(lifetime(shop).await, Some(1200));
        })
        .await;
    }

    #[tokio::test]
    async fn a_server_reads_once_for_many_requests_and_again_within_a_second() {
        each_engine(async |shop| {
            shop.app.keep_configuration();
            // On a busy machine the two may lie further apart than the lease: then once more.
            loop {
                let begun_at = Instant::now();
                let first = shop.app.configuration().await.unwrap();
                let second = shop.app.configuration().await.unwrap();
                if begun_at.elapsed() < LEASE {
                    assert!(std::ptr::eq(first.configuration(), second.configuration()));
                    break;
                }
            }

            shop.set(PATH, "1200").await;
            let set_at = Instant::now();
            loop {
                let asked_after = set_at.elapsed();
                if lifetime(shop).await == Some(1200) {
                    break;
                }
                assert!(asked_after < LEASE, "the old value is still used");
            }
        })
        .await;
    }

    #[tokio::test]
    async fn what_a_process_sets_holds_there_at_once() {
        let shop = Shop::sqlite().await;
        shop.app.keep_configuration();
        assert_eq!(lifetime(&shop).await, Some(900));
        let scope = commerce::configuration::Scope::Default;
        let target = crate::config::set::Target::Database;
        let set = crate::config::set::set(&shop.app, &scope, PATH, "1200", target).await;
        assert!(set.unwrap().is_empty());
        assert_eq!(lifetime(&shop).await, Some(1200));
    }

    #[tokio::test]
    async fn a_changed_file_is_seen_at_once_whoever_changed_it() {
        let shop = Shop::sqlite().await;
        shop.app.keep_configuration();
        let before = shop.app.front_name().unwrap();
        let file = shop.app.instance().path_of(ConfigFile::Env);
        let text = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, text.replace(&before, "backstage")).unwrap();
        assert_eq!(shop.app.front_name().unwrap(), "backstage");
        std::fs::write(&file, "<?php return [").unwrap();
        assert!(shop.app.front_name().is_err());
        assert!(shop.app.configuration().await.is_err());
    }

    #[tokio::test]
    async fn what_was_being_read_while_it_was_forgotten_is_not_kept() {
        let shop = Shop::sqlite().await;
        let kept = Kept::default();
        kept.turn_on();
        let find = || kept.find(shop.app.instance());
        let Found::Unread(reading) = find() else {
            panic!("nothing was read yet");
        };
        kept.forget();
        assert_eq!(kept.keep(reading, "old"), "old");
        let Found::Unread(reading) = find() else {
            panic!("it is kept");
        };
        kept.keep(reading, "new");
        assert!(matches!(find(), Found::Held("new")));
    }
}
