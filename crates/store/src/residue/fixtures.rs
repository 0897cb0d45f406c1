//! What the tests of the search share: a value, an instance's keys, and reports as lines.

use super::haystack::Haystack;
use super::{Budget, Needle, Needles, Report, Search};
use commerce::encryption::Keyring;
use secrecy::SecretString;
use std::time::{Duration, Instant};

/// The value that is looked for; PHP's encryption vectors hold it too.
pub(super) const SECRET: &str = "p8e-CLIENT_SECRET_value-0123456789";

/// A value to look for and two keys to look with.
pub(super) struct Fixture {
    pub(super) needles: Needles,
    pub(super) keyring: Keyring,
}

impl Fixture {
    pub(super) fn new() -> Self {
        Self::of("client secret", SECRET)
    }

    pub(super) fn of(label: &str, value: &str) -> Self {
        let needle = Needle::text(label, &SecretString::from(value.to_owned())).unwrap();
        let keys = "0123456789abcdef0123456789abcdef fedcba9876543210fedcba9876543210";
        Self {
            needles: Needles::compile(&[needle]).unwrap(),
            keyring: Keyring::parse(keys).unwrap(),
        }
    }

    pub(super) fn haystack(&self) -> Haystack<'_> {
        Haystack {
            needles: &self.needles,
            keyring: &self.keyring,
        }
    }

    pub(super) fn search(&self) -> Search<'_> {
        self.search_within(Budget::new(
            Instant::now() + Duration::from_secs(300),
            1 << 40,
        ))
    }

    pub(super) fn search_within(&self, budget: Budget) -> Search<'_> {
        Search::new(&self.needles, &self.keyring, budget)
    }
}

/// A line for each finding.
pub(super) fn findings(report: &Report) -> Vec<String> {
    report
        .found()
        .flat_map(|place| place.findings.iter().map(move |finding| (place, finding)))
        .map(|(place, finding)| {
            let at = finding.at.join("; ");
            let (label, form, count) = (&finding.label, &finding.form, finding.count);
            format!("{}: {label} {form} x{count} at {at}", place.name)
        })
        .collect()
}

/// Fails if the value is anywhere in the report.
pub(super) fn assert_silent(report: &Report) {
    assert!(!format!("{report:?}").contains(SECRET));
}
