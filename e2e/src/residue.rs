//! A search for removed values that shares no code with the product's own: `grep` over all bytes of
//! all files and of a dump of the database, and over what PHP opens of every encrypted value.

use crate::shop::Shop;
use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD, HEXLOWER, HEXUPPER};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Everything that looks like `<key>:3:<base64>`.
const SEALED: &str = "[0-9]+:3:[A-Za-z0-9+/=]{38,}";

/// Where any of the values is found, as `grep` tells it.
pub fn find(shop: &mut Shop, values: &[&str]) -> Vec<String> {
    let everything = shop.all_bytes();
    let forms: Vec<String> = values.iter().flat_map(|value| forms(value)).collect();
    let patterns = tempfile::NamedTempFile::new().expect("a file for the patterns");
    fs::write(patterns.path(), forms.join("\n")).expect("the patterns");
    let patterns = patterns.path().display().to_string();
    let mut found = grep(&["-roaF", "-f", &patterns], &everything);
    let sealed = grep(&["-rhoaE", "-e", SEALED], &everything);
    let opened = shop.open_sealed(&sealed).into_iter();
    found.extend(
        opened
            .filter(|opened| values.iter().any(|value| opened.contains(value)))
            .map(|opened| format!("encrypted: {opened}")),
    );
    let names = shop.files().into_iter().map(|(name, _)| name);
    found.extend(names.filter(|name| forms.iter().any(|form| name.contains(form))));
    found
}

fn grep(arguments: &[&str], place: &Path) -> Vec<String> {
    let output = Command::new("grep")
        .args(arguments)
        .arg(place)
        .env("LC_ALL", "C")
        .output()
        .expect("this test needs grep");
    assert!(
        output.status.code() < Some(2),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(ToOwned::to_owned)
        .collect()
}

/// A value in clear, in hexadecimal, and in base64 at each of the three places where it can begin.
fn forms(value: &str) -> Vec<String> {
    let bytes = value.as_bytes();
    let mut forms = vec![
        value.to_owned(),
        HEXLOWER.encode(bytes),
        HEXUPPER.encode(bytes),
    ];
    for offset in 0..3 {
        let padded = [&[0; 3][..offset], bytes].concat();
        // Characters at the edges hold bits of the neighbours too.
        let (start, end) = ((offset * 8).div_ceil(6), padded.len() * 8 / 6);
        for encoding in [&BASE64_NOPAD, &BASE64URL_NOPAD] {
            forms.push(encoding.encode(&padded)[start..end].to_owned());
        }
    }
    forms
}
