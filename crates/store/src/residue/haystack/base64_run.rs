//! Unbroken runs of base64 inside other bytes, as stored sessions are. Most bytes of a log are not
//! base64, so only every [`SHORTEST`]th is looked at, and its neighbours when it could be part of
//! a run.

use super::super::forms::SecretBytes;
use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

/// A run must have this many digits. A value of eight bytes, encrypted, has more.
const SHORTEST: usize = 40;

const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_allow_trailing_bits(true)
    .with_decode_padding_mode(DecodePaddingMode::Indifferent);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT);

/// Whether a byte can be part of a run; a backslash can, since JSON writes `\/`.
pub(super) fn is_member(byte: u8) -> bool {
    MEMBERS.get(usize::from(byte)).copied().unwrap_or(false)
}

const MEMBERS: [bool; 256] = {
    let mut members = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        #[expect(
            clippy::indexing_slicing,
            reason = "evaluated by the compiler, within bounds"
        )]
        {
            let digit = byte as u8;
            members[byte] =
                digit.is_ascii_alphanumeric() || matches!(digit, b'+' | b'/' | b'-' | b'_' | b'\\');
        }
        byte += 1;
    }
    members
};

/// Calls `found` with every run in `bytes` and where it begins.
pub(super) fn find_each<'b>(bytes: &'b [u8], mut found: impl FnMut(&'b [u8], usize)) {
    let mut from = 0;
    while let Some(reach) = bytes.get(from..from + SHORTEST) {
        let tail = reach
            .iter()
            .rev()
            .take_while(|byte| is_member(**byte))
            .count();
        if tail < SHORTEST {
            from += SHORTEST - tail;
            continue;
        }
        let rest = bytes.get(from..).unwrap_or_default();
        let length = rest
            .iter()
            .position(|byte| !is_member(*byte))
            .unwrap_or(rest.len());
        split(rest.get(..length).unwrap_or_default(), from, &mut found);
        from += length + 1;
    }
}

/// A backslash belongs to a run only before a slash. Before anything else it escapes a letter that
/// is not of the run, as in `\nAAAA`.
fn split<'b>(run: &'b [u8], start: usize, found: &mut impl FnMut(&'b [u8], usize)) {
    let mut report = |from: usize, to: usize| {
        if let Some(piece) = run.get(from..to).filter(|piece| piece.len() >= SHORTEST) {
            found(piece, start + from);
        }
    };
    let mut from = 0;
    for backslash in memchr::memchr_iter(b'\\', run) {
        if backslash >= from && run.get(backslash + 1) != Some(&b'/') {
            report(from, backslash);
            from = backslash + 2;
        }
    }
    report(from, run.len());
}

/// The bytes that a run stands for, or nothing if it is not base64 after all: a path, a name.
pub(super) fn decode(run: &[u8]) -> Option<SecretBytes> {
    if memchr::memchr(b'\\', run).is_some() {
        let mut digits = Zeroizing::new(Vec::with_capacity(run.len()));
        digits.extend(run.iter().copied().filter(|byte| *byte != b'\\'));
        return decode_digits(&digits);
    }
    decode_digits(run)
}

fn decode_digits(digits: &[u8]) -> Option<SecretBytes> {
    // One digit too many is a stray neighbour.
    let whole = digits.len() - usize::from(digits.len() % 4 == 1);
    let digits = digits.get(..whole).unwrap_or(digits);
    let is_standard = memchr::memchr2(b'-', b'_', digits).is_none();
    let is_url_safe = memchr::memchr2(b'+', b'/', digits).is_none();
    let engine = match (is_standard, is_url_safe) {
        (true, _) => STANDARD,
        (false, true) => URL_SAFE,
        (false, false) => return None,
    };
    let mut plain = Zeroizing::new(vec![0; digits.len()]);
    let length = engine.decode_slice(digits, &mut plain).ok()?;
    plain.truncate(length);
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(text: &str) -> Vec<(String, usize)> {
        let mut all = Vec::new();
        find_each(text.as_bytes(), |run, start| {
            all.push((String::from_utf8(run.to_vec()).unwrap(), start));
        });
        all
    }

    #[test]
    fn runs_are_found_wherever_they_begin() {
        let run = "QUJD".repeat(10);
        for before in 0..90 {
            let text = format!("{} {run}= and after", "a b".repeat(before));
            assert_eq!(runs(&text), [(run.clone(), 3 * before + 1)]);
        }
        assert_eq!(runs(&run), [(run.clone(), 0)]);
        assert!(runs(&run[1..]).is_empty());
    }

    #[test]
    fn escapes_of_json_do_not_hide_a_run() {
        let run = "QUJD".repeat(10);
        let escaped = format!("{}\\/{}", &run[..20], &run[20..]);
        assert_eq!(runs(&format!("\"\\n{run}\"")), [(run.clone(), 3)]);
        assert_eq!(runs(&format!("\\\"{run}\\\"")), [(run, 2)]);
        assert_eq!(runs(&format!("\"{escaped}\"")), [(escaped, 1)]);
    }

    #[test]
    fn both_alphabets_are_decoded_and_mixtures_are_not() {
        assert_eq!(**decode(b"Pz8/Pz8+").unwrap(), *b"?????>");
        assert_eq!(**decode(b"Pz8\\/Pz8+").unwrap(), *b"?????>");
        assert_eq!(**decode(b"Pz8_Pz8-").unwrap(), *b"?????>");
        assert!(decode(b"var/module-adobe-ims").is_none());
    }
}
