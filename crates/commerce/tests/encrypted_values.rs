//! Encrypted values, keys and keyed digests against vectors that real PHP made, and against PHP
//! itself for what we write.

#![cfg(test)]

mod vectors;

use commerce::encryption::{DecryptError, Keyring};
use proptest::prelude::*;
use secrecy::ExposeSecret as _;
use std::process::Command;
use vectors::vectors;

const KEY: &str = "0123456789abcdef0123456789abcdef";

/// The vectors that Commerce answers with an empty text, an exception or garbage, and our refusal.
const REFUSALS: [(&str, DecryptError); 9] = [
    ("tampered ciphertext byte", DecryptError::NotAuthentic),
    ("tampered nonce byte", DecryptError::NotAuthentic),
    ("tampered tag byte", DecryptError::NotAuthentic),
    ("truncated", DecryptError::NotAuthentic),
    ("shorter than nonce + tag", DecryptError::NotAuthentic),
    ("wrong key", DecryptError::NotAuthentic),
    (
        "key version that does not exist",
        DecryptError::UnknownKey(7),
    ),
    ("unknown cipher 4", DecryptError::UnknownCipher(4)),
    ("no prefix at all", DecryptError::Incomplete),
];

#[test]
fn every_vector_is_opened_or_refused_for_its_own_reason() {
    let mut refused = 0;
    for vector in vectors("encrypted") {
        let text = |field: &str| vector[field].as_str().unwrap();
        let opened = Keyring::parse(text("crypt_key"))
            .unwrap()
            .decrypt(text("value"));
        match REFUSALS.iter().find(|(name, _)| *name == text("name")) {
            Some((name, refusal)) => {
                assert_eq!(opened.unwrap_err(), *refusal, "{name}");
                refused += 1;
            }
            None => {
                let opened = opened.unwrap_or_else(|error| panic!("{}: {error}", text("name")));
                assert_eq!(
                    opened.expose_secret(),
                    text("plaintext").as_bytes(),
                    "{}",
                    text("name")
                );
            }
        }
    }
    assert_eq!(refused, REFUSALS.len());
}

#[test]
fn keyed_digests_agree_with_the_vectors() {
    for vector in vectors("keyed_hash") {
        let keyring = Keyring::parse(vector["crypt_key"].as_str().unwrap()).unwrap();
        let input = vector["input"].as_str().unwrap();
        assert_eq!(
            keyring.keyed_digest(input.as_bytes()),
            vector["output"].as_str().unwrap()
        );
    }
}

/// The decryption Commerce does, over PHP's own libsodium.
const PHP_DECRYPT: &str = r#"
    [, $keys, $value] = $argv;
    $keys = preg_split('/\s+/s', trim($keys));
    [$position, , $data] = explode(':', $value, 3);
    $key = $keys[(int) $position];
    if (str_starts_with($key, 'base64')) {
        $key = base64_decode(substr($key, 6));
    }
    $data = base64_decode($data);
    $nonce = substr($data, 0, 12);
    $open = sodium_crypto_aead_chacha20poly1305_ietf_decrypt(substr($data, 12), $nonce, $nonce, $key);
    echo $open === false ? 'REFUSED' : $open;
"#;

fn php_decrypts(keys: &str, value: &str) -> Vec<u8> {
    let output = Command::new("php")
        .args(["-r", PHP_DECRYPT, "--", keys, value])
        .output();
    let output = output.expect("php with sodium must be installed");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

#[test]
fn php_opens_what_we_encrypt() {
    let encoded = "base64M5L1h5rY5TlkjjSUTWPcovaFQ/R4N5qLNfAB8AVBfDk=";
    for keys in [
        KEY.to_owned(),
        encoded.to_owned(),
        format!("{KEY}\n{encoded}"),
    ] {
        let keyring = Keyring::parse(&keys).unwrap();
        for (plaintext, nonce) in [
            ("p8e-secret", [1; 12]),
            ("clé-密钥", [255; 12]),
            ("", [0; 12]),
        ] {
            let value = keyring.encrypt(plaintext.as_bytes(), nonce);
            assert_eq!(php_decrypts(&keys, &value), plaintext.as_bytes());
        }
    }
}

/// Blowfish and AES-256 in ECB mode by PHP's OpenSSL; Rijndael-256 PHP has lost with mcrypt.
const PHP_AES: &str = r#"
    [, $key, $plaintext] = $argv;
    $plaintext = str_pad($plaintext, (int) (ceil(strlen($plaintext) / 16) * 16), "\0");
    echo '0:1:' . base64_encode(openssl_encrypt($plaintext, 'aes-256-ecb', $key, OPENSSL_RAW_DATA | OPENSSL_ZERO_PADDING));
"#;

#[test]
fn what_php_encrypts_with_a_legacy_cipher_is_opened() {
    let keyring = Keyring::parse(KEY).unwrap();
    for plaintext in ["x", "sixteen letters.", "more than one block of text"] {
        let output = Command::new("php")
            .args(["-r", PHP_AES, "--", KEY, plaintext])
            .output();
        let value = String::from_utf8(output.expect("php must be installed").stdout).unwrap();
        assert_eq!(
            keyring.decrypt_text(&value).unwrap().expose_secret(),
            plaintext
        );
    }
}

#[test]
fn chained_blocks_made_elsewhere_are_opened() {
    let keyring = Keyring::parse("fedcba9876543210fedcba9876543210").unwrap();
    let value = "0:2:qYxk3ZbB1vT9sLr0aWnEJc7uMDh5gG2o:bazplF50rlxGbklZc/g/ljUYBUo47XlHQxF7+2vaUB6lqDrE2\
        OGICnfmzBN2U4GNPqTaF7OrhEiXhxHKCZDHmrcXZIdsWuudigJh0/V/2F9SI1Dhw1AAH0h3PsMMPa2L5+wqt6eVLk8F\
        oEC/QfOSQpWeQWqJ35rR+ADTOEqMreU=";
    let text = "A block of thirty-two bytes, 1stand the 2nd one, chained to it..\
        and a third of thirty-two bytes..";
    assert_eq!(keyring.decrypt_text(value).unwrap().expose_secret(), text);
}

proptest! {
    #[test]
    fn any_text_is_refused_or_opened_without_a_panic(text in "([0-9x]{0,2}:){0,3}[ -~]{0,80}") {
        let _ = Keyring::parse(KEY).unwrap().decrypt(&text);
        let _ = commerce::encryption::looks_encrypted(&text);
    }

    #[test]
    fn any_key_text_is_refused_or_read_without_a_panic(text in "(base64)?[ -~\n]{0,90}") {
        let _ = Keyring::parse(&text);
    }

    #[test]
    fn what_is_encrypted_comes_back_trimmed(plaintext: Vec<u8>, nonce: [u8; 12]) {
        let keyring = Keyring::parse(KEY).unwrap();
        let opened = keyring.decrypt(&keyring.encrypt(&plaintext, nonce)).unwrap();
        let blank = |byte: &u8| b" \t\n\r\0\x0B".contains(byte);
        let start = plaintext.iter().position(|byte| !blank(byte)).unwrap_or(plaintext.len());
        let end = plaintext.iter().rposition(|byte| !blank(byte)).map_or(start, |last| last + 1);
        prop_assert_eq!(opened.expose_secret(), &plaintext[start..end]);
    }

    #[test]
    fn a_changed_byte_is_refused(plaintext: Vec<u8>, at: prop::sample::Index, change in 1u8..) {
        use base64::prelude::{BASE64_STANDARD, Engine as _};
        let keyring = Keyring::parse(KEY).unwrap();
        let value = keyring.encrypt(&plaintext, [9; 12]);
        let mut sealed = BASE64_STANDARD.decode(&value[4..]).unwrap();
        let at = at.index(sealed.len());
        sealed[at] ^= change;
        let changed = format!("0:3:{}", BASE64_STANDARD.encode(sealed));
        prop_assert_eq!(keyring.decrypt(&changed).unwrap_err(), DecryptError::NotAuthentic);
    }
}
