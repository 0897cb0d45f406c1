//! Commerce's lock after failed sign-ins with a password.
//!
//! ```text
//!            failure                 failure, the n-th within the window
//!  clear ──────────────▶ counting ──────────────────────────────▶ locked
//!    ▲                      │  ▲ failure after the window: 1 again   │
//!    └──────── success ─────┴──┴──────── success, lock run off ──────┘
//! ```
//!
//! Source: `AuthObserver` of Commerce's User module; numbers from `admin/security/lockout_*`.

use jiff::{SignedDuration, Timestamp};

/// `failures_num`, `first_failure` and `lock_expires` of `admin_user`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lockout {
    /// Failures counted so far.
    pub failures: u16,
    /// When the counting began.
    pub first_failure: Option<Timestamp>,
    /// Until when even the right password is refused.
    pub locked_until: Option<Timestamp>,
}

/// The two settings; a limit of nought failures or minutes switches the lock off.
#[derive(Clone, Copy, Debug)]
pub struct LockoutPolicy {
    /// `admin/security/lockout_failures`.
    pub failures: u16,
    /// `admin/security/lockout_threshold`: both the window and the length of the lock.
    pub threshold: SignedDuration,
}

impl Lockout {
    /// Whether sign-in is refused at `now` whatever the password.
    pub fn is_locked(&self, now: Timestamp) -> bool {
        self.locked_until.is_some_and(|until| until > now)
    }

    /// The state after a wrong password at `now`.
    #[must_use]
    pub fn after_failure(self, policy: LockoutPolicy, now: Timestamp) -> Self {
        if policy.failures == 0 || policy.threshold.is_zero() || policy.threshold.is_negative() {
            return self;
        }
        let counting = self.first_failure.is_some_and(|first| {
            self.failures > 0 && now.duration_since(first) <= policy.threshold
        });
        let failures = if counting {
            self.failures.saturating_add(1)
        } else {
            1
        };
        let locked_until = if failures >= policy.failures {
            now.checked_add(policy.threshold).ok()
        } else {
            self.locked_until
        };
        Self {
            failures,
            first_failure: if counting {
                self.first_failure
            } else {
                Some(now)
            },
            locked_until,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: LockoutPolicy = LockoutPolicy {
        failures: 6,
        threshold: SignedDuration::from_mins(30),
    };

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + minute * 60).unwrap()
    }

    fn after(failures: &[i64], policy: LockoutPolicy) -> Lockout {
        failures.iter().fold(Lockout::default(), |state, minute| {
            state.after_failure(policy, at(*minute))
        })
    }

    #[test]
    fn the_sixth_failure_within_half_an_hour_locks_for_half_an_hour() {
        assert!(!after(&[0, 1, 2, 3, 4], POLICY).is_locked(at(4)));
        let locked = after(&[0, 1, 2, 3, 4, 30], POLICY);
        assert!(locked.is_locked(at(59)));
        assert!(!locked.is_locked(at(60)));
    }

    #[test]
    fn a_failure_after_the_window_counts_as_the_first() {
        assert_eq!(after(&[0, 1, 2, 3, 4, 31], POLICY).failures, 1);
    }

    #[test]
    fn a_limit_of_one_locks_at_once_unlike_the_original() {
        assert!(
            after(
                &[0],
                LockoutPolicy {
                    failures: 1,
                    ..POLICY
                }
            )
            .is_locked(at(29))
        );
    }

    #[test]
    fn nought_switches_the_lock_off() {
        let off = LockoutPolicy {
            failures: 0,
            ..POLICY
        };
        assert_eq!(after(&[0; 20], off), Lockout::default());
        let off = LockoutPolicy {
            threshold: SignedDuration::ZERO,
            ..POLICY
        };
        assert_eq!(after(&[0; 20], off), Lockout::default());
    }
}
