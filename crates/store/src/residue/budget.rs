//! How long and how much may be searched. A switch must not wait for a hundred gigabytes of old
//! sessions; what the budget leaves out is told in the report.

use super::Gap;
use std::time::Instant;

/// The limits of one search. Whichever is reached first ends it.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    deadline: Instant,
    bytes: u64,
}

impl Budget {
    /// A search that ends at `deadline`, or when it has read `bytes` bytes (unpacked ones count).
    pub fn new(deadline: Instant, bytes: u64) -> Self {
        Self { deadline, bytes }
    }

    /// When the search ends at the latest.
    pub(super) fn deadline(&self) -> Instant {
        self.deadline
    }

    /// Takes note of bytes that were read.
    pub(super) fn spend(&mut self, bytes: usize) {
        self.bytes = self.bytes.saturating_sub(bytes as u64);
    }

    /// Whether the search may go on; otherwise what ended it.
    pub(super) fn check(&self) -> Result<(), Gap> {
        if self.bytes == 0 {
            Err(Gap::OutOfBytes)
        } else if Instant::now() >= self.deadline {
            Err(Gap::OutOfTime)
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_budget_ends_by_time_or_by_bytes() {
        let now = Instant::now();
        let later = now + Duration::from_secs(60);
        assert_eq!(Budget::new(now, 1).check(), Err(Gap::OutOfTime));
        let mut budget = Budget::new(later, 10);
        budget.spend(9);
        assert_eq!(budget.check(), Ok(()));
        budget.spend(9);
        assert_eq!(budget.check(), Err(Gap::OutOfBytes));
    }
}
