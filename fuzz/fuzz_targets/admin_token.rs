//! No bytes are an admin token: without the key, nothing verifies.
#![no_main]

use commerce::{admin_token, encryption::Keyring};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|token: &str| {
    let keyring = Keyring::parse("0123456789abcdef0123456789abcdef").expect("a valid key");
    assert!(admin_token::verify(&keyring, token, 1_700_000_000).is_err());
});
