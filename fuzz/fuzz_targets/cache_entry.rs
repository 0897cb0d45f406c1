//! Any bytes as an entry of PHP's cache: read or told to be unreadable, packed data comes out as it was
//! put in, and exactly what carries the tag is cleared. It makes files: with `TMPDIR=/dev/shm` it is
//! several times as fast.
#![no_main]

use flate2::{Compression, write::ZlibEncoder};
use libfuzzer_sys::fuzz_target;
use postern_fuzz::run;
use std::fs;
use std::io::Write;
use store::php_cache::{Cache, Frontend};

/// What the search is shown of an entry, and whether clearing the type `config` removes it.
fn met(entry: &[u8]) -> (Option<Vec<u8>>, bool) {
    let root = tempfile::tempdir().expect("a folder");
    let folder = root.path().join("var/cache/mage--0");
    fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("mage---0af_ENTRY");
    fs::write(&file, entry).expect("a file");
    let cache = Cache::from_values(root.path(), Frontend::Default, &|_| None);
    run(async {
        let mut shown = Vec::new();
        let mut visit = |_: &str, data: &[u8]| shown.push(data.to_vec());
        let gaps = cache.for_each_entry(&mut visit).await;
        assert_eq!(shown.len() + gaps.len(), 1);
        cache.forget_config_and_revocations().await;
        (shown.pop(), !file.exists())
    })
}

fn deflated(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(data).expect("memory");
    encoder.finish().expect("memory")
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fuzz_target!(|input: (&[u8], &[u8], u8)| {
    let (entry, data, kind) = input;
    let (_, is_cleared) = met(entry);
    assert!(!is_cleared || holds(entry, b"_CONFIG"));

    let tags = ["0af_MAGE,0af_CONFIG", "0af_MAGE,0af_LAYOUT"][usize::from(kind) % 2];
    let marks = [
        b"CACHE_COMPRESSION".as_slice(),
        b"gz:\x1f\x8b",
        b"zc:\x1f\x8b",
    ];
    let mark = marks[usize::from(kind) % marks.len()];
    let length = tags.len();
    let head = format!(r#"a:2:{{s:4:"hash";s:0:"";s:4:"tags";s:{length}:"{tags}";}}"#);
    let (shown, is_cleared) = met(&[head.as_bytes(), b"\n", mark, &deflated(data)].concat());
    assert_eq!(shown.as_deref(), Some(data));
    assert_eq!(is_cleared, tags.ends_with("_CONFIG"));
});
