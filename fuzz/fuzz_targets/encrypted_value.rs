//! Any text as an encrypted value, and any text as the keys to open it with.
#![no_main]

use commerce::encryption::{Keyring, looks_encrypted};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, &str)| {
    let (stored, crypt_key) = input;
    let fixed =
        "0123456789abcdef0123456789abcdef\nbase64M5L1h5rY5TlkjjSUTWPcovaFQ/R4N5qLNfAB8AVBfDk=";
    let _ = Keyring::parse(fixed)
        .expect("two valid keys")
        .decrypt(stored);
    let _ = looks_encrypted(stored);
    if let Ok(keyring) = Keyring::parse(crypt_key) {
        let _ = keyring.decrypt_text(stored);
    }
});
