//! A time for a person, and the same for a program.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use service::words::Words;

/// As `<time>` shows it.
pub(crate) struct Moment {
    /// For eyes and ears.
    pub(crate) text: String,
    /// For programs (HTML, valid global date and time).
    pub(crate) machine: String,
}

impl Moment {
    /// In coordinated universal time, and says so: the server does not know where the reader is.
    pub(crate) fn new(at: Timestamp, words: Words) -> Self {
        Self {
            text: words.moment(&at.to_zoned(TimeZone::UTC)),
            machine: at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        }
    }
}
