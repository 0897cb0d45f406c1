//! Looks through a reader of any length in bounded memory. A value on the border between two
//! pieces is found because pieces overlap; a run of base64 on the border is kept back until its
//! end is there, so that it can be decoded whole.

use super::{Haystack, LARGEST, View, base64_run};
use std::io::{self, Read};
use zeroize::Zeroizing;

/// How many bytes are read at once at the most. The buffer is wiped afterwards, byte by byte, and a
/// larger one takes a little longer to wipe than it saves calls.
const PIECE: usize = 16 << 10;

/// How many bytes are read at once at least: a file may have grown since it was measured.
const SMALLEST_PIECE: usize = 4 << 10;

/// Where in a stream something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Position {
    /// Bytes before it.
    pub(in super::super) byte: u64,
    /// Its line, from 1.
    pub(in super::super) line: u64,
}

/// A stream on its way through.
pub(in super::super) struct Stream<'a, R> {
    haystack: Haystack<'a>,
    reader: R,
    /// How many bytes are read at once.
    piece: usize,
    /// Whether the reader came to its end.
    is_over: bool,
    buffer: Zeroizing<Vec<u8>>,
    /// Bytes at the beginning of the buffer that were looked at with the piece before.
    known: usize,
    /// Where in the buffer the run begins that reaches its end.
    run: usize,
    /// Where in the stream the buffer begins; its `line` is the number of lines before it.
    base: Position,
}

impl<'a, R: Read> Stream<'a, R> {
    /// A stream of probably `size` bytes. Most files are small, and making and wiping a buffer for
    /// a large one would take longer than to look through them.
    pub(in super::super) fn new(haystack: Haystack<'a>, reader: R, size: u64) -> Self {
        let size = usize::try_from(size).unwrap_or(PIECE);
        // With one byte to spare, the first piece reaches the end.
        let piece = size.saturating_add(1).clamp(SMALLEST_PIECE, PIECE);
        Self {
            haystack,
            reader,
            piece,
            is_over: false,
            // A long stream needs room for what is kept back from the piece before.
            buffer: Zeroizing::new(Vec::with_capacity(match piece {
                PIECE => 2 * PIECE,
                shorter => shorter,
            })),
            known: 0,
            run: 0,
            base: Position { byte: 0, line: 0 },
        }
    }

    /// Reads the next piece and looks through what can be looked through by now. Returns how many
    /// bytes were read, 0 at the end. What was seen is handed over with a way to tell the position
    /// of an offset.
    pub(in super::super) fn advance(
        &mut self,
        visit: impl FnOnce(View, &dyn Fn(usize) -> Position),
    ) -> io::Result<usize> {
        if self.is_over {
            return Ok(0);
        }
        let filled = self.fill();
        let is_last = self.is_over || filled.is_err();
        let mut is_cut = false;
        let mut end = if is_last { self.buffer.len() } else { self.run };
        if self.buffer.len() - end > LARGEST {
            (end, is_cut) = (self.buffer.len(), true);
        }
        if end > self.known {
            let piece = self.buffer.get(..end).unwrap_or_default();
            let mut view = self.haystack.look_piece(piece, self.known);
            view.is_cut |= is_cut;
            visit(view, &|offset| self.position(offset));
            self.forget_before(end);
        }
        filled
    }

    /// Appends a piece to the buffer; less only at the end. After a fault, what came before it
    /// stays in the buffer.
    fn fill(&mut self) -> io::Result<usize> {
        self.make_room();
        let filled = self.buffer.len();
        self.buffer.resize(filled + self.piece, 0);
        let space = self.buffer.get_mut(filled..).unwrap_or_default();
        let (read, fault) = read_fully(&mut self.reader, space);
        self.buffer.truncate(filled + read);
        let fresh = self.buffer.get(filled..).unwrap_or_default();
        if let Some(last) = fresh.iter().rposition(|byte| !is_held_back(*byte)) {
            self.run = filled + last + 1;
        }
        self.is_over = read < self.piece;
        fault.map_or(Ok(read), Err)
    }

    /// Grows by hand, since a vector that grows by itself leaves its old bytes behind unwiped.
    fn make_room(&mut self) {
        if self.buffer.capacity() - self.buffer.len() < self.piece {
            let capacity = 2 * self.buffer.capacity() + self.piece;
            let mut larger = Zeroizing::new(Vec::with_capacity(capacity));
            larger.extend_from_slice(&self.buffer);
            self.buffer = larger;
        }
    }

    /// Drops what was looked through, but for the overlap.
    fn forget_before(&mut self, end: usize) {
        let overlap = self.haystack.needles.longest().saturating_sub(1);
        let keep = end.saturating_sub(overlap);
        self.base = self.position(keep);
        self.base.line -= 1;
        self.buffer.drain(..keep);
        self.known = end - keep;
        self.run = self.run.max(end) - keep;
    }

    fn position(&self, offset: usize) -> Position {
        let before = self.buffer.get(..offset).unwrap_or_default();
        Position {
            byte: self.base.byte + offset as u64,
            line: self.base.line + memchr::memchr_iter(b'\n', before).count() as u64 + 1,
        }
    }
}

fn read_fully(reader: &mut impl Read, mut space: &mut [u8]) -> (usize, Option<io::Error>) {
    let mut total = 0;
    while !space.is_empty() {
        match reader.read(space) {
            Ok(0) => break,
            Ok(read) => {
                total += read;
                space = space.get_mut(read..).unwrap_or_default();
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return (total, Some(error)),
        }
    }
    (total, None)
}

/// Members of a run, and what joins the parts of an encrypted value.
fn is_held_back(byte: u8) -> bool {
    base64_run::is_member(byte) || byte == b':' || byte == b'='
}

#[cfg(test)]
mod tests {
    use super::super::super::fixtures::{Fixture, SECRET};
    use super::*;

    fn seen(bytes: &[u8]) -> (Vec<(String, Position)>, bool) {
        let fixture = Fixture::new();
        let mut stream = Stream::new(fixture.haystack(), bytes, u64::MAX);
        let mut all = Vec::new();
        let mut any_cut = false;
        loop {
            let read = stream.advance(|view, position| {
                any_cut |= view.is_cut;
                for sighting in view.sightings {
                    all.push((sighting.form, position(sighting.offset)));
                }
            });
            if read.unwrap() == 0 {
                return (all, any_cut);
            }
        }
    }

    fn at(byte: usize, line: u64) -> Position {
        Position {
            byte: byte as u64,
            line,
        }
    }

    #[test]
    fn a_value_on_the_border_of_two_pieces_is_found_once_on_its_line() {
        for before in (PIECE - 40..PIECE + 3).chain([2 * PIECE - 7, 0]) {
            let mut text = "a line of 16 by\n".repeat(before / 16 + 1).into_bytes();
            text.truncate(before);
            let line = text.iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
            text.extend_from_slice(format!("{SECRET} and so on\n").as_bytes());
            text.extend_from_slice(&b"more of it\n".repeat(PIECE / 8));
            assert_eq!(seen(&text).0, [("clear".to_owned(), at(before, line))]);
        }
    }

    #[test]
    fn a_value_that_is_not_kept_back_is_found_across_the_border_once() {
        let value = "a, b. c; d! e? (f)";
        let fixture = Fixture::of("client secret", value);
        for before in PIECE - value.len() - 2..PIECE + 3 {
            let text = format!("{}{value} {}", " ".repeat(before), ". ".repeat(PIECE));
            let mut stream = Stream::new(fixture.haystack(), text.as_bytes(), u64::MAX);
            let mut count = 0;
            while stream
                .advance(|view, _| count += view.sightings.len())
                .unwrap()
                > 0
            {}
            assert_eq!(count, 1, "at {before}");
        }
    }

    #[test]
    fn a_file_that_grew_since_it_was_measured_is_read_to_its_end_in_small_pieces() {
        let fixture = Fixture::new();
        for before in SMALLEST_PIECE - SECRET.len()..SMALLEST_PIECE + 3 {
            let text = format!("{}{SECRET}", " ".repeat(before));
            for measured in [0, 99, text.len() as u64 - 1, text.len() as u64] {
                let mut stream = Stream::new(fixture.haystack(), text.as_bytes(), measured);
                let (mut count, mut total) = (0, 0);
                loop {
                    match stream.advance(|view, _| count += view.sightings.len()) {
                        Ok(0) => break,
                        read => total += read.unwrap(),
                    }
                }
                assert_eq!((count, total), (1, text.len()), "{before}, {measured}");
            }
        }
    }

    #[test]
    fn wrapped_values_on_the_border_are_kept_back_and_opened() {
        let keyring = Fixture::new().keyring;
        for before in (PIECE - 130..PIECE + 2).step_by(11) {
            let token = keyring.encrypt(SECRET.as_bytes(), [9; 12]);
            let text = format!("{}{token}\n{}", " ".repeat(before), " ".repeat(PIECE));
            assert_eq!(
                seen(text.as_bytes()).0,
                [("encrypted".to_owned(), at(before, 1))]
            );
        }
    }

    #[test]
    fn a_run_of_many_pieces_is_decoded_whole() {
        use base64::Engine as _;
        let keyring = Fixture::new().keyring;
        let token = keyring.encrypt(SECRET.as_bytes(), [9; 12]);
        let inner = format!("{}{token}", " ".repeat(5 * PIECE / 2));
        let run = base64::engine::general_purpose::STANDARD.encode(inner);
        let text = format!("data: {run} end");
        assert_eq!(
            seen(text.as_bytes()),
            (vec![("encrypted in base64".to_owned(), at(6, 1))], false)
        );
    }

    #[test]
    fn a_run_too_long_to_keep_is_said_to_be_cut_and_still_searched_in_clear() {
        let mut text = vec![b'A'; LARGEST + 3 * PIECE];
        text.extend_from_slice(SECRET.as_bytes());
        let (all, is_cut) = seen(&text);
        assert_eq!(
            all,
            [("clear".to_owned(), at(text.len() - SECRET.len(), 1))]
        );
        assert!(is_cut);
    }

    #[test]
    fn what_came_before_a_fault_is_searched() {
        struct Failing;
        impl Read for Failing {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("the disk is gone"))
            }
        }
        let fixture = Fixture::new();
        let mut stream = Stream::new(fixture.haystack(), SECRET.as_bytes().chain(Failing), 0);
        let mut count = 0;
        let result = stream.advance(|view, _| count = view.sightings.len());
        assert_eq!(
            (count, result.unwrap_err().to_string().as_str()),
            (1, "the disk is gone")
        );
    }
}
