//! A search for removed values that shares no code with the product's own: all bytes of all files
//! and of a dump of the database, and what PHP opens of every encrypted value in them.

use crate::shop::Shop;
use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD, HEXLOWER, HEXUPPER};
use memchr::memmem;

/// Where any of the values is found, in words that name the value's number only.
pub fn find(shop: &mut Shop, values: &[&str]) -> Vec<String> {
    let forms: Vec<(usize, Vec<u8>)> = values
        .iter()
        .enumerate()
        .flat_map(|(number, value)| forms(value).into_iter().map(move |form| (number, form)))
        .collect();
    let mut found = Vec::new();
    for (place, bytes) in shop.all_bytes() {
        for (number, form) in &forms {
            if memmem::find(&bytes, form).is_some() || place.contains(values[*number]) {
                found.push(format!("value {number} in {place}"));
            }
        }
        let sealed = sealed(&bytes);
        if sealed.is_empty() {
            continue;
        }
        for opened in shop.open_sealed(&sealed) {
            let numbers = (0..values.len()).filter(|number| opened.contains(values[*number]));
            found.extend(numbers.map(|number| format!("value {number}, encrypted, in {place}")));
        }
    }
    found.sort();
    found.dedup();
    found
}

/// A value in clear, in hexadecimal, and in base64 at each of the three places where it can begin.
fn forms(value: &str) -> Vec<Vec<u8>> {
    let bytes = value.as_bytes();
    let mut forms = vec![
        bytes.to_vec(),
        HEXLOWER.encode(bytes).into(),
        HEXUPPER.encode(bytes).into(),
    ];
    for offset in 0..3 {
        let padded = [&[0; 3][..offset], bytes].concat();
        for encoding in [&BASE64_NOPAD, &BASE64URL_NOPAD] {
            let encoded = encoding.encode(&padded).into_bytes();
            // Characters at the edges hold bits of the neighbours too.
            let start = (offset * 8).div_ceil(6);
            let end = padded.len() * 8 / 6;
            forms.push(encoded[start..end].to_vec());
        }
    }
    forms
}

/// Everything that looks like `<key>:3:<base64>`.
fn sealed(bytes: &[u8]) -> Vec<String> {
    let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=".contains(byte);
    memmem::find_iter(bytes, b":3:")
        .filter_map(|at| {
            let digits = bytes[..at]
                .iter()
                .rev()
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            let length = bytes[at + 3..]
                .iter()
                .take_while(|byte| is_base64(byte))
                .count();
            let text = &bytes[at - digits..at + 3 + length];
            (digits > 0 && length >= 38).then(|| String::from_utf8_lossy(text).into_owned())
        })
        .collect()
}
