//! LZF, as PHP's extension of that name packs it: no header, no length, no checksum. A control
//! byte below 32 announces one more literal bytes than it says; any other is a reference to what
//! was unpacked before, three bits of length and five of distance, with more of either behind it.

use super::UnpackError;

const CORRUPT: UnpackError = UnpackError::Corrupt("lzf");

/// The length field's highest value: another byte of length follows.
const LONG_REFERENCE: usize = 7;

/// Unpacks at most `limit` bytes.
pub(super) fn unpack(mut packed: &[u8], limit: usize) -> Result<Vec<u8>, UnpackError> {
    let mut unpacked = Vec::new();
    while let Some((control, rest)) = packed.split_first() {
        let control = usize::from(*control);
        packed = if control < 32 {
            let (literal, rest) = rest.split_at_checked(control + 1).ok_or(CORRUPT)?;
            unpacked.extend_from_slice(literal);
            rest
        } else {
            repeat(control, rest, &mut unpacked)?
        };
        if unpacked.len() > limit {
            return Err(UnpackError::TooLong);
        }
    }
    Ok(unpacked)
}

/// Follows one reference and gives back what is left to unpack.
fn repeat<'a>(
    control: usize,
    mut rest: &'a [u8],
    unpacked: &mut Vec<u8>,
) -> Result<&'a [u8], UnpackError> {
    let mut next = || -> Result<usize, UnpackError> {
        let (byte, after) = rest.split_first().ok_or(CORRUPT)?;
        rest = after;
        Ok(usize::from(*byte))
    };
    let mut length = control >> 5;
    if length == LONG_REFERENCE {
        length += next()?;
    }
    let distance = ((control & 0x1F) << 8 | next()?) + 1;
    let start = unpacked.len().checked_sub(distance).ok_or(CORRUPT)?;
    // Byte by byte: the reference may reach into what it is itself unpacking.
    for position in start..start + length + 2 {
        let byte = unpacked.get(position).copied().ok_or(CORRUPT)?;
        unpacked.push(byte);
    }
    Ok(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_and_references_are_unpacked() {
        assert_eq!(unpack(b"", 9).unwrap(), b"");
        assert_eq!(unpack(b"\x02abc", 9).unwrap(), b"abc");
        assert_eq!(unpack(b"\x02abc\x20\x02", 9).unwrap(), b"abcabc");
        assert_eq!(unpack(b"\x00a\xe0\x00\x00", 19).unwrap(), b"aaaaaaaaaa");
        let far = [
            b"\x00x".as_slice(),
            &b"\x1f0123456789abcdef0123456789abcdef".repeat(9),
            b"\x21\x20",
        ]
        .concat();
        assert!(unpack(&far, 999).unwrap().ends_with(b"fx01"));
    }

    #[test]
    fn what_the_original_library_packs_is_unpacked() {
        let packed = "1f61646d696e7c613a323a7b733a343a2275736572223b733a3330303a226c6f72\
            08656d20697073756d20e0ff0be10f0741341531383a2261646f62655f6163636573735f746f6b\
            656e401902353a22800b013b7d";
        let packed = data_encoding::HEXLOWER.decode(packed.as_bytes()).unwrap();
        let session = format!(
            "admin|a:2:{{s:4:\"user\";s:300:\"{}\";s:18:\"adobe_access_token\";s:5:\"token\";}}",
            "lorem ipsum ".repeat(25)
        );
        assert_eq!(unpack(&packed, 999).unwrap(), session.as_bytes());
    }

    #[test]
    fn what_reaches_outside_is_refused() {
        for packed in [
            b"\x03abc".as_slice(),
            b"\x20",
            b"\xe0",
            b"\xe0\x00",
            b"\x00a\x20\x01",
            b"\x20\x00",
        ] {
            assert_eq!(unpack(packed, 99).unwrap_err(), CORRUPT);
        }
        assert_eq!(
            unpack(b"\x02abc\x20\x02", 5).unwrap_err(),
            UnpackError::TooLong
        );
    }
}
