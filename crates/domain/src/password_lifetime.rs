//! How old a password may get. Commerce asks at sign-in alone, of the newest password that the
//! history knows; a password of which nothing is known has no age.
//!
//! Source: `ObserverConfig` of Commerce's User module; `admin/security/password_lifetime` (days)
//! and `admin/security/password_is_forced`.

use jiff::{SignedDuration, Timestamp};

/// The two settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordLifetime {
    /// How long a password is good for; nought switches the rule off.
    pub lifetime: SignedDuration,
    /// Whether an old password must be changed before anything else is done.
    pub is_forced: bool,
}

/// What the age of a password asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordAge {
    /// Nothing.
    Fresh,
    /// The person should change it, and is told so.
    ChangeRecommended,
    /// The person can do nothing else before they have changed it.
    ChangeForced,
}

impl PasswordLifetime {
    /// No password ever gets too old.
    pub const UNLIMITED: Self = Self {
        lifetime: SignedDuration::ZERO,
        is_forced: false,
    };

    /// What a password asks for that was set at `set_at`.
    pub fn age(self, set_at: Option<Timestamp>, now: Timestamp) -> PasswordAge {
        let is_limited = self.lifetime > SignedDuration::ZERO;
        let is_old = set_at.is_some_and(|at| now.duration_since(at) > self.lifetime);
        match (is_limited && is_old, self.is_forced) {
            (false, _) => PasswordAge::Fresh,
            (true, false) => PasswordAge::ChangeRecommended,
            (true, true) => PasswordAge::ChangeForced,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use PasswordAge::{ChangeForced, ChangeRecommended, Fresh};

    #[test]
    fn a_password_is_old_a_second_after_its_lifetime() {
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let days = |days: i64| SignedDuration::from_hours(days * 24);
        let set =
            |days: i64, seconds| Some(now - SignedDuration::from_secs(days * 86_400 + seconds));
        let cases = [
            (days(90), true, set(89, 0), Fresh),
            (days(90), true, set(90, 0), Fresh),
            (days(90), true, set(90, 1), ChangeForced),
            (days(90), false, set(90, 1), ChangeRecommended),
            (days(90), true, set(-1, 0), Fresh),
            (days(90), true, None, Fresh),
            (days(0), true, set(900, 0), Fresh),
            (days(-1), true, set(900, 0), Fresh),
        ];
        for (lifetime, is_forced, set_at, expected) in cases {
            let rule = PasswordLifetime {
                lifetime,
                is_forced,
            };
            assert_eq!(rule.age(set_at, now), expected, "{rule:?} {set_at:?}");
        }
        assert_eq!(PasswordLifetime::UNLIMITED.age(set(9000, 0), now), Fresh);
    }
}
