//! Password hashes against vectors that real PHP made, and against PHP itself for what we write.

#![cfg(test)]

mod vectors;

use commerce::encryption::Keyring;
use commerce::password_hash::{
    Argon2Memory, CannotHash, PasswordHash, Salt, UnusableHash, is_usable,
};
use proptest::prelude::*;
use std::process::Command;
use vectors::vectors;

const KEY: &str = "0123456789abcdef0123456789abcdef";
const SALT: &str = "qYxk3ZbB1vT9sLr0aWnEJc7uMDh5gG2o";
const DIGEST: &str = "bf9736ae340173fbbf8974f9480bc64a0849b83adc9288229214773393975697";

fn verifies(stored: &str, password: &str, crypt_key: &str, memory: &mut Argon2Memory) -> bool {
    let keyring = Keyring::parse(crypt_key).unwrap();
    PasswordHash::parse(stored)
        .is_ok_and(|hash| hash.verify(password.as_bytes(), &keyring, memory).unwrap())
}

#[test]
fn every_vector_verifies_as_php_does_except_the_empty_password() {
    let mut memory = Argon2Memory::default();
    let mut empty_passwords_accepted_by_php = 0;
    for vector in vectors("password_hashes") {
        let text = |field: &str| vector[field].as_str().unwrap();
        let mut expected = vector["valid"].as_bool().unwrap();
        if text("password").is_empty() && expected {
            empty_passwords_accepted_by_php += 1;
            expected = false;
        }
        let result = verifies(
            text("stored"),
            text("password"),
            text("crypt_key"),
            &mut memory,
        );
        assert_eq!(result, expected, "{}", text("name"));
    }
    assert_eq!(empty_passwords_accepted_by_php, 1);
}

#[test]
fn rehash_agrees_with_the_vectors() {
    for vector in vectors("rehash") {
        let hash = PasswordHash::parse(vector["stored"].as_str().unwrap()).unwrap();
        assert_eq!(
            hash.needs_rehash(),
            vector["rehash_on_admin_sign_in"],
            "{}",
            vector["name"]
        );
    }
}

#[test]
fn a_row_that_verifies_some_password_is_usable() {
    for vector in vectors("password_hashes") {
        let name = vector["name"].as_str().unwrap();
        // No release has written an unknown version, though the original would verify it.
        let is_known = !name.starts_with("unknown version") && !name.contains("empty password");
        if vector["valid"].as_bool().unwrap() && is_known {
            assert!(is_usable(vector["stored"].as_str().unwrap()), "{name}");
        }
    }
}

#[test]
fn rows_that_no_password_can_match_are_not_usable() {
    let unusable = [
        String::new(),
        " ".to_owned(),
        "garbage".to_owned(),
        "$2y$10$abcdefghijklmnopqrstuuO5Fz1nN0gR0y6cJ0pQqf6bZc9u3w2y2".to_owned(),
        "5c90b96a75d4f9d5a1cfaa6f532afdc8".to_owned(),
        format!("{DIGEST}:{SALT}"),
        format!("{DIGEST}:{SALT}:9"),
        format!("{DIGEST}:{SALT}:3"),
        format!("{DIGEST}::3_32_2_67108864"),
        format!("{DIGEST}:{SALT}:3_16_2_67108864"),
        format!("{DIGEST}:{SALT}:0"),
        format!("{}:{SALT}:1", DIGEST.to_uppercase()),
        format!(":{SALT}:1"),
        // The empty password with this salt, as version 1.
        format!("6bce49e39b909a4dc31941c8f1f29d5266a4eb26462bad184344282a37510471:{SALT}:1"),
    ];
    for stored in unusable {
        assert!(!is_usable(&stored), "{stored}");
    }
}

#[test]
fn a_row_that_demands_too_much_is_refused_before_anything_is_computed() {
    let steps = |count: usize| vec!["3_32_2_67108864"; count].join(":");
    for versions in [
        "3_32_2_67109888".to_owned(),
        "3_32_2_99999999999999999999999".to_owned(),
        "3_32_17_67108864".to_owned(),
        "3_32_4294967295_8192".to_owned(),
        "3_129_2_67108864".to_owned(),
        steps(9),
        ["1"; 9].join(":"),
    ] {
        let refused = PasswordHash::parse(&format!("{DIGEST}:{SALT}:{versions}"));
        assert_eq!(refused.unwrap_err(), UnusableHash::TooCostly, "{versions}");
    }
}

#[test]
fn an_empty_password_verifies_nowhere_and_is_not_stored() {
    let keyring = Keyring::parse(KEY).unwrap();
    let mut memory = Argon2Memory::default();
    let keyed = keyring.keyed_digest(b"");
    for stored in [
        keyed.clone(),
        format!("{keyed}:{SALT}:9"),
        format!("6bce49e39b909a4dc31941c8f1f29d5266a4eb26462bad184344282a37510471:{SALT}:1"),
        format!(
            "6628e44f034fed8aa9ad06add29ad6610dc46a1f0cc20293969b3d08fe155e70:{SALT}:3_32_2_67108864"
        ),
    ] {
        assert!(!verifies(&stored, "", KEY, &mut memory), "{stored}");
    }
    let created = PasswordHash::create(b"", &Salt::from_random(&[1; 32]), &mut memory);
    assert_eq!(created.unwrap_err(), CannotHash::EmptyPassword);
}

#[test]
fn limits_below_those_of_libsodium_fall_back_as_in_php() {
    let keyring = Keyring::parse(KEY).unwrap();
    let keyed = keyring.keyed_digest(b"Secret123");
    for version in ["3_15_2_67108864", "3_32_0_67108864", "3_32_2_8191"] {
        let stored = format!("{keyed}:{SALT}:{version}");
        assert!(
            verifies(&stored, "Secret123", KEY, &mut Argon2Memory::default()),
            "{version}"
        );
    }
}

/// What Commerce does to verify a hash of one agnostic version, over PHP's own libsodium.
const PHP_VERIFY: &str = r#"
    [, $stored, $password] = $argv;
    [$hash, $salt, $version] = explode(':', $stored, 3);
    preg_match('/^3\_(\d+)\_(\d+)\_(\d+)$/', $version, $limits) or exit('no version');
    $salt = substr(str_pad($salt, SODIUM_CRYPTO_PWHASH_SALTBYTES, $salt), 0, SODIUM_CRYPTO_PWHASH_SALTBYTES);
    $made = sodium_crypto_pwhash((int) $limits[1], $password, $salt, (int) $limits[2], (int) $limits[3], SODIUM_CRYPTO_PWHASH_ALG_ARGON2ID13);
    echo hash_equals($hash, bin2hex($made)) ? 'valid' : 'invalid';
"#;

fn php_says(stored: &str, password: &str) -> String {
    let output = Command::new("php")
        .args(["-r", PHP_VERIFY, "--", stored, password])
        .output();
    let output = output.expect("php with sodium must be installed");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn php_verifies_what_we_write() {
    let keyring = Keyring::parse(KEY).unwrap();
    let mut memory = Argon2Memory::default();
    for (password, random) in [("Secret123", [3; 32]), ("pässwörd-密码-😀1", [200; 32])] {
        let salt = Salt::from_random(&random);
        let stored = PasswordHash::create(password.as_bytes(), &salt, &mut memory).unwrap();
        assert!(stored.ends_with(":3_32_2_67108864"));
        assert_eq!(php_says(&stored, password), "valid");
        assert_eq!(php_says(&stored, "another"), "invalid");
        let hash = PasswordHash::parse(&stored).unwrap();
        assert!(
            hash.verify(password.as_bytes(), &keyring, &mut memory)
                .unwrap()
        );
        assert!(!hash.needs_rehash() && is_usable(&stored));
    }
}

#[test]
fn debug_output_holds_no_digest() {
    let hash = PasswordHash::parse(&format!("{DIGEST}:{SALT}:3_32_2_67108864")).unwrap();
    assert_eq!(format!("{hash:?}"), "PasswordHash { .. }");
}

proptest! {
    #[test]
    fn any_row_is_read_without_a_panic(
        digest in "[0-9a-f]{0,64}", salt in "[ -~]{0,8}", versions in "([0-3]|3_[0-9]{1,3}_[0-9]{1,2}_[0-9]{1,5}|:|[ -~]){0,6}",
    ) {
        let stored = format!("{digest}:{salt}:{versions}");
        let _ = is_usable(&stored);
        let keyring = Keyring::parse(KEY).unwrap();
        prop_assert!(!verifies(&stored, "", KEY, &mut Argon2Memory::default()));
        if let Ok(hash) = PasswordHash::parse(&stored) {
            let _ = hash.verify(b"password", &keyring, &mut Argon2Memory::default());
        }
    }

    #[test]
    fn any_text_is_read_without_a_panic(stored in any::<String>()) {
        let _ = PasswordHash::parse(&stored).map(|hash| hash.needs_rehash());
        let _ = is_usable(&stored);
    }
}
