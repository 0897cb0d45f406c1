//! Walks through PHP's serialization format without building anything: values are skipped, only
//! texts that are asked for are handed out, as slices of the input. Every step consumes input, so
//! the time is bounded by its length; nesting is bounded by [`MAX_DEPTH`].

use super::UnreadableSession;

/// Sessions nest a handful of levels; beyond this they are an attack on the stack.
const MAX_DEPTH: usize = 200;

pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn new(data: &'a [u8]) -> Self {
        Self { rest: data }
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn is_at_array(&self) -> bool {
        self.rest.starts_with(b"a:")
    }

    /// The name of the next session variable, up to its bar.
    pub(super) fn variable_name(&mut self) -> Result<&'a [u8], UnreadableSession> {
        self.until(b'|')
    }

    /// Enters an array and tells how many entries it claims to have.
    pub(super) fn open_array(&mut self) -> Result<usize, UnreadableSession> {
        self.expect(b"a:")?;
        self.open_body()
    }

    /// Leaves an array or object whose entries have all been read.
    pub(super) fn close(&mut self) -> Result<(), UnreadableSession> {
        self.expect(b"}")
    }

    /// The key of the next entry; `None` for a number.
    pub(super) fn array_key(&mut self) -> Result<Option<&'a [u8]>, UnreadableSession> {
        match self.tag()? {
            b'i' => self.number(b';').map(|()| None),
            b's' => self.text().map(Some),
            _ => Err(UnreadableSession),
        }
    }

    /// The next value if it is a text. A reference to another value cannot be told from a text
    /// without building them all, so it is refused rather than taken for nothing.
    pub(super) fn text_value(&mut self) -> Result<Option<&'a [u8]>, UnreadableSession> {
        match self.rest {
            [b's', ..] => {
                self.tag()?;
                self.text().map(Some)
            }
            [b'r' | b'R', ..] => Err(UnreadableSession),
            _ => self.skip_value().map(|()| None),
        }
    }

    /// Passes over the next value, whatever it is.
    pub(super) fn skip_value(&mut self) -> Result<(), UnreadableSession> {
        self.skip_nested(MAX_DEPTH)
    }

    fn skip_nested(&mut self, depth: usize) -> Result<(), UnreadableSession> {
        let depth = depth.checked_sub(1).ok_or(UnreadableSession)?;
        if self.rest.starts_with(b"N;") {
            return self.expect(b"N;");
        }
        match self.tag()? {
            b'b' | b'i' | b'd' | b'r' | b'R' => self.number(b';'),
            b's' | b'E' => self.text().map(drop),
            b'a' => self.skip_body(depth),
            b'O' => {
                self.class_name()?;
                self.skip_body(depth)
            }
            // The class wrote its own bytes; only their length is known.
            b'C' => {
                self.class_name()?;
                let length = self.length(b':')?;
                self.expect(b"{")?;
                self.take(length)?;
                self.close()
            }
            _ => Err(UnreadableSession),
        }
    }

    fn skip_body(&mut self, depth: usize) -> Result<(), UnreadableSession> {
        for _ in 0..self.open_body()? {
            self.array_key()?;
            self.skip_nested(depth)?;
        }
        self.close()
    }

    fn open_body(&mut self) -> Result<usize, UnreadableSession> {
        let entries = self.length(b':')?;
        self.expect(b"{")?;
        Ok(entries)
    }

    fn class_name(&mut self) -> Result<(), UnreadableSession> {
        self.quoted()?;
        self.expect(b":")
    }

    fn text(&mut self) -> Result<&'a [u8], UnreadableSession> {
        let text = self.quoted()?;
        self.expect(b";")?;
        Ok(text)
    }

    fn quoted(&mut self) -> Result<&'a [u8], UnreadableSession> {
        let length = self.length(b':')?;
        self.expect(b"\"")?;
        let text = self.take(length)?;
        self.expect(b"\"")?;
        Ok(text)
    }

    /// One letter and a colon.
    fn tag(&mut self) -> Result<u8, UnreadableSession> {
        match self.rest {
            [tag, b':', rest @ ..] => {
                self.rest = rest;
                Ok(*tag)
            }
            _ => Err(UnreadableSession),
        }
    }

    fn number(&mut self, end: u8) -> Result<(), UnreadableSession> {
        let number = self.until(end)?;
        // Digits, and what else a floating-point number may have: INF, -INF and NAN included.
        let is_number = |byte: &u8| byte.is_ascii_digit() || b"+-.eEINFA".contains(byte);
        let is_valid = !number.is_empty() && number.iter().all(is_number);
        is_valid.then_some(()).ok_or(UnreadableSession)
    }

    fn length(&mut self, end: u8) -> Result<usize, UnreadableSession> {
        let digits = self.until(end)?;
        let digits = std::str::from_utf8(digits).map_err(|_| UnreadableSession)?;
        digits.parse().map_err(|_| UnreadableSession)
    }

    fn until(&mut self, end: u8) -> Result<&'a [u8], UnreadableSession> {
        let length = self
            .rest
            .iter()
            .position(|byte| *byte == end)
            .ok_or(UnreadableSession)?;
        let before = self.take(length)?;
        self.take(1)?;
        Ok(before)
    }

    fn expect(&mut self, expected: &[u8]) -> Result<(), UnreadableSession> {
        self.rest = self.rest.strip_prefix(expected).ok_or(UnreadableSession)?;
        Ok(())
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], UnreadableSession> {
        let (taken, rest) = self
            .rest
            .split_at_checked(length)
            .ok_or(UnreadableSession)?;
        self.rest = rest;
        Ok(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn skips(value: &str) -> bool {
        let mut reader = Reader::new(value.as_bytes());
        reader.skip_value().is_ok() && reader.is_at_end()
    }

    #[test]
    fn every_kind_of_value_is_passed_over() {
        for value in [
            "N;",
            "b:1;",
            "i:-5;",
            "d:1.5E+25;",
            "d:-INF;",
            "d:NAN;",
            "s:3:\"a\";\";",
            "s:0:\"\";",
            "a:2:{i:0;N;s:1:\"k\";a:0:{}}",
            "O:1:\"A\":1:{s:1:\"p\";R:1;}",
            "C:1:\"A\":3:{}}}}",
            "E:6:\"A:Case\";",
            "r:12;",
        ] {
            assert!(skips(value), "{value}");
        }
    }

    #[test]
    fn what_is_cut_off_or_counted_wrong_is_refused() {
        for value in [
            "",
            "N",
            "i:",
            "i:;",
            "i:1",
            "i:x;",
            "s:4:\"abc\";",
            "s:2:\"abc\";",
            "s:-1:\"\";",
            "s:99999999999999999999:\"\";",
            "a:2:{i:0;N;}",
            "a:0:{i:0;N;}",
            "a:1:{N;N;}",
            "C:1:\"A\":9:{}",
            "x:1;",
            "O:1:\"A\":1:{}",
        ] {
            assert!(!skips(value), "{value}");
        }
    }

    #[test]
    fn nesting_is_followed_only_so_far() {
        let nested =
            |levels: usize| format!("{}N;{}", "a:1:{i:0;".repeat(levels), "}".repeat(levels));
        assert!(skips(&nested(MAX_DEPTH - 1)));
        assert!(!skips(&nested(MAX_DEPTH)));
        assert!(!skips(&nested(1_000_000)));
    }
}
