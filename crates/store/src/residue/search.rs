//! One search: the values, the keys, the budget, and the report as it grows. Everything that gets
//! into the report goes through here, and here it is cleared of the values themselves.

use super::haystack::{Haystack, Position, Sighting, Stream, View};
use super::{Budget, Finding, Gap, Needles, Place, Report};
use commerce::encryption::Keyring;
use std::collections::HashMap;
use std::io::Read;

/// How many positions of a finding are told.
const MOST_POSITIONS: usize = 5;

/// A search in progress. Feed it places in the order of their importance, then [`finish`] it.
///
/// [`finish`]: Search::finish
pub struct Search<'a> {
    pub(super) haystack: Haystack<'a>,
    pub(super) budget: Budget,
    report: Report,
    /// Places by what they were called before their names were cleared.
    numbers: HashMap<String, usize>,
    /// How many beginnings of long values were seen, by the numbers of place and finding.
    beginnings: HashMap<(usize, usize), u64>,
}

impl<'a> Search<'a> {
    /// Begins a search for `needles`, which opens encrypted values with `keyring`.
    pub fn new(needles: &'a Needles, keyring: &'a Keyring, budget: Budget) -> Self {
        Self {
            haystack: Haystack { needles, keyring },
            budget,
            report: Report::default(),
            numbers: HashMap::new(),
            beginnings: HashMap::new(),
        }
    }

    /// Searches one entry that somebody else read: a session or cache entry of Redis, say. Entries
    /// of one `place` are reported together; `at` tells a found one from the others.
    pub fn entry(&mut self, place: &str, at: &str, bytes: &[u8]) {
        if let Err(gap) = self.budget.check() {
            self.unreached(place, gap);
            return;
        }
        self.value(place, bytes, &|| at.to_owned());
        self.place(place).items += 1;
    }

    /// Notes that a place was not searched, or not to its end. The first reason stands.
    pub fn gap(&mut self, place: &str, gap: Gap) {
        let gap = match gap {
            Gap::Unreadable(why) => Gap::Unreadable(self.haystack.needles.redact(&why)),
            other => other,
        };
        self.place(place).gap.get_or_insert(gap);
    }

    /// Ends the search.
    pub fn finish(mut self) -> Report {
        // The end of a long value stands for the whole; its beginning counts where no end followed.
        for ((place, number), beginnings) in self.beginnings {
            let place = self.report.places.get_mut(place);
            if let Some(finding) = place.and_then(|place| place.findings.get_mut(number)) {
                finding.count = finding.count.max(beginnings);
            }
        }
        self.report
            .places
            .retain(|place| place.items > 0 || !place.is_clean());
        self.report
    }

    /// Notes one more thing in `place` that the budget did not reach.
    pub(super) fn unreached(&mut self, place: &str, gap: Gap) {
        self.gap(place, gap);
        self.place(place).unreached += 1;
    }

    /// The place with this name, made when it is new.
    pub(super) fn place(&mut self, name: &str) -> &mut Place {
        let number = self.number_of(name);
        #[expect(
            clippy::indexing_slicing,
            reason = "places are numbered when they are made"
        )]
        &mut self.report.places[number]
    }

    fn number_of(&mut self, name: &str) -> usize {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.report.places.len();
        self.report.places.push(Place {
            name: self.haystack.needles.redact(name),
            ..Place::default()
        });
        self.numbers.insert(name.to_owned(), number);
        number
    }

    /// Makes a place that was just searched a part of another one, unless there is something to
    /// tell about it.
    pub(super) fn fold_if_clean(&mut self, name: &str, whole: &str) {
        let is_newest = self.number_of(name) + 1 == self.report.places.len();
        if name == whole || !is_newest {
            return;
        }
        if let Some(part) = self.report.places.pop_if(|place| place.is_clean()) {
            self.numbers.remove(name);
            let whole = self.place(whole);
            whole.items += part.items;
            whole.bytes += part.bytes;
            whole.opened += part.opened;
            whole.sealed += part.sealed;
        }
    }

    /// Searches one whole value; `at` says where in `place` it is.
    pub(super) fn value(&mut self, place: &str, bytes: &[u8], at: &dyn Fn() -> String) {
        let view = self.haystack.look(bytes);
        self.budget.spend(bytes.len());
        self.place(place).bytes += bytes.len() as u64;
        self.see(place, view, &|_| at());
    }

    /// Searches a name that a place shows, such as that of a file.
    pub(super) fn name(&mut self, place: &str, name: &str) {
        let view = self.haystack.look(name.as_bytes());
        self.see(place, view, &|_| "its name".to_owned());
    }

    /// Searches a stream of probably `size` bytes to its end or that of the budget. Returns what is
    /// missing, if anything.
    pub(super) fn stream(
        &mut self,
        place: &str,
        (reader, size): (impl Read, u64),
        at: impl Fn(Position) -> String,
    ) -> Result<(), Gap> {
        let mut stream = Stream::new(self.haystack, reader, size);
        loop {
            self.budget.check()?;
            let mut is_cut = false;
            let read = stream
                .advance(|view, position| {
                    is_cut = view.is_cut;
                    self.see(place, view, &|sighting| at(position(sighting.offset)));
                })
                .map_err(|error| Gap::Unreadable(error.to_string()))?;
            if is_cut {
                self.gap(place, Gap::TooLarge);
            }
            if read == 0 {
                return Ok(());
            }
            self.budget.spend(read);
            self.place(place).bytes += read as u64;
        }
    }

    /// Takes what was seen into the report.
    fn see(&mut self, place: &str, view: View, at: &dyn Fn(&Sighting) -> String) {
        self.budget.spend(view.unwrapped);
        if view.is_cut {
            self.gap(place, Gap::TooLarge);
        }
        let needles = self.haystack.needles;
        let place_number = self.number_of(place);
        let place = self.place(place);
        place.opened += view.opened;
        place.sealed += view.sealed;
        let mut beginnings = Vec::new();
        for sighting in &view.sightings {
            let label = needles.label(sighting.label);
            let (number, finding) = finding(place, label, &sighting.form);
            if sighting.is_beginning {
                beginnings.push((place_number, number));
            } else {
                finding.count += 1;
            }
            if finding.at.len() < MOST_POSITIONS {
                let position = needles.redact(&at(sighting));
                if !finding.at.contains(&position) {
                    finding.at.push(position);
                }
            }
        }
        for key in beginnings {
            *self.beginnings.entry(key).or_default() += 1;
        }
    }
}

/// The finding of this kind and its number, made when it is new.
fn finding<'p>(place: &'p mut Place, label: &str, form: &str) -> (usize, &'p mut Finding) {
    let is_same = |known: &Finding| known.label == label && known.form == form;
    let number = place.findings.iter().position(is_same).unwrap_or_else(|| {
        place.findings.push(Finding {
            label: label.to_owned(),
            form: form.to_owned(),
            count: 0,
            at: Vec::new(),
        });
        place.findings.len() - 1
    });
    #[expect(clippy::indexing_slicing, reason = "the number was just found or made")]
    (number, &mut place.findings[number])
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{Fixture, SECRET, assert_silent, findings};
    use super::*;
    use std::time::{Duration, Instant};

    #[test]
    fn entries_of_one_place_are_told_together() {
        let fixture = Fixture::new();
        let mut search = fixture.search();
        search.entry("Redis sessions", "entry 1", b"nothing");
        search.entry(
            "Redis sessions",
            "entry 2",
            format!("a:1:{{{SECRET}").as_bytes(),
        );
        search.entry("Redis cache", "entry 1", b"nothing");
        let report = search.finish();
        assert_eq!(
            findings(&report),
            ["Redis sessions: client secret clear x1 at entry 2"]
        );
        let counts: Vec<_> = report
            .places
            .iter()
            .map(|place| (place.items, place.bytes))
            .collect();
        assert_eq!(counts, [(2, 46), (1, 7)]);
        assert_silent(&report);
    }

    #[test]
    fn only_the_first_few_positions_are_kept_but_all_are_counted() {
        let fixture = Fixture::new();
        let mut search = fixture.search();
        for number in 0..20 {
            search.entry("Redis cache", &format!("entry {number}"), SECRET.as_bytes());
        }
        let report = search.finish();
        let finding = &report.places[0].findings[0];
        assert_eq!((finding.count, finding.at.len()), (20, MOST_POSITIONS));
    }

    #[test]
    fn no_name_position_or_reason_carries_a_value_into_the_report() {
        let fixture = Fixture::new();
        let mut search = fixture.search();
        search.entry(
            &format!("cache of {SECRET}"),
            &format!("key {SECRET}"),
            SECRET.as_bytes(),
        );
        search.gap("table", Gap::Unreadable(format!("no such table {SECRET}")));
        let report = search.finish();
        assert_eq!(
            findings(&report),
            ["cache of [removed]: client secret clear x1 at key [removed]"]
        );
        assert_silent(&report);
    }

    #[test]
    fn beginnings_and_ends_of_one_long_value_count_once() {
        let letter =
            |n: u64| char::from(b'a' + (n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as u8 % 26);
        let token: String = (1..301).map(letter).collect();
        let fixture = Fixture::of("refresh token", &token);
        let mut search = fixture.search();
        search.entry("whole", "1", format!("{token} {token}").as_bytes());
        search.entry("cut off", "1", &token.as_bytes()[..255]);
        search.entry("middle", "1", &token.as_bytes()[60..240]);
        let report = search.finish();
        assert_eq!(
            findings(&report),
            [
                "whole: refresh token clear x2 at 1",
                "cut off: refresh token clear x1 at 1"
            ]
        );
    }

    #[test]
    fn what_the_budget_leaves_out_is_told() {
        let fixture = Fixture::new();
        let later = Instant::now() + Duration::from_secs(60);
        let mut search = fixture.search_within(Budget::new(later, 10));
        for number in 0..5 {
            search.entry("Redis cache", &format!("entry {number}"), b"12345678");
        }
        let report = search.finish();
        assert_eq!(report.places[0].gap, Some(Gap::OutOfBytes));
        assert_eq!((report.places[0].items, report.places[0].unreached), (2, 3));
        assert!(!report.is_clean());
    }
}
