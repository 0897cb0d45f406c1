//! How a PHP Commerce keeps sessions in Redis or Valkey (the session handler of Colin
//! Mollenhour): one hash for each session, under the session ID with a prefix, holding the data
//! in field `data`, compressed when it is long and marked with how. The rule it guards: no field
//! may unpack to more than [`MAX_SESSION_BYTES`].
//!
//! The other fields are bookkeeping: `lock` (how many want it), `pid` (`host|process` that holds
//! it), `wait` (how many wait), `writes` (how often written), `req` (last request, for the log).
//! Expiry is the key's own. What the data holds: [`crate::php_session`].

mod lzf;

use std::io::Read as _;
use zeroize::Zeroizing;

/// What stands in front of the session ID in a key.
pub const KEY_PREFIX: &str = "sess_";

/// The field of the hash that holds the session.
pub const DATA_FIELD: &str = "data";

/// The most a session may unpack to: sixty times what Commerce reads back.
pub const MAX_SESSION_BYTES: usize = 16 * 1024 * 1024;

/// Length of a compression mark.
const MARK_LENGTH: usize = 4;

/// Why a session cannot be unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnpackError {
    /// It would unpack to more than [`MAX_SESSION_BYTES`].
    #[error("the session unpacks to more than {MAX_SESSION_BYTES} bytes")]
    TooLong,
    /// It is marked as compressed, and is not what that compression makes.
    #[error("the session is marked as {0} and cannot be unpacked")]
    Corrupt(&'static str),
}

/// The session data of a [`DATA_FIELD`], unpacked when it is marked as compressed; wiped when
/// dropped, for it may hold tokens.
pub fn decode(field: &[u8]) -> Result<Zeroizing<Vec<u8>>, UnpackError> {
    let unpacked = match field.split_first_chunk::<MARK_LENGTH>() {
        Some((b":gz:", packed)) => unpack_zlib(packed)?,
        Some((b":sn:", packed)) => unpack_snappy(packed)?,
        Some((b":l4:", packed)) => unpack_lz4(packed)?,
        Some((b":lz:", packed)) => lzf::unpack(packed, MAX_SESSION_BYTES)?,
        _ if field.len() > MAX_SESSION_BYTES => return Err(UnpackError::TooLong),
        _ => field.to_vec(),
    };
    Ok(Zeroizing::new(unpacked))
}

fn unpack_zlib(packed: &[u8]) -> Result<Vec<u8>, UnpackError> {
    let mut unpacked = Vec::new();
    let most = MAX_SESSION_BYTES as u64 + 1;
    let result = flate2::read::ZlibDecoder::new(packed)
        .take(most)
        .read_to_end(&mut unpacked);
    result.map_err(|_| UnpackError::Corrupt("gzip"))?;
    if unpacked.len() > MAX_SESSION_BYTES {
        Err(UnpackError::TooLong)
    } else {
        Ok(unpacked)
    }
}

fn unpack_snappy(packed: &[u8]) -> Result<Vec<u8>, UnpackError> {
    let corrupt = |_| UnpackError::Corrupt("snappy");
    if snap::raw::decompress_len(packed).map_err(corrupt)? > MAX_SESSION_BYTES {
        return Err(UnpackError::TooLong);
    }
    snap::raw::Decoder::new()
        .decompress_vec(packed)
        .map_err(corrupt)
}

/// PHP's extension puts the unpacked length in front, four bytes, lowest first.
fn unpack_lz4(packed: &[u8]) -> Result<Vec<u8>, UnpackError> {
    let corrupt = UnpackError::Corrupt("lz4");
    let (length, block) = packed.split_first_chunk().ok_or(corrupt)?;
    let length = usize::try_from(u32::from_le_bytes(*length)).unwrap_or(usize::MAX);
    if length > MAX_SESSION_BYTES {
        return Err(UnpackError::TooLong);
    }
    lz4_flex::block::decompress(block, length).map_err(|_| corrupt)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(mark: &[u8], packed: &[u8]) -> Vec<u8> {
        [mark, packed].concat()
    }

    #[test]
    fn data_without_a_mark_is_taken_as_it_is() {
        for data in [b"".as_slice(), b":gz", b"admin|a:0:{}", b":xx:rest"] {
            assert_eq!(decode(data).unwrap().as_slice(), data);
        }
    }

    #[test]
    fn each_compression_is_recognised_by_its_mark() {
        let data = b"admin|a:1:{s:1:\"x\";s:1:\"y\";}".repeat(50);
        let snappy = snap::raw::Encoder::new().compress_vec(&data).unwrap();
        assert_eq!(*decode(&marked(b":sn:", &snappy)).unwrap(), data);
        let lz4 = lz4_flex::block::compress_prepend_size(&data);
        assert_eq!(*decode(&marked(b":l4:", &lz4)).unwrap(), data);
        // Snappy and LZ4 of "aaaaaaaaaaaa" as their format descriptions lay them out.
        assert_eq!(
            decode(b":sn:\x0c\x00a\x2a\x01\x00").unwrap().as_slice(),
            b"aaaaaaaaaaaa"
        );
        let lz4 = b":l4:\x12\0\0\0\x18a\x01\0\x50aaaaa";
        assert_eq!(decode(lz4).unwrap().as_slice(), b"aaaaaaaaaaaaaaaaaa");
    }

    #[test]
    fn a_bomb_is_refused_before_it_goes_off() {
        let long = vec![0; MAX_SESSION_BYTES + 1];
        let snappy = snap::raw::Encoder::new().compress_vec(&long).unwrap();
        assert_eq!(
            decode(&marked(b":sn:", &snappy)).unwrap_err(),
            UnpackError::TooLong
        );
        let lz4 = lz4_flex::block::compress_prepend_size(&long);
        assert_eq!(
            decode(&marked(b":l4:", &lz4)).unwrap_err(),
            UnpackError::TooLong
        );
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::Write::write_all(&mut zlib, &long).unwrap();
        let zlib = zlib.finish().unwrap();
        assert_eq!(
            decode(&marked(b":gz:", &zlib)).unwrap_err(),
            UnpackError::TooLong
        );
        assert_eq!(decode(&long).unwrap_err(), UnpackError::TooLong);
        let lzf = [
            b"\x00a".as_slice(),
            &b"\xe0\xff\x00".repeat(MAX_SESSION_BYTES / 260),
        ]
        .concat();
        assert_eq!(
            decode(&marked(b":lz:", &lzf)).unwrap_err(),
            UnpackError::TooLong
        );
    }

    #[test]
    fn corrupt_data_is_refused_by_the_name_of_its_compression() {
        for (mark, name) in [
            (b":gz:", "gzip"),
            (b":sn:", "snappy"),
            (b":l4:", "lz4"),
            (b":lz:", "lzf"),
        ] {
            let refused = decode(&marked(mark, b"\x20\x01")).unwrap_err();
            assert_eq!(refused, UnpackError::Corrupt(name));
        }
    }
}
