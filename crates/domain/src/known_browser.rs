//! A browser that an admin has signed in with before. It has its own count of failures and its
//! own lock, so that strangers who know nothing but a user name cannot keep its owner out, and it
//! is no better a place to guess from than any other.

use crate::lockout::Lockout;
use jiff::{SignedDuration, Timestamp};

/// The most browsers that are known for one person; the one unused for longest makes room.
pub const MOST_PER_ADMIN: u32 = 20;

/// How long a browser stays known after its last sign-in: 180 days.
pub const KEPT_FOR: SignedDuration = SignedDuration::from_hours(180 * 24);

/// What is kept of a browser, for one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownBrowser {
    /// When the person first signed in with it.
    pub created_at: Timestamp,
    /// When they last did.
    pub last_used_at: Timestamp,
    /// Failures in it, and the lock they led to.
    pub lockout: Lockout,
}

impl KnownBrowser {
    /// A browser that somebody has just signed in with.
    pub fn new(now: Timestamp) -> Self {
        Self {
            created_at: now,
            last_used_at: now,
            lockout: Lockout::default(),
        }
    }

    /// Whether it still counts as known.
    pub fn is_known(&self, now: Timestamp) -> bool {
        now.duration_since(self.last_used_at) < KEPT_FOR
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_known_for_half_a_year_after_its_last_sign_in() {
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let browser = KnownBrowser::new(now);
        for (days, known) in [(0, true), (179, true), (180, false)] {
            let later = now + SignedDuration::from_hours(days * 24);
            assert_eq!(browser.is_known(later), known, "{days}");
        }
    }
}
