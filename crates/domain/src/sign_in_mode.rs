//! How admins sign in, and the one record that says so.
//!
//! ```text
//!              enable                      a full-rights admin signed in
//!  Commerce ───────────▶ Adobe IMS, trial ─────────────────────────────▶ Adobe IMS
//!     ▲  ▲                    │ time is up, nobody did                      │
//!     │  └────────────────────┘                                             │
//!     └───────────────────────────── disable ───────────────────────────────┘
//! ```
//!
//! Every change of mode raises the epoch by one; a session or token of an earlier epoch is void.
//! The record is changed by `service::switch` alone.

use jiff::{SignedDuration, Timestamp};

/// The two ways to sign in. Exactly one holds at any instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInMode {
    /// User name and Commerce password.
    Commerce,
    /// Adobe ID, or another OpenID provider in its place.
    AdobeIms,
}

impl SignInMode {
    /// The stable word for it, in the database and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Commerce => "commerce",
            Self::AdobeIms => "adobe_ims",
        }
    }

    /// Reads [`Self::code`] back.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Commerce, Self::AdobeIms]
            .into_iter()
            .find(|mode| mode.code() == code)
    }
}

/// The authority on how admins sign in: one row of the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModeRecord {
    /// The mode as last switched; see [`Self::mode_at`] for the one that holds.
    pub mode: SignInMode,
    /// Raised by one at every switch.
    pub epoch: i64,
    /// When it was last switched.
    pub changed_at: Timestamp,
    /// Who switched it: `user@host`, or the node that ended a trial.
    pub changed_by: String,
    /// Until when an admin with full rights must have signed in; nothing when not on trial.
    pub trial_until: Option<Timestamp>,
    /// Whether files, PHP sessions and caches still have to follow the switch.
    pub cleanup_pending: bool,
}

/// What is to be done about a trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trial {
    /// There is none.
    None,
    /// It runs for so much longer.
    Running(SignedDuration),
    /// An admin with full rights has signed in: the integration stays.
    Passed,
    /// Nobody did in time: the integration must be switched off.
    Failed,
}

/// The latest sign-in of any active admin with full rights.
#[derive(Clone, Copy, Debug)]
pub struct LastSignIn {
    /// When, in whole seconds.
    pub at: Timestamp,
    /// Whether the record of events has one after the switch. Seconds alone do not tell which came
    /// first, and the clocks of two machines differ.
    pub is_recorded_after: bool,
}

impl ModeRecord {
    /// The record of an instance that never was switched.
    pub fn initial(mode: SignInMode, now: Timestamp, by: &str) -> Self {
        Self {
            mode,
            epoch: 1,
            changed_at: now,
            changed_by: by.to_owned(),
            trial_until: None,
            cleanup_pending: false,
        }
    }

    /// Where the trial stands. While the integration is on there is no way in but through it, so
    /// a sign-in after the switch proves that it works. Those of PHP Commerce are not in our record of
    /// events, and are told by their time.
    pub fn trial(&self, last_sign_in: Option<LastSignIn>, now: Timestamp) -> Trial {
        let (SignInMode::AdobeIms, Some(until)) = (self.mode, self.trial_until) else {
            return Trial::None;
        };
        let follows =
            |sign_in: LastSignIn| sign_in.is_recorded_after || sign_in.at > self.changed_at;
        if last_sign_in.is_some_and(follows) {
            return Trial::Passed;
        }
        let left = until.duration_since(now);
        if left.is_positive() {
            Trial::Running(left)
        } else {
            Trial::Failed
        }
    }

    /// The mode that holds, given where the trial stands: a failed trial is over from its last
    /// second on, even before anybody has written that down.
    pub fn mode_at(&self, trial: Trial) -> SignInMode {
        if trial == Trial::Failed {
            SignInMode::Commerce
        } else {
            self.mode
        }
    }

    /// The record after switching to `mode`.
    #[must_use]
    pub fn switched_to(
        &self,
        mode: SignInMode,
        trial_until: Option<Timestamp>,
        now: Timestamp,
        by: &str,
    ) -> Self {
        Self {
            mode,
            epoch: self.epoch.saturating_add(1),
            changed_at: now,
            changed_by: by.to_owned(),
            trial_until,
            cleanup_pending: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn on_trial() -> ModeRecord {
        ModeRecord::initial(SignInMode::Commerce, at(0), "ann@shop").switched_to(
            SignInMode::AdobeIms,
            Some(at(900)),
            at(10),
            "ann@shop",
        )
    }

    #[test]
    fn a_trial_runs_passes_or_fails() {
        let record = on_trial();
        let cases = [
            (
                None,
                20,
                Trial::Running(SignedDuration::from_secs(880)),
                SignInMode::AdobeIms,
            ),
            (
                Some(5),
                20,
                Trial::Running(SignedDuration::from_secs(880)),
                SignInMode::AdobeIms,
            ),
            (
                Some(10),
                20,
                Trial::Running(SignedDuration::from_secs(880)),
                SignInMode::AdobeIms,
            ),
            (Some(15), 20, Trial::Passed, SignInMode::AdobeIms),
            (Some(15), 5000, Trial::Passed, SignInMode::AdobeIms),
            (Some(5), 900, Trial::Failed, SignInMode::Commerce),
            (None, 900, Trial::Failed, SignInMode::Commerce),
        ];
        for (second, now, trial, mode) in cases {
            let sign_in = second.map(|second| LastSignIn {
                at: at(second),
                is_recorded_after: false,
            });
            assert_eq!(record.trial(sign_in, at(now)), trial, "{second:?} at {now}");
            assert_eq!(record.mode_at(trial), mode);
        }
    }

    #[test]
    fn a_sign_in_that_is_known_to_have_followed_counts_whatever_a_clock_says() {
        let record = on_trial();
        for second in [10, 9] {
            let sign_in = LastSignIn {
                at: at(second),
                is_recorded_after: true,
            };
            let trial = record.trial(Some(sign_in), at(20));
            assert_eq!(trial, Trial::Passed, "{second}");
        }
    }

    #[test]
    fn without_a_trial_the_mode_is_the_one_written() {
        let record = on_trial().switched_to(SignInMode::Commerce, None, at(20), "ann@shop");
        assert_eq!(record.trial(None, at(9999)), Trial::None);
        assert_eq!(record.mode_at(Trial::None), SignInMode::Commerce);
        assert_eq!(record.epoch, 3);
    }
}
