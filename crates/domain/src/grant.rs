//! What a session that was opened at the provider rests on: that the provider still stands by it.
//! It is asked every ten minutes. "No" ends the session; no answer begins a time of grace, which
//! is bounded, and which an answer ends.
//!
//! ```text
//!              asked, "yes"
//!            ┌─────────────┐
//!  granted ─▶│    fresh    │◀─────────── "yes" ──────────┐
//!            └─────────────┘                             │
//!               │   │ no answer                          │
//!               │   └──────────▶ in grace (bounded) ─────┘
//!               │ "no"              │ "no", or grace is over
//!               └──────────▶ over ◀─┘
//! ```
//!
//! A grant that nobody has asked about for too long is over too: whoever should have asked is not
//! there, and a session must not live longer for it.

use jiff::{SignedDuration, Timestamp};

/// How often the provider is asked about a session, as Commerce does.
pub const CHECK_INTERVAL: SignedDuration = SignedDuration::from_mins(10);

/// How soon it is asked again after it gave no answer.
pub const RETRY: SignedDuration = SignedDuration::from_secs(30);

/// How long nobody else asks about a session that somebody asks about: longer than an exchange with
/// the provider can take. A refresh token that two redeem at once may end them both.
pub const CLAIM: SignedDuration = SignedDuration::from_mins(2);

/// How late a check may be because of waiting and work, before it counts as missing.
const ALLOWANCE: SignedDuration = SignedDuration::from_mins(1);

/// When the provider last stood by a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    /// When it last said "yes".
    pub confirmed_at: Timestamp,
    /// Since when it gives no answer, if it gives none.
    pub unreachable_since: Option<Timestamp>,
}

/// What a grant is worth at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GrantStanding {
    /// The provider stands by it, as far as anybody must know.
    Fresh,
    /// The provider gives no answer; the session goes on until then at the latest.
    InGrace(Timestamp),
    /// The time of grace is over.
    Over,
}

impl Grant {
    /// Where the grant stands, when `grace` is how long the provider may be out of reach.
    pub fn standing(&self, grace: SignedDuration, now: Timestamp) -> GrantStanding {
        let (begins, is_in_grace) = match self.unreachable_since {
            Some(since) => (since, true),
            None => (later(self.confirmed_at, CHECK_INTERVAL + ALLOWANCE), false),
        };
        let ends_at = later(begins, grace);
        match (now < ends_at, is_in_grace) {
            (true, true) => GrantStanding::InGrace(ends_at),
            (true, false) => GrantStanding::Fresh,
            (false, _) => GrantStanding::Over,
        }
    }
}

fn later(at: Timestamp, span: SignedDuration) -> Timestamp {
    at.checked_add(span).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    #[test]
    fn a15_grace_is_bounded_and_a_grant_that_nobody_asks_about_runs_out_as_well() {
        let minute = 60;
        let cases = [
            (None, 10, 0, GrantStanding::Fresh),
            (None, 10, 20 * minute, GrantStanding::Fresh),
            (None, 10, 21 * minute, GrantStanding::Over),
            (None, 0, 11 * minute - 1, GrantStanding::Fresh),
            (None, 0, 11 * minute, GrantStanding::Over),
            (Some(600), 10, 600, GrantStanding::InGrace(at(1200))),
            (Some(600), 10, 1199, GrantStanding::InGrace(at(1200))),
            (Some(600), 10, 1200, GrantStanding::Over),
            (Some(600), 0, 600, GrantStanding::Over),
        ];
        for (since, grace, now, standing) in cases {
            let grant = Grant {
                confirmed_at: at(0),
                unreachable_since: since.map(at),
            };
            let grace = SignedDuration::from_mins(grace);
            assert_eq!(grant.standing(grace, at(now)), standing, "{since:?} {now}");
        }
    }
}
