//! Cached data as Commerce stored it before compression. Two layers may compress: the Redis
//! backend (two letters for the library, then `:\x1f\x8b`, then the data) and a decorator of the
//! front end (`CACHE_COMPRESSION`, then zlib). Only zlib is undone here; the others are named.

use std::borrow::Cow;
use std::io::Read as _;

/// No honest cache entry is larger; a hostile one must not fill the memory.
pub(super) const LARGEST_ENTRY: u64 = 64 << 20;
const BACKEND_MARK: &[u8] = b":\x1f\x8b";
const DECORATOR_MARK: &[u8] = b"CACHE_COMPRESSION";

/// The data before compression, or why it cannot be had.
pub(super) fn decode(stored: &[u8]) -> Result<Cow<'_, [u8]>, &'static str> {
    if let Some(compressed) = stored.strip_prefix(DECORATOR_MARK) {
        return inflate(compressed).map(Cow::Owned);
    }
    let Some((library, rest)) = stored.split_at_checked(2) else {
        return Ok(Cow::Borrowed(stored));
    };
    let Some(compressed) = rest.strip_prefix(BACKEND_MARK) else {
        return Ok(Cow::Borrowed(stored));
    };
    match library {
        b"gz" | b"zc" => inflate(compressed).map(Cow::Owned),
        b"sn" => Err("compressed with snappy"),
        b"lz" => Err("compressed with lzf"),
        b"l4" => Err("compressed with lz4"),
        b"zs" => Err("compressed with zstd"),
        _ => Err("compressed with an unknown library"),
    }
}

fn inflate(compressed: &[u8]) -> Result<Vec<u8>, &'static str> {
    let mut data = Vec::new();
    let limit = LARGEST_ENTRY + 1;
    match flate2::read::ZlibDecoder::new(compressed)
        .take(limit)
        .read_to_end(&mut data)
    {
        Ok(length) if (length as u64) < limit => Ok(data),
        Ok(_) => Err("larger than 64 MB"),
        Err(_) => Err("its compressed data is damaged"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn deflate(data: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn both_layers_of_zlib_are_undone() {
        let backend = [b"gz:\x1f\x8b".as_slice(), &deflate(b"config")].concat();
        let decorator = [b"CACHE_COMPRESSION".as_slice(), &deflate(b"config")].concat();
        assert_eq!(&*decode(&backend).unwrap(), b"config");
        assert_eq!(&*decode(&decorator).unwrap(), b"config");
        assert_eq!(&*decode(b"{\"a\":1}").unwrap(), b"{\"a\":1}");
        assert_eq!(&*decode(b"").unwrap(), b"");
    }

    #[test]
    fn what_cannot_be_undone_is_named() {
        assert_eq!(decode(b"l4:\x1f\x8bxxxx"), Err("compressed with lz4"));
        assert_eq!(
            decode(b"gz:\x1f\x8bxxxx"),
            Err("its compressed data is damaged")
        );
        let bomb = [b"gz:\x1f\x8b".as_slice(), &deflate(&vec![0; 65 << 20])].concat();
        assert_eq!(decode(&bomb), Err("larger than 64 MB"));
    }
}
