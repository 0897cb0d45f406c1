//! How often a password reset may be asked for, by Commerce's `SecurityManager`: not again within
//! some minutes, and not more than so many times an hour. Which earlier requests count is the
//! protection type's to say.

use jiff::{SignedDuration, Timestamp};

/// The hour within which requests are counted.
pub const COUNTED: SignedDuration = SignedDuration::from_hours(1);

/// `admin/security/password_reset_protection_type`: whose earlier requests count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    /// Nobody's: requests are not limited.
    Off,
    /// Those for the same mail address, and those from the same network address.
    EmailOrAddress,
    /// Those from the same network address.
    Address,
    /// Those for the same mail address.
    Email,
}

impl Protection {
    /// The protection that Commerce stores as a number. An unknown number protects as the default.
    pub fn from_code(code: i64) -> Self {
        match code {
            0 => Self::Off,
            2 => Self::Address,
            3 => Self::Email,
            _ => Self::EmailOrAddress,
        }
    }
}

/// The two limits; nought switches one off.
#[derive(Clone, Copy, Debug)]
pub struct ResetLimits {
    /// `admin/security/min_time_between_password_reset_requests`.
    pub least_between: SignedDuration,
    /// `admin/security/max_number_password_reset_requests`, within [`COUNTED`].
    pub most: u32,
}

/// The earlier requests that count.
#[derive(Clone, Copy, Debug, Default)]
pub struct Earlier {
    /// When the last one was made.
    pub last: Option<Timestamp>,
    /// How many there were within [`COUNTED`].
    pub count: u32,
}

impl ResetLimits {
    /// Whether one more request is too many at `now`.
    pub fn are_exceeded(&self, earlier: Earlier, now: Timestamp) -> bool {
        let too_soon = earlier
            .last
            .is_some_and(|last| now.duration_since(last) < self.least_between);
        too_soon || self.most > 0 && earlier.count >= self.most
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: ResetLimits = ResetLimits {
        least_between: SignedDuration::from_mins(10),
        most: 5,
    };

    fn earlier(minutes_ago: i64, count: u32) -> (Earlier, Timestamp) {
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let last = Some(now - SignedDuration::from_mins(minutes_ago));
        (Earlier { last, count }, now)
    }

    #[test]
    fn requests_keep_a_distance_and_a_number_an_hour() {
        for (minutes_ago, count, is_exceeded) in
            [(9, 1, true), (10, 1, false), (10, 4, false), (10, 5, true)]
        {
            let (earlier, now) = earlier(minutes_ago, count);
            let told = LIMITS.are_exceeded(earlier, now);
            assert_eq!(told, is_exceeded, "{minutes_ago} minutes, {count}");
        }
        let (_, now) = earlier(0, 0);
        assert!(!LIMITS.are_exceeded(Earlier::default(), now));
    }

    #[test]
    fn nought_switches_a_limit_off() {
        let off = ResetLimits {
            least_between: SignedDuration::ZERO,
            most: 0,
        };
        let (earlier, now) = earlier(0, 1000);
        assert!(!off.are_exceeded(earlier, now));
    }
}
