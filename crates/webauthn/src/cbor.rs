//! As much of CBOR (RFC 8949) as authenticators write: maps, lists, integers, bytes, texts and the
//! simple values. `ciborium` reads it; what it lets through and no authenticator writes is refused here.

use ciborium::Value;
use ciborium::de::from_reader_with_recursion_limit;

/// How deep things may stand in one another; an attestation goes to four.
const DEEPEST: usize = 8;

/// Enough for every map that is looked at, and few enough to compare each key with all others.
const MOST_PAIRS: usize = 64;

/// A decoded item, in which no key of a map stands twice and nothing is tagged.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Item(Value);

/// The bytes are no such item, or are cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotCbor;

/// The first item, and the bytes after it.
pub(crate) fn read(bytes: &[u8]) -> Result<(Item, &[u8]), NotCbor> {
    let mut rest = bytes;
    let value = from_reader_with_recursion_limit(&mut rest, DEEPEST).map_err(|_| NotCbor)?;
    match is_plain(&value) {
        true => Ok((Item(value), rest)),
        false => Err(NotCbor),
    }
}

/// The one item that the bytes are, to their end.
pub(crate) fn read_all(bytes: &[u8]) -> Result<Item, NotCbor> {
    match read(bytes)? {
        (item, []) => Ok(item),
        _ => Err(NotCbor),
    }
}

impl Item {
    /// The value of a text key, in a map.
    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        self.find(&Value::from(key))
    }

    /// The value of an integer key, in a map.
    pub(crate) fn get_number(&self, key: i64) -> Option<Self> {
        self.find(&Value::from(key))
    }

    /// How many pairs a map has.
    pub(crate) fn count(&self) -> Option<usize> {
        self.0.as_map().map(Vec::len)
    }

    pub(crate) fn is_number(&self, number: i64) -> bool {
        self.0 == Value::from(number)
    }

    pub(crate) fn as_bytes(&self) -> Option<&[u8]> {
        self.0.as_bytes().map(Vec::as_slice)
    }

    pub(crate) fn as_text(&self) -> Option<&str> {
        self.0.as_text()
    }

    /// What stands in a list.
    pub(crate) fn into_list(self) -> Option<Vec<Self>> {
        let list = self.0.into_array().ok()?;
        Some(list.into_iter().map(Self).collect())
    }

    fn find(&self, key: &Value) -> Option<Self> {
        let mut pairs = self.0.as_map()?.iter();
        let (_, value) = pairs.find(|(known, _)| known == key)?;
        Some(Self(value.clone()))
    }
}

fn is_plain(value: &Value) -> bool {
    match value {
        Value::Tag(..) => false,
        Value::Array(list) => list.iter().all(is_plain),
        Value::Map(pairs) => {
            let is_new = |(index, (key, _)): (usize, &(Value, Value))| {
                pairs.iter().take(index).all(|(known, _)| known != key)
            };
            pairs.len() <= MOST_PAIRS
                && pairs.iter().enumerate().all(is_new)
                && pairs
                    .iter()
                    .all(|(key, value)| is_plain(key) && is_plain(value))
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use data_encoding::HEXLOWER_PERMISSIVE;
    use proptest::prelude::*;

    fn bytes(hex: &str) -> Vec<u8> {
        HEXLOWER_PERMISSIVE.decode(hex.as_bytes()).unwrap()
    }

    #[test]
    fn what_authenticators_write_is_read() {
        let item = read_all(&bytes("a36161182a03814201022141ff")).unwrap();
        assert_eq!(item.count(), Some(3));
        assert!(item.get("a").unwrap().is_number(42));
        let list = item.get_number(3).unwrap().into_list().unwrap();
        assert_eq!(list.first().and_then(Item::as_bytes), Some(&[1, 2][..]));
        assert_eq!(item.get("b"), None);
        let (_, rest) = read(&bytes("a0ffff"))
            .map(|(item, rest)| (item, rest.len()))
            .unwrap();
        assert_eq!(rest, 2);
    }

    #[test]
    fn what_is_cut_off_too_deep_tagged_or_double_is_none() {
        for hex in [
            "",
            "18",
            "1b00",
            "44010203",
            "62c3",
            "61ff",
            "82",
            "8201",
            "a1",
            "a101",
            "c000",
            "81c000",
            "a201010102",
            "81a201010102",
            "ff",
            "9affffffff",
            "bbffffffffffffffff",
            "5bffffffffffffffff",
            "0000",
        ] {
            assert_eq!(read_all(&bytes(hex)), Err(NotCbor), "{hex}");
        }
        let deep = vec![0x81; 100_000];
        assert_eq!(read_all(&deep), Err(NotCbor));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>) {
            if let Ok((_, rest)) = read(&bytes) {
                prop_assert!(rest.len() < bytes.len());
            }
        }
    }
}
