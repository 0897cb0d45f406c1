//! Times as tokens have them.
//!
//! A JWT counts seconds in numbers (RFC 7519, section 2); Adobe's access tokens count milliseconds
//! in strings. Commerce adds the one to the other, so that its limit on age never comes. Here each
//! is a type of its own that becomes a moment or a span and nothing else, so they cannot meet.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};

/// Seconds since 1970, as a JSON number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seconds(i64);

/// Milliseconds, as a string of digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Milliseconds(i64);

/// A claim is there, but no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NoTime;

impl Seconds {
    /// Reads a claim; a fraction is cut off. `None` where there is none.
    pub(crate) fn claim(
        claims: &Map<String, Value>,
        name: &str,
    ) -> Result<Option<Timestamp>, NoTime> {
        let Some(value) = claims.get(name) else {
            return Ok(None);
        };
        let whole = match value.as_i64() {
            Some(whole) => whole,
            None => whole_part(value.as_f64().ok_or(NoTime)?)?,
        };
        Self(whole).moment().map(Some)
    }

    fn moment(self) -> Result<Timestamp, NoTime> {
        Timestamp::from_second(self.0).map_err(|_| NoTime)
    }
}

/// Jiff refuses what is beyond the year 9999, and what is no number at all.
fn whole_part(seconds: f64) -> Result<i64, NoTime> {
    SignedDuration::try_from_secs_f64(seconds)
        .map(|span| span.as_secs())
        .map_err(|_| NoTime)
}

impl Milliseconds {
    /// Reads a claim. Numbers are refused: of them nobody knows what they count.
    pub(crate) fn claim(claims: &Map<String, Value>, name: &str) -> Result<Self, NoTime> {
        let text = claims.get(name).and_then(Value::as_str).ok_or(NoTime)?;
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NoTime);
        }
        text.parse().map(Self).map_err(|_| NoTime)
    }

    /// As a moment: milliseconds since 1970.
    pub(crate) fn moment(self) -> Result<Timestamp, NoTime> {
        Timestamp::from_millisecond(self.0).map_err(|_| NoTime)
    }

    /// As a length of time.
    pub(crate) fn span(self) -> SignedDuration {
        SignedDuration::from_millis(self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    /// 9999-12-31, the last day there is.
    const LAST_SECOND: i64 = 253_402_207_200;

    fn claims(value: Value) -> Map<String, Value> {
        Map::from_iter([("t".to_owned(), value)])
    }

    proptest! {
        #[test]
        fn a13_seconds_and_milliseconds_of_one_moment_are_the_same(second in 0..=LAST_SECOND) {
            let from_seconds = Seconds::claim(&claims(json!(second)), "t").unwrap().unwrap();
            let text = json!(format!("{second}000"));
            let from_milliseconds = Milliseconds::claim(&claims(text), "t").unwrap();
            prop_assert_eq!(from_seconds, from_milliseconds.moment().unwrap());
        }

        #[test]
        fn a13_a_span_moves_a_moment_by_exactly_its_milliseconds(
            start in 0..LAST_SECOND * 500,
            length in 0..LAST_SECOND * 500,
        ) {
            let read = |count: i64| Milliseconds::claim(&claims(json!(count.to_string())), "t");
            let end = read(start).unwrap().moment().unwrap() + read(length).unwrap().span();
            prop_assert_eq!(end, read(start + length).unwrap().moment().unwrap());
        }

        #[test]
        fn a13_what_counts_in_the_other_way_is_no_time(count in any::<i64>()) {
            prop_assert_eq!(Milliseconds::claim(&claims(json!(count)), "t"), Err(NoTime));
            prop_assert_eq!(Seconds::claim(&claims(json!(count.to_string())), "t"), Err(NoTime));
        }
    }

    #[test]
    fn numbers_without_end_and_strings_without_digits_are_no_time() {
        for value in [
            json!(1e300),
            json!(i64::MAX),
            json!(true),
            json!([1]),
            json!(null),
        ] {
            assert_eq!(
                Seconds::claim(&claims(value.clone()), "t"),
                Err(NoTime),
                "{value}"
            );
        }
        for text in [
            "",
            "-1",
            "+1",
            "1.5",
            " 1",
            "1 ",
            "99999999999999999999",
            "١",
        ] {
            assert_eq!(
                Milliseconds::claim(&claims(json!(text)), "t"),
                Err(NoTime),
                "{text}"
            );
        }
        assert_eq!(
            Milliseconds::claim(&claims(json!(i64::MAX.to_string())), "t")
                .unwrap()
                .moment(),
            Err(NoTime)
        );
    }

    #[test]
    fn a_fraction_of_a_second_is_cut_off() {
        let moment = Seconds::claim(&claims(json!(1_700_000_000.9)), "t").unwrap();
        assert_eq!(moment, Some(Timestamp::from_second(1_700_000_000).unwrap()));
        assert_eq!(Seconds::claim(&Map::new(), "t"), Ok(None));
    }
}
