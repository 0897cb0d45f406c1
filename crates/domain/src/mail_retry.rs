//! When a mail that did not leave is tried again: soon at first, since most servers are back in a
//! moment, then ever more seldom, until nobody would want it any more.
//!
//! ```text
//! queued ──▶ tried ──▶ 10 s ──▶ 30 s ──▶ 90 s ──▶ … ──▶ every hour ──▶ given up
//! ```

use jiff::{SignedDuration, Timestamp};

/// How long an ordinary mail is worth sending.
pub const WORTH_SENDING: SignedDuration = SignedDuration::from_hours(24);

const FIRST_DELAY: SignedDuration = SignedDuration::from_secs(10);
const LONGEST_DELAY: SignedDuration = SignedDuration::from_hours(1);

/// When to try again after `attempts` failures, the last of them at `now`; nothing once that would
/// be later than `give_up_at`.
pub fn next_attempt(attempts: u32, give_up_at: Timestamp, now: Timestamp) -> Option<Timestamp> {
    let factor = 3_i32.saturating_pow(attempts.saturating_sub(1));
    let delay = FIRST_DELAY
        .checked_mul(factor)
        .unwrap_or(LONGEST_DELAY)
        .min(LONGEST_DELAY);
    now.checked_add(delay)
        .ok()
        .filter(|next| *next <= give_up_at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    #[test]
    fn delays_grow_to_an_hour() {
        for (attempts, seconds) in [(1, 10), (2, 30), (3, 90), (6, 2430), (7, 3600), (99, 3600)] {
            let next = next_attempt(attempts, at(86_400), at(0));
            assert_eq!(next, Some(at(seconds)), "{attempts}");
        }
    }

    #[test]
    fn what_is_no_longer_worth_sending_is_given_up() {
        assert_eq!(next_attempt(1, at(10), at(0)), Some(at(10)));
        assert_eq!(next_attempt(1, at(9), at(0)), None);
    }
}
