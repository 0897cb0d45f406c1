//! A browser's session, and whether it is honoured. The id itself is known to the browser alone;
//! the store keeps its digest.

use crate::admin::AdminId;
use crate::sign_in_mode::SignInMode;
use jiff::{SignedDuration, Timestamp};

/// What is kept of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Whose it is.
    pub admin: AdminId,
    /// How it was opened.
    pub mode: SignInMode,
    /// The epoch it was opened in.
    pub epoch: i64,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When it was last used.
    pub last_seen_at: Timestamp,
}

/// What a node knows about the mode, at the moment of asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnownMode {
    /// Read from the database less than a lease ago.
    Leased {
        /// The mode that holds.
        mode: SignInMode,
        /// Its epoch.
        epoch: i64,
    },
    /// The lease has run out: the database could not be asked.
    Unknown,
}

/// `admin/security/session_lifetime` bounds, in seconds.
const LIFETIME_BOUNDS: (i64, i64) = (60, 31_536_000);

/// Brings a configured lifetime within Commerce's bounds.
pub fn lifetime(seconds: i64) -> SignedDuration {
    SignedDuration::from_secs(seconds.clamp(LIFETIME_BOUNDS.0, LIFETIME_BOUNDS.1))
}

impl Session {
    /// Whether the session still opens doors at `now`: it was opened in the mode and epoch that
    /// hold, and was used within `lifetime`. What is not known for certain is refused.
    pub fn is_honoured(&self, known: KnownMode, lifetime: SignedDuration, now: Timestamp) -> bool {
        let of_this_mode = match known {
            KnownMode::Leased { mode, epoch } => self.mode == mode && self.epoch == epoch,
            KnownMode::Unknown => false,
        };
        of_this_mode && now.duration_since(self.last_seen_at) < lifetime
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    #[test]
    fn a_session_ends_with_its_mode_its_epoch_its_lease_or_its_lifetime() {
        let adobe = SignInMode::AdobeIms;
        let session = Session {
            admin: 1,
            mode: adobe,
            epoch: 4,
            created_at: at(0),
            last_seen_at: at(0),
        };
        let leased = |mode, epoch| KnownMode::Leased { mode, epoch };
        let cases = [
            (leased(adobe, 4), 899, true),
            (leased(adobe, 4), 900, false),
            (leased(adobe, 5), 1, false),
            (leased(SignInMode::Commerce, 4), 1, false),
            (KnownMode::Unknown, 1, false),
        ];
        for (known, now, honoured) in cases {
            assert_eq!(
                session.is_honoured(known, lifetime(900), at(now)),
                honoured,
                "{known:?}"
            );
        }
    }

    #[test]
    fn lifetimes_stay_within_commerces_bounds() {
        assert_eq!(lifetime(1), SignedDuration::from_secs(60));
        assert_eq!(lifetime(i64::MAX), SignedDuration::from_secs(31_536_000));
    }
}
