//! One line from an open file, byte by byte: nothing after it is consumed, and nothing of it stays in
//! a buffer that nobody wipes.

use std::io::{ErrorKind, Read};

use secrecy::SecretString;
use zeroize::Zeroizing;

/// Why there is no line; reads on from the name of what was asked for.
#[derive(Debug, thiserror::Error)]
pub enum LineError {
    /// Standard input is closed or at its end.
    #[error("is missing: the input ended before an answer")]
    End,
    /// The line is longer than any answer that is meant.
    #[error("is longer than 4096 bytes")]
    TooLong,
    /// The line is not UTF-8.
    #[error("is not valid UTF-8 text")]
    NotText,
    /// Ctrl-C.
    #[error("was not given: interrupted")]
    Interrupted,
    /// The system cannot read the input.
    #[error("cannot be read: {0}")]
    Input(#[from] std::io::Error),
}

/// The longest line that is taken, in bytes.
pub(super) const LONGEST_LINE: usize = 4096;

/// Bytes that are wiped when dropped and never move while they grow.
pub(super) struct LineBuffer(Zeroizing<Vec<u8>>);

impl LineBuffer {
    pub(super) fn new() -> Self {
        Self(Zeroizing::new(Vec::with_capacity(LONGEST_LINE)))
    }

    /// Adds one byte.
    ///
    /// # Errors
    /// The line has reached [`LONGEST_LINE`].
    pub(super) fn push(&mut self, byte: u8) -> Result<(), LineError> {
        if self.0.len() >= LONGEST_LINE {
            return Err(LineError::TooLong);
        }
        self.0.push(byte);
        Ok(())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Takes away the last character, all its bytes.
    pub(super) fn pop_character(&mut self) {
        while self
            .0
            .pop()
            .is_some_and(|byte| byte & 0b1100_0000 == 0b1000_0000)
        {}
    }

    /// The line without the carriage return at its end.
    ///
    /// # Errors
    /// It is not UTF-8.
    pub(super) fn text(&self) -> Result<&str, LineError> {
        let bytes = self.0.strip_suffix(b"\r").unwrap_or(&self.0);
        std::str::from_utf8(bytes).map_err(|_| LineError::NotText)
    }

    /// The line as a secret, copied once into memory of exactly its size.
    ///
    /// # Errors
    /// It is not UTF-8.
    pub(super) fn secret(&self) -> Result<SecretString, LineError> {
        Ok(SecretString::from(Box::<str>::from(self.text()?)))
    }
}

/// Reads up to a line break or the end; an end without any byte is no line.
///
/// # Errors
/// The input ended, could not be read, or the line is too long.
pub(super) fn read_line(input: &mut impl Read) -> Result<LineBuffer, LineError> {
    let mut line = LineBuffer::new();
    let mut byte = Zeroizing::new([0_u8; 1]);
    loop {
        match input.read(byte.as_mut_slice()) {
            Ok(0) if line.is_empty() => return Err(LineError::End),
            Ok(0) => return Ok(line),
            Ok(_) if *byte == [b'\n'] => return Ok(line),
            Ok(_) => byte.iter().try_for_each(|byte| line.push(*byte))?,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn a_line_ends_at_its_break_and_leaves_the_rest() {
        let mut input = "first\r\nsecond".as_bytes();
        assert_eq!(read_line(&mut input).unwrap().text().unwrap(), "first");
        assert_eq!(read_line(&mut input).unwrap().text().unwrap(), "second");
        assert!(matches!(read_line(&mut input), Err(LineError::End)));
    }

    #[test]
    fn an_empty_line_is_a_line() {
        assert!(read_line(&mut "\n".as_bytes()).unwrap().is_empty());
    }

    #[test]
    fn an_endless_line_is_refused() {
        let mut input = std::io::repeat(b'a');
        assert!(matches!(read_line(&mut input), Err(LineError::TooLong)));
    }

    #[test]
    fn what_is_not_text_is_refused_without_repeating_it() {
        let line = read_line(&mut b"p\xffssword\n".as_slice()).unwrap();
        let error = line.secret().unwrap_err();
        assert_eq!(error.to_string(), "is not valid UTF-8 text");
    }

    #[test]
    fn taking_a_character_back_takes_all_its_bytes() {
        let mut line = read_line(&mut "aé日".as_bytes()).unwrap();
        line.pop_character();
        assert_eq!(line.text().unwrap(), "aé");
        line.pop_character();
        assert_eq!(line.text().unwrap(), "a");
        line.pop_character();
        line.pop_character();
        assert_eq!(line.secret().unwrap().expose_secret(), "");
    }
}
