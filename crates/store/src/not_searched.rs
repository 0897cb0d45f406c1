//! What a walk over PHP Commerce's caches and sessions could not look into. It is an answer, not
//! an error: the rest was searched, and a report that stayed silent about a gap would be false.

use std::collections::BTreeMap;

/// A place that could not be searched, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotSearched {
    /// The place, for a person; never holds a secret.
    pub place: String,
    /// The reason, one lower-case clause.
    pub why: String,
}

impl NotSearched {
    /// The whole of `place` is closed to us because of `why`.
    pub fn new(place: impl Into<String>, why: impl ToString) -> Self {
        Self {
            place: place.into(),
            why: why.to_string(),
        }
    }
}

/// Counts gaps by their reason, so that ten thousand unreadable files are one line of a report.
#[derive(Debug, Default)]
pub(crate) struct Gaps(BTreeMap<String, u64>);

impl Gaps {
    pub(crate) fn add(&mut self, why: impl ToString) {
        *self.0.entry(why.to_string()).or_default() += 1;
    }

    /// One line for each reason; `things` is the plural of what is counted.
    pub(crate) fn in_place(self, place: &str, things: &str) -> Vec<NotSearched> {
        self.0
            .into_iter()
            .map(|(why, count)| NotSearched::new(format!("{place} ({count} {things})"), why))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_of_one_reason_are_one_line() {
        let mut gaps = Gaps::default();
        gaps.add("too large");
        gaps.add("permission denied");
        gaps.add("too large");
        assert_eq!(
            gaps.in_place("var/session", "sessions"),
            [
                NotSearched::new("var/session (1 sessions)", "permission denied"),
                NotSearched::new("var/session (2 sessions)", "too large"),
            ]
        );
    }
}
