//! Any text as a stored password hash. An empty password never verifies; an Argon2id step is
//! followed only where it is small, so that the fuzzer gets on.
#![no_main]

use commerce::encryption::Keyring;
use commerce::password_hash::{Argon2Memory, PasswordHash, is_usable};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, &[u8])| {
    let (stored, password) = input;
    let usable = is_usable(stored);
    let Ok(hash) = PasswordHash::parse(stored) else {
        assert!(!usable);
        return;
    };
    let _ = hash.needs_rehash();
    let keyring = Keyring::parse("0123456789abcdef0123456789abcdef").expect("a valid key");
    let mut memory = Argon2Memory::default();
    assert_eq!(hash.verify(b"", &keyring, &mut memory), Ok(false));
    if !stored.contains(['2', '3']) {
        let _ = hash.verify(password, &keyring, &mut memory);
    }
});
