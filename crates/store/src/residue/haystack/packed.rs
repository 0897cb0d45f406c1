//! Packed bytes: what PHP and log rotation pack (gzip, zlib) is unpacked up to a bound; what else
//! there is, is only recognised, so that a report can say it was not searched.

use flate2::read::{MultiGzDecoder, ZlibDecoder};
use std::io::Read;
use zeroize::Zeroize;

/// How some bytes are packed, by their first ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Packing {
    Gzip,
    /// bzip2, xz, zstd, zip, LZ4 frame.
    Foreign,
}

/// How a file is packed that begins with `head`.
pub(in super::super) fn packing(head: &[u8]) -> Option<Packing> {
    let foreign: [&[u8]; 5] = [
        b"BZh",
        b"\xfd7zXZ\0",
        b"\x28\xb5\x2f\xfd",
        b"PK\x03\x04",
        b"\x04\x22\x4d\x18",
    ];
    if head.starts_with(b"\x1f\x8b\x08") {
        Some(Packing::Gzip)
    } else if foreign.iter().any(|magic| head.starts_with(magic)) {
        Some(Packing::Foreign)
    } else {
        None
    }
}

/// What a gzip file holds, all its members one after the other.
pub(in super::super) fn unpacked(reader: impl Read) -> impl Read {
    MultiGzDecoder::new(reader)
}

/// What gzip or zlib bytes hold, up to `most` bytes of it, and whether that is all. Of damaged
/// bytes whatever comes out is returned; nothing if that is nothing.
pub(super) fn unpack(bytes: &[u8], most: usize) -> Option<(Vec<u8>, bool)> {
    let reader: &mut dyn Read = if bytes.starts_with(b"\x1f\x8b\x08") {
        &mut MultiGzDecoder::new(bytes)
    } else if is_zlib(bytes) {
        &mut ZlibDecoder::new(bytes)
    } else {
        return None;
    };
    let mut plain = Vec::new();
    let limit = most as u64 + 1;
    // A fault in the middle leaves in `plain` what came before it, which counts too.
    let is_sound = reader.take(limit).read_to_end(&mut plain).is_ok();
    let is_whole = plain.len() <= most;
    if plain.is_empty() || (!is_sound && !bytes.starts_with(b"\x1f\x8b\x08")) {
        plain.zeroize();
        return None;
    }
    Some((plain, is_whole))
}

/// RFC 1950: deflate with a window of 32 KiB, and a header that is a multiple of 31.
fn is_zlib(bytes: &[u8]) -> bool {
    match bytes {
        [0x78, flags, ..] => (0x7800 + u16::from(*flags)) % 31 == 0,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::{GzEncoder, ZlibEncoder};
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn gzip_and_zlib_are_unpacked_within_the_bound() {
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
        zlib.write_all(b"plain text").unwrap();
        assert_eq!(
            unpack(&zlib.finish().unwrap(), 99),
            Some((b"plain text".to_vec(), true))
        );
        assert_eq!(
            unpack(&gzip(b"plain text"), 99),
            Some((b"plain text".to_vec(), true))
        );
        let bomb = gzip(&vec![b'a'; 1 << 20]);
        let (plain, is_whole) = unpack(&bomb, 1000).unwrap();
        assert_eq!((plain.len(), is_whole), (1001, false));
    }

    #[test]
    fn what_is_not_packed_is_left_alone() {
        assert_eq!(unpack(b"x\x9c is not zlib", 99), None);
        assert_eq!(unpack(b"plain", 99), None);
        assert_eq!(packing(b"plain"), None);
        assert_eq!(packing(b"PK\x03\x04..."), Some(Packing::Foreign));
        assert_eq!(packing(&gzip(b"x")), Some(Packing::Gzip));
    }
}
