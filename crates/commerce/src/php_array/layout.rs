//! Lines and indentation of a source, for messages and for edits that keep a file's looks.
//! Rule guarded here: positions never fall inside a comment or a string.

/// Where every line begins, in order.
pub(super) fn line_starts(source: &[u8]) -> Vec<usize> {
    let mut starts = vec![0];
    let mut bytes = source.iter().enumerate().peekable();
    while let Some((place, byte)) = bytes.next() {
        let within_break = *byte == b'\r' && bytes.peek().is_some_and(|(_, next)| **next == b'\n');
        if is_break(*byte) && !within_break {
            starts.push(place + 1);
        }
    }
    starts
}

/// The line of a position, counted from 1; `\r\n`, `\n` and a lone `\r` end lines.
pub(super) fn line_at(starts: &[usize], at: usize) -> usize {
    starts.partition_point(|start| *start <= at)
}

/// Where the line of `at` begins.
pub(super) fn line_start(source: &[u8], at: usize) -> usize {
    let before = source.get(..at).unwrap_or(source);
    before
        .iter()
        .rposition(|byte| is_break(*byte))
        .map_or(0, |place| place + 1)
}

/// The white space the line of `at` begins with.
pub(super) fn indentation(source: &[u8], at: usize) -> &[u8] {
    let line = source.get(line_start(source, at)..).unwrap_or_default();
    line.get(..blank_length(line)).unwrap_or_default()
}

/// Whether only white space stands before `at` on its line.
pub(super) fn is_first_on_line(source: &[u8], at: usize) -> bool {
    let start = line_start(source, at);
    source
        .get(start..at)
        .is_some_and(|text| blank_length(text) == text.len())
}

/// The position behind blanks and tabs that follow `at`.
pub(super) fn after_blanks(source: &[u8], at: usize) -> usize {
    at + blank_length(source.get(at..).unwrap_or_default())
}

/// The position of the blanks and tabs that precede `at`.
pub(super) fn before_blanks(source: &[u8], at: usize) -> usize {
    let before = source.get(..at).unwrap_or(source);
    before
        .iter()
        .rposition(|byte| !is_blank(*byte))
        .map_or(0, |place| place + 1)
}

/// Behind blanks and comments that follow `at` on the same line, if nothing else does: where the
/// line ends, before its line break.
pub(super) fn end_of_line(source: &[u8], at: usize) -> Option<usize> {
    let mut position = at;
    loop {
        position = after_blanks(source, position);
        let rest = source.get(position..).unwrap_or_default();
        match rest {
            [] | [b'\n' | b'\r', ..] => return Some(position),
            [b'/', b'/', ..] | [b'#', ..] => {
                let length = rest.iter().position(|byte| is_break(*byte));
                return Some(position + length.unwrap_or(rest.len()));
            }
            [b'/', b'*', body @ ..] => {
                let length = body.windows(2).position(|pair| pair == b"*/")?;
                if body
                    .get(..length)
                    .is_none_or(|comment| comment.iter().any(|b| is_break(*b)))
                {
                    return None;
                }
                position += length + 4;
            }
            _ => return None,
        }
    }
}

/// The position behind the line break at `at`, if there is one.
pub(super) fn after_line_break(source: &[u8], at: usize) -> usize {
    match source.get(at..).unwrap_or_default() {
        [b'\r', b'\n', ..] => at + 2,
        [b'\n' | b'\r', ..] => at + 1,
        _ => at,
    }
}

/// Whether a line ends inside the text.
pub(super) fn has_line_break(text: &[u8]) -> bool {
    text.iter().any(|byte| is_break(*byte))
}

fn is_break(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

fn blank_length(text: &[u8]) -> usize {
    text.iter().take_while(|byte| is_blank(**byte)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_break_counts_once() {
        let starts = line_starts(b"a\r\nb\nc\rd");
        assert_eq!(starts, [0, 3, 5, 7]);
        assert_eq!(
            [0, 2, 3, 7, 8].map(|at| line_at(&starts, at)),
            [1, 1, 2, 4, 4]
        );
    }

    #[test]
    fn only_blanks_and_comments_let_a_line_end() {
        let source = b"a, /* b */ // c\nd";
        assert_eq!(end_of_line(source, 2), Some(15));
        assert_eq!(end_of_line(b"a, b\n", 2), None);
        assert_eq!(end_of_line(b"a, /* b\n */", 2), None);
    }
}
