//! What time it is at the stand-in: the machine's time, moved by tests that wait for something to
//! run out.

use jiff::{SignedDuration, Timestamp};

/// The machine's clock and how far it was moved.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    moved: SignedDuration,
}

impl Clock {
    pub(crate) fn advance(&mut self, by: SignedDuration) {
        self.moved = self.moved.saturating_add(by);
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the machine's clock; the product's is not known here"
    )]
    pub(crate) fn now(&self) -> Timestamp {
        later(Timestamp::now(), self.moved)
    }
}

/// A time so much later; at the end of time, the time itself.
pub(crate) fn later(time: Timestamp, by: SignedDuration) -> Timestamp {
    time.checked_add(by).unwrap_or(time)
}
