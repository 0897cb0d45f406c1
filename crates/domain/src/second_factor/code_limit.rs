//! How often a code may be guessed. Only who knows the password gets to guess at all.
//!
//! ```text
//!            wrong                      wrong, every n-th
//!  clear ────────────▶ counting ────────────────────────────▶ locked, each time twice as long
//!    ▲                    │                                        │
//!    └─── right code ─────┴───────────── the lock has run off ◀────┤
//!                                                                  ▼ a hundred wrong in a row
//!                                            closed, until another factor or the operator opens it
//! ```
//!
//! Commerce counts in the session, so that a new sign-in begins at nought, and not at all on the
//! web API. Here a person's browsers that are known count apart from everybody else, so that a
//! thief's guesses lock the thief.

use jiff::{SignedDuration, Timestamp};

/// This many wrong codes in a row close the way for good (NIST SP 800-63B-4, 3.2.2).
pub const MOST_FAILURES: u32 = 100;

/// No lock is longer.
const LONGEST_LOCK: SignedDuration = SignedDuration::from_hours(24);

/// Wrong codes of one person in one kind of browser, or of one network address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CodeFailures {
    /// In a row.
    pub failures: u32,
    /// When the last one was.
    pub last_failure: Option<Timestamp>,
    /// Until when no code is looked at.
    pub locked_until: Option<Timestamp>,
}

/// How many, and how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeLimit {
    /// So many wrong ones in a row lock.
    pub failures: u32,
    /// How long the first time.
    pub lock: SignedDuration,
    /// After so long without a wrong one, the count begins anew; never where it is none.
    pub forgotten_after: Option<SignedDuration>,
}

impl CodeLimit {
    /// For a person: `twofactorauth/general/twofactorauth_retry` failures, `auth_lock_expire`
    /// seconds. Nonsense is brought within bounds.
    pub fn of_person(failures: i64, lock_seconds: i64) -> Self {
        Self {
            failures: u32::try_from(failures.clamp(1, 20)).unwrap_or(10),
            lock: SignedDuration::from_secs(lock_seconds.clamp(120, 1800)),
            forgotten_after: None,
        }
    }

    /// For a network address, behind which a whole office may sit.
    pub const OF_ADDRESS: Self = Self {
        failures: 50,
        lock: SignedDuration::from_hours(1),
        forgotten_after: Some(SignedDuration::from_hours(1)),
    };
}

/// Whether a code may be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// It may.
    Open,
    /// Not before then.
    Locked(Timestamp),
    /// Not any more.
    Closed,
}

impl CodeFailures {
    /// Whether a code may be looked at, at `now`.
    pub fn admission(&self, limit: CodeLimit, now: Timestamp) -> Admission {
        if limit.forgotten_after.is_none() && self.failures >= MOST_FAILURES {
            return Admission::Closed;
        }
        match self.locked_until {
            Some(until) if until > now => Admission::Locked(until),
            _ => Admission::Open,
        }
    }

    /// The count after a wrong code at `now`.
    #[must_use]
    pub fn after_failure(self, limit: CodeLimit, now: Timestamp) -> Self {
        let is_forgotten = match (limit.forgotten_after, self.last_failure) {
            (Some(span), Some(last)) => now.duration_since(last) > span,
            _ => false,
        };
        let failures = if is_forgotten { 0 } else { self.failures };
        let failures = failures.saturating_add(1);
        let rounds = failures.checked_div(limit.failures).unwrap_or(1);
        let locks = failures.checked_rem(limit.failures) == Some(0);
        let locked_until = match locks {
            true => now.checked_add(lock_of(limit.lock, rounds)).ok(),
            false => None,
        };
        Self {
            failures,
            last_failure: Some(now),
            locked_until,
        }
    }
}

/// Twice as long each time.
fn lock_of(first: SignedDuration, round: u32) -> SignedDuration {
    let doublings = round.saturating_sub(1).min(30);
    first
        .checked_mul(1 << doublings)
        .map_or(LONGEST_LOCK, |lock| lock.min(LONGEST_LOCK))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn person() -> CodeLimit {
        CodeLimit::of_person(10, 300)
    }

    /// What a guesser gets who never waits longer than needed, for as long as `span`.
    fn guesses_within(limit: CodeLimit, span: SignedDuration) -> u32 {
        let (mut state, mut now, mut guesses) = (CodeFailures::default(), at(0), 0);
        while now.duration_since(at(0)) < span {
            match state.admission(limit, now) {
                Admission::Open => {
                    guesses += 1;
                    state = state.after_failure(limit, now);
                }
                Admission::Locked(until) => now = until,
                Admission::Closed => break,
            }
        }
        guesses
    }

    #[test]
    fn each_lock_is_twice_as_long_and_none_longer_than_a_day() {
        let mut state = CodeFailures::default();
        let mut locks = Vec::new();
        let mut now = at(0);
        while state.admission(person(), now) != Admission::Closed {
            state = state.after_failure(person(), now);
            if let Some(until) = state.locked_until {
                locks.push(until.duration_since(now).as_secs());
                now = until;
            }
        }
        let expected = [
            300, 600, 1200, 2400, 4800, 9600, 19_200, 38_400, 76_800, 86_400,
        ];
        assert_eq!(locks, expected);
    }

    #[test]
    fn a_guesser_has_a_hundred_guesses_in_all_and_ninety_of_them_on_the_first_day() {
        assert_eq!(guesses_within(person(), SignedDuration::from_hours(1)), 40);
        assert_eq!(guesses_within(person(), SignedDuration::from_hours(24)), 90);
        let years = SignedDuration::from_hours(24 * 3650);
        assert_eq!(guesses_within(person(), years), MOST_FAILURES);
    }

    #[test]
    fn an_address_is_open_again_after_its_lock_and_forgiven_after_an_hour() {
        let limit = CodeLimit::OF_ADDRESS;
        let mut state = CodeFailures::default();
        for _ in 0..50 {
            assert_eq!(state.admission(limit, at(0)), Admission::Open);
            state = state.after_failure(limit, at(0));
        }
        assert_eq!(state.admission(limit, at(1)), Admission::Locked(at(3600)));
        assert_eq!(state.admission(limit, at(3600)), Admission::Open);
        assert_eq!(state.after_failure(limit, at(3601)).failures, 1);
    }

    #[test]
    fn settings_are_brought_within_bounds() {
        let limit = CodeLimit::of_person(0, 0);
        assert_eq!((limit.failures, limit.lock.as_secs()), (1, 120));
        let limit = CodeLimit::of_person(i64::MAX, i64::MAX);
        assert_eq!((limit.failures, limit.lock.as_secs()), (20, 1800));
    }
}
