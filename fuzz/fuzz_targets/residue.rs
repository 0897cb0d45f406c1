//! Any bytes around a value, as an entry and as a file that is read in pieces: the value is found however
//! it is wrapped, or the report says what was not opened; both ways find the same; and nothing is found in
//! clear that does not stand there. It makes files: with `TMPDIR=/dev/shm` it is several times as fast.
#![no_main]

use commerce::encryption::Keyring;
use data_encoding::{BASE64, BASE64URL_NOPAD, HEXLOWER};
use flate2::{Compression, write::GzEncoder};
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;
use secrecy::SecretString;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::sync::LazyLock;
use std::time::{Duration, Instant};
use store::residue::{Budget, Needle, Needles, Report, Search};

/// With what ends a run of base64, so that nothing holds it together but the overlap of pieces.
const SECRET: &str = "p8e-CLIENT SECRET: value, (0123456789)";

/// How many bytes of a file are read at once.
const PIECE: usize = 16 << 10;

static NEEDLES: LazyLock<Needles> = LazyLock::new(|| {
    let needle = Needle::text("client secret", &SecretString::from(SECRET)).expect("long enough");
    Needles::compile(&[needle]).expect("one value")
});
static KEYRING: LazyLock<Keyring> =
    LazyLock::new(|| Keyring::parse("0123456789abcdef0123456789abcdef").expect("a valid key"));

/// How the value is written.
#[derive(Arbitrary, Debug)]
enum Dress {
    Clear,
    Hex,
    Base64,
    Encrypted,
    EncryptedInBase64,
    CompressedInBase64,
}

#[derive(Arbitrary, Debug)]
struct Input<'a> {
    /// Moves what follows over the border of two pieces.
    across: Option<u8>,
    before: &'a [u8],
    dress: Dress,
    after: &'a [u8],
}

impl Input<'_> {
    fn dressed(&self) -> String {
        let within = [self.before, SECRET.as_bytes(), self.after].concat();
        let encrypted = || KEYRING.encrypt(SECRET.as_bytes(), [7; 12]);
        match self.dress {
            Dress::Clear => SECRET.to_owned(),
            Dress::Hex => HEXLOWER.encode(&within),
            Dress::Base64 => BASE64.encode(&within),
            Dress::Encrypted => encrypted(),
            Dress::EncryptedInBase64 => BASE64URL_NOPAD.encode(encrypted().as_bytes()),
            Dress::CompressedInBase64 => BASE64.encode(&gzip(&within)),
        }
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

fn searched(look: impl FnOnce(&mut Search)) -> Report {
    let budget = Budget::new(Instant::now() + Duration::from_secs(600), u64::MAX);
    let mut search = Search::new(&NEEDLES, &KEYRING, budget);
    look(&mut search);
    let report = search.finish();
    assert!(!format!("{report:?}").contains(SECRET));
    report
}

fn of_entry(bytes: &[u8]) -> Report {
    searched(|search| search.entry("entries", "entry", bytes))
}

fn of_file(bytes: &[u8]) -> Report {
    let root = tempfile::tempdir().expect("a folder");
    fs::create_dir(root.path().join("var")).expect("a folder");
    fs::write(root.path().join("var/file"), bytes).expect("a file");
    searched(|search| search.files(root.path(), None))
}

/// How often each form was found, or nothing where not all was looked into.
fn found(report: &Report) -> Option<BTreeMap<&str, u64>> {
    let is_whole = report.not_searched().next().is_none();
    let findings = report.places.iter().flat_map(|place| &place.findings);
    let counts = findings.map(|finding| (finding.form.as_str(), finding.count));
    is_whole.then(|| counts.collect())
}

fn occurrences(bytes: &[u8]) -> u64 {
    let windows = bytes.windows(SECRET.len());
    windows
        .filter(|window| *window == SECRET.as_bytes())
        .count() as u64
}

fuzz_target!(|input: Input| {
    let noise = [input.before, input.after].concat();
    if let Some(found) = found(&of_entry(&noise)) {
        assert_eq!(
            found.get("clear").copied().unwrap_or(0),
            occurrences(&noise)
        );
    }
    let _ = found(&of_file(&noise));

    // Packed files are unpacked in a way of their own, so these begin with what is not packed.
    let spaces = input.across.map_or(1, |by| PIECE - usize::from(by));
    let mut bytes = vec![b' '; spaces];
    bytes.extend_from_slice(input.before);
    bytes.extend_from_slice(format!(" {} ", input.dressed()).as_bytes());
    bytes.extend_from_slice(input.after);
    let (entry, file) = (of_entry(&bytes), of_file(&bytes));
    if let (Some(of_entry), Some(of_file)) = (found(&entry), found(&file)) {
        assert!(!of_entry.is_empty());
        assert_eq!(of_entry, of_file);
        assert_eq!(
            of_entry.get("clear").copied().unwrap_or(0),
            occurrences(&bytes)
        );
    }
});
