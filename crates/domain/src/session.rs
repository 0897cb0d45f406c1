//! A browser's session, when it ends, and what its browser is told then. The id itself is known to
//! the browser alone; the store keeps its digest.
//!
//! ```text
//!           used within the idle limit
//!              ┌─────────┐
//!  opened ───▶ │ current │ ──── idle or absolute limit ───▶ expired ───┐
//!              └─────────┘                                             ├──▶ told once, forgotten
//!                   └──────── ended by somebody, with a reason ────────┘
//! ```
//!
//! A session of another mode or an earlier epoch is void: nobody is told anything of it.

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
    /// Why it was ended, where somebody did so before its time.
    pub ended: Option<EndReason>,
}

/// Why a session is over, as its browser is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndReason {
    /// The person signed in elsewhere, and accounts are not shared.
    SignedInElsewhere,
    /// The person ended it from another session of theirs.
    EndedByOwner,
    /// The operator ended it.
    EndedByOperator,
    /// The password was changed.
    PasswordChanged,
    /// The account was disabled.
    AccountDisabled,
    /// The provider stands by it no longer.
    RevokedByProvider,
    /// The provider gave no answer for longer than the time of grace.
    ProviderUnreachable,
    /// The person signed out at the provider.
    SignedOutAtProvider,
    /// A second factor is asked for, and none was shown in it.
    SecondFactorNeeded,
    /// The second factor was taken away or set up anew.
    SecondFactorChanged,
    /// It was not used for too long, or had lasted long enough.
    Expired,
}

impl EndReason {
    /// The stable word for it, in the store and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::SignedInElsewhere => "signed_in_elsewhere",
            Self::EndedByOwner => "ended_by_owner",
            Self::EndedByOperator => "ended_by_operator",
            Self::PasswordChanged => "password_changed",
            Self::AccountDisabled => "account_disabled",
            Self::RevokedByProvider => "revoked_by_provider",
            Self::ProviderUnreachable => "provider_unreachable",
            Self::SignedOutAtProvider => "signed_out_at_provider",
            Self::SecondFactorNeeded => "second_factor_needed",
            Self::SecondFactorChanged => "second_factor_changed",
            Self::Expired => "expired",
        }
    }

    /// Reads [`Self::code`] back.
    pub fn from_code(code: &str) -> Option<Self> {
        [
            Self::SignedInElsewhere,
            Self::EndedByOwner,
            Self::EndedByOperator,
            Self::PasswordChanged,
            Self::AccountDisabled,
            Self::RevokedByProvider,
            Self::ProviderUnreachable,
            Self::SignedOutAtProvider,
            Self::SecondFactorNeeded,
            Self::SecondFactorChanged,
            Self::Expired,
        ]
        .into_iter()
        .find(|reason| reason.code() == code)
    }
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
const IDLE_BOUNDS: (i64, i64) = (60, 31_536_000);

/// How much longer than it opens doors a session is kept, so that its browser can be told that it
/// has expired. Commerce keeps its rows for a day as well.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24);

/// How long sessions last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    idle: SignedDuration,
    absolute: Option<SignedDuration>,
}

impl Limits {
    /// From the configured seconds. The idle limit is brought within Commerce's bounds; an
    /// absolute limit of nought or less is none.
    pub fn new(idle_seconds: i64, absolute_seconds: i64) -> Self {
        let (shortest, longest) = IDLE_BOUNDS;
        let absolute = (absolute_seconds > 0)
            .then(|| SignedDuration::from_secs(absolute_seconds.clamp(shortest, longest)));
        Self {
            idle: SignedDuration::from_secs(idle_seconds.clamp(shortest, longest)),
            absolute,
        }
    }

    /// How long a session lasts without use.
    pub fn idle(&self) -> SignedDuration {
        self.idle
    }

    /// How long it lasts however much it is used, where there is such a limit.
    pub fn absolute(&self) -> Option<SignedDuration> {
        self.absolute
    }

    /// How stale `last_seen_at` may get before it is written again: by Commerce's formula between
    /// 16 and 60 seconds, about 27 at its default of 900.
    pub fn touch_after(&self) -> SignedDuration {
        let seconds = (4.0 * self.idle.as_secs_f64().ln()).clamp(1.0, 60.0);
        SignedDuration::try_from_secs_f64(seconds).unwrap_or(SignedDuration::from_secs(60))
    }

    /// When a session ends that is not used any more after `last_seen_at`.
    pub fn expires_at(&self, session: &Session) -> Timestamp {
        let idle = later(session.last_seen_at, self.idle);
        match self.absolute {
            Some(absolute) => idle.min(later(session.created_at, absolute)),
            None => idle,
        }
    }

    /// When the store may forget the session.
    pub fn forget_at(&self, session: &Session) -> Timestamp {
        later(self.expires_at(session), REMEMBERED)
    }
}

fn later(at: Timestamp, span: SignedDuration) -> Timestamp {
    at.checked_add(span).unwrap_or(Timestamp::MAX)
}

/// What a session is worth at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It opens doors, until then at the latest unless it is used again.
    Current(Timestamp),
    /// It is over, and its browser may be told why.
    Ended(EndReason),
    /// It is of another mode or epoch, or nobody can tell: as good as none.
    Void,
}

impl Session {
    /// Where the session stands at `now`. What is not known for certain is refused.
    pub fn standing(&self, known: KnownMode, limits: Limits, now: Timestamp) -> Standing {
        match known {
            KnownMode::Leased { mode, epoch } if self.mode == mode && self.epoch == epoch => {
                self.standing_in_its_epoch(limits, now)
            }
            KnownMode::Leased { .. } | KnownMode::Unknown => Standing::Void,
        }
    }

    fn standing_in_its_epoch(&self, limits: Limits, now: Timestamp) -> Standing {
        let expires_at = limits.expires_at(self);
        match self.ended {
            Some(reason) => Standing::Ended(reason),
            None if now < expires_at => Standing::Current(expires_at),
            None => Standing::Ended(EndReason::Expired),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn session() -> Session {
        Session {
            admin: 1,
            mode: SignInMode::AdobeIms,
            epoch: 4,
            created_at: at(0),
            last_seen_at: at(0),
            ended: None,
        }
    }

    const KNOWN: KnownMode = KnownMode::Leased {
        mode: SignInMode::AdobeIms,
        epoch: 4,
    };

    #[test]
    fn a_session_ends_with_its_mode_its_epoch_its_lease_or_its_lifetime() {
        let leased = |mode, epoch| KnownMode::Leased { mode, epoch };
        let expired = Standing::Ended(EndReason::Expired);
        let cases = [
            (KNOWN, 899, Standing::Current(at(900))),
            (KNOWN, 900, expired),
            (leased(SignInMode::AdobeIms, 5), 1, Standing::Void),
            (leased(SignInMode::Commerce, 4), 1, Standing::Void),
            (KnownMode::Unknown, 1, Standing::Void),
        ];
        for (known, now, standing) in cases {
            let limits = Limits::new(900, 0);
            assert_eq!(session().standing(known, limits, at(now)), standing);
        }
    }

    #[test]
    fn use_moves_the_idle_limit_and_never_the_absolute_one() {
        let used = Session {
            last_seen_at: at(3_500),
            ..session()
        };
        let standing = |now, absolute| used.standing(KNOWN, Limits::new(900, absolute), at(now));
        assert_eq!(standing(3_599, 3_600), Standing::Current(at(3_600)));
        assert_eq!(standing(3_600, 3_600), Standing::Ended(EndReason::Expired));
        assert_eq!(standing(3_600, 0), Standing::Current(at(4_400)));
    }

    #[test]
    fn what_ended_a_session_is_told_even_after_its_time_but_not_after_a_switch() {
        let ended = Session {
            ended: Some(EndReason::PasswordChanged),
            ..session()
        };
        let limits = Limits::new(900, 0);
        let told = Standing::Ended(EndReason::PasswordChanged);
        assert_eq!(ended.standing(KNOWN, limits, at(1)), told);
        assert_eq!(ended.standing(KNOWN, limits, at(9_000)), told);
        let switched = KnownMode::Leased {
            mode: SignInMode::Commerce,
            epoch: 5,
        };
        assert_eq!(ended.standing(switched, limits, at(1)), Standing::Void);
    }

    #[test]
    fn limits_stay_within_commerces_bounds() {
        let expires = |idle, absolute| Limits::new(idle, absolute).expires_at(&session());
        assert_eq!(expires(1, 0), at(60));
        assert_eq!(expires(i64::MAX, 0), at(31_536_000));
        assert_eq!(expires(900, 1), at(60));
        assert_eq!(expires(900, -5), at(900));
    }

    #[test]
    fn uses_are_noted_as_seldom_as_commerce_notes_them() {
        for (idle, seconds) in [(60, 16), (900, 27), (86_400, 45), (31_536_000, 60)] {
            assert_eq!(Limits::new(idle, 0).touch_after().as_secs(), seconds);
        }
    }

    #[test]
    fn codes_read_back() {
        let reason = EndReason::SignedInElsewhere;
        assert_eq!(EndReason::from_code(reason.code()), Some(reason));
        assert_eq!(EndReason::from_code("other"), None);
    }
}
