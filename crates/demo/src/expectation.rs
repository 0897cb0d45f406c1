//! What a step of the story expects, and what came instead. Anything that fails on the way is a
//! mismatch as well: a story that stumbles has not come out as told.

use std::fmt::Debug;

/// Something did not come out as told.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mismatch {
    /// What the story says.
    pub(crate) expected: String,
    /// What happened.
    pub(crate) came: String,
}

impl Mismatch {
    /// A mismatch between what was expected and what came.
    pub(crate) fn new(expected: impl Into<String>, came: impl Into<String>) -> Self {
        Self {
            expected: expected.into(),
            came: came.into(),
        }
    }
}

impl<E: std::error::Error> From<E> for Mismatch {
    fn from(error: E) -> Self {
        Self::new("no error", error.to_string())
    }
}

/// `came` must hold what `what` says; it is shown where it does not.
pub(crate) fn expect(what: &str, holds: bool, came: &str) -> Result<(), Mismatch> {
    if holds {
        Ok(())
    } else {
        Err(Mismatch::new(what, came))
    }
}

/// `came` must be exactly `expected`; `what` names the thing.
pub(crate) fn expect_equal<T: PartialEq + Debug>(
    what: &str,
    expected: &T,
    came: &T,
) -> Result<(), Mismatch> {
    if expected == came {
        return Ok(());
    }
    Err(Mismatch::new(
        format!("{what}: {expected:?}"),
        format!("{came:?}"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_as_told_passes() {
        assert_eq!(expect("a word", true, "word"), Ok(()));
        assert_eq!(expect_equal("the exit code", &0, &0), Ok(()));
    }

    #[test]
    fn what_is_not_says_both_sides() {
        let mismatch = expect_equal("the exit code", &0, &1).unwrap_err();
        assert_eq!(mismatch, Mismatch::new("the exit code: 0", "1"));
        let mismatch = expect("the password form", false, "404 Not Found").unwrap_err();
        assert_eq!(
            mismatch,
            Mismatch::new("the password form", "404 Not Found")
        );
    }

    #[test]
    fn an_error_on_the_way_is_a_mismatch() {
        fn stumble() -> Result<(), Mismatch> {
            Err(std::io::Error::other("the disk is full"))?;
            Ok(())
        }
        assert_eq!(
            stumble(),
            Err(Mismatch::new("no error", "the disk is full"))
        );
    }
}
