//! What a search came to, place by place. Plain facts for others to put into words; every string
//! in it was cleared of the values searched for before it got here.

use std::fmt;

/// The outcome of a whole search.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Every place that was met, in the order of the search.
    pub places: Vec<Place>,
}

impl Report {
    /// Whether every place within reach was searched to its end and nothing was found.
    pub fn is_clean(&self) -> bool {
        self.places
            .iter()
            .all(|place| place.is_clean() || place.gap == Some(Gap::OutOfReach))
    }

    /// The places where something was found.
    pub fn found(&self) -> impl Iterator<Item = &Place> {
        self.places
            .iter()
            .filter(|place| !place.findings.is_empty())
    }

    /// The places that were not searched, or not to their end.
    pub fn not_searched(&self) -> impl Iterator<Item = &Place> {
        self.places.iter().filter(|place| place.gap.is_some())
    }
}

/// One place: a table, a file, a folder of files in which nothing was found, a cache.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// What a person calls it: `table core_config_data`, `app/etc/env.php`, `var/log`.
    pub name: String,
    /// How many rows, files or entries were looked at.
    pub items: u64,
    /// How many bytes were looked at, unpacked ones counted.
    pub bytes: u64,
    /// How many encrypted values were opened and looked into.
    pub opened: u64,
    /// How many encrypted values no key of the instance opens: their content is unknown.
    pub sealed: u64,
    /// What was found here; empty when nothing was.
    pub findings: Vec<Finding>,
    /// Why it was not searched, or not to its end.
    pub gap: Option<Gap>,
    /// With a gap in a folder: how many of its files were not reached.
    pub unreached: u64,
}

impl Place {
    /// Whether it was searched to its end and nothing was found.
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty() && self.gap.is_none()
    }
}

/// One value in one form at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which value, by the label its needle was given.
    pub label: String,
    /// How it was written: `clear`, `base64`, `hex in encrypted in base64`.
    pub form: String,
    /// How often, at least: of a long value whose copies are cut off, halves count as one.
    pub count: u64,
    /// The first few positions: `line 12`, `byte 4096`, `row config_id=7, column value`.
    pub at: Vec<String>,
}

/// Why a place was not searched, or not to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// The time allowed ran out.
    OutOfTime,
    /// As many bytes as allowed were read.
    OutOfBytes,
    /// The system or the database refused; its own words.
    Unreadable(String),
    /// A link that leads out of the instance's folder.
    OutsideRoot,
    /// A socket, pipe or device.
    NotAFile,
    /// Packed in a way that is not opened here, for instance zip or bzip2.
    Packed,
    /// A packed or encoded value in it is too large to be opened whole.
    TooLarge,
    /// Nobody but the operator of a server can look there.
    OutOfReach,
}

impl fmt::Display for Gap {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::OutOfTime => "the time allowed ran out",
            Self::OutOfBytes => "as many bytes as allowed were read",
            Self::Unreadable(why) => return write!(formatter, "it cannot be read: {why}"),
            Self::OutsideRoot => "it is a link that leads out of the instance's folder",
            Self::NotAFile => "it is not a regular file",
            Self::Packed => "it is packed in a way that is not opened here",
            Self::TooLarge => "a packed or encoded value in it is too large to be opened whole",
            Self::OutOfReach => "only the operator of the server can look there",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_with_a_gap_is_not_clean() {
        let clean = Place::default();
        let gap = Place {
            gap: Some(Gap::OutOfTime),
            ..Place::default()
        };
        assert!(clean.is_clean());
        let report = Report {
            places: vec![clean, gap],
        };
        assert!(!report.is_clean());
        assert_eq!(report.not_searched().count(), 1);
        assert_eq!(report.found().count(), 0);
    }
}
