//! Any text as the second factors of an admin, once it was decrypted: what is written back is read.
//! Any text as the token of a link.
#![no_main]

use commerce::encryption::Keyring;
use commerce::second_factor::{Provider, UserConfig, open};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, &str)| {
    let (json, token) = input;
    let keyring = Keyring::parse("0123456789abcdef0123456789abcdef").expect("a valid key");
    let _ = UserConfig::open(&keyring, json);
    let _ = open(&keyring, token, 1_800_000_000);
    let sealed = keyring.encrypt(json.as_bytes(), [3; 12]);
    let Ok(mut config) = UserConfig::open(&keyring, &sealed) else {
        return;
    };
    UserConfig::open(&keyring, &config.seal(&keyring, [4; 12])).expect("our own");
    let _ = config.totp_secret(&keyring);
    for provider in Provider::ALL {
        let _ = config.is_active(provider);
    }
    if let Ok(keys) = config.security_keys() {
        config.set_security_keys(&keys);
        assert!(config.security_keys().expect("our own") == keys);
    }
});
