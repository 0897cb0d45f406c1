//! What real PHP writes of a person's second factors is read here, and what is written here PHP
//! reads; the secret gives the codes that a program shows which nobody here wrote.

#![cfg(test)]

use commerce::encryption::Keyring;
use commerce::second_factor::{Provider, StoredKey, UserConfig};
use domain::second_factor::totp::{AppSecret, Found, Window};
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use std::process::Command;

const KEY: &str = "0123456789abcdef0123456789abcdef";

/// As long as Commerce makes them: `abcd` and 128 more bytes.
fn secret_of_commerce() -> String {
    let bytes: Vec<u8> = b"abcd".iter().copied().chain(0..128).collect();
    data_encoding::BASE32.encode(&bytes)
}

/// A row as Commerce writes it: each secret encrypted, and the whole once more.
const PHP_WRITE: &str = r#"
    [, $key, $secret] = $argv;
    function seal($text, $key) {
        $nonce = random_bytes(12);
        return '0:3:' . base64_encode($nonce . sodium_crypto_aead_chacha20poly1305_ietf_encrypt(
            $text, $nonce, $nonce, $key));
    }
    $curve = ['private_key_type' => OPENSSL_KEYTYPE_EC, 'curve_name' => 'prime256v1'];
    $pem = openssl_pkey_get_details(openssl_pkey_new($curve))['key'];
    echo seal(json_encode([
        'google' => ['secret' => seal($secret, $key), 'active' => true],
        'authy' => ['country_code' => 'SE', 'active' => false],
        'u2fkey' => ['registration' => ['public_keys' => [[
            'key' => str_replace("\n", "\r\n", $pem),
            'id' => base64_encode(str_repeat('k', 64)),
            'aaguid' => base64_encode(str_repeat("\0", 16)),
        ]]], 'active' => true],
    ]), $key);
"#;

/// Opens a row as Commerce does, and tells what stands in it.
const PHP_READ: &str = r#"
    [, $key, $row] = $argv;
    function unseal($value, $key) {
        $data = base64_decode(explode(':', $value, 3)[2]);
        $nonce = substr($data, 0, 12);
        return sodium_crypto_aead_chacha20poly1305_ietf_decrypt(substr($data, 12), $nonce, $nonce, $key);
    }
    $config = json_decode(unseal($row, $key), true);
    $keys = $config['u2fkey']['registration']['public_keys'];
    echo json_encode([
        'secret' => unseal($config['google']['secret'], $key),
        'active' => [$config['google']['active'], $config['u2fkey']['active']],
        'others' => array_values(array_diff(array_keys($config), ['google', 'u2fkey'])),
        'id' => base64_decode($keys[0]['id']),
        'bits' => openssl_pkey_get_details(openssl_pkey_get_public($keys[0]['key']))['bits'],
    ]);
"#;

fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    let output = output.unwrap_or_else(|_| panic!("{program} must be installed"));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{told}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn php(script: &str, arguments: &[&str]) -> String {
    run("php", &[&["-r", script, "--"][..], arguments].concat())
}

/// What an app shows at a second.
fn shown(secret: &str, second: i64) -> SecretString {
    let at = format!("@{second}");
    run("oathtool", &["--totp", "--base32", "--now", &at, secret]).into()
}

/// Whether the code of `then` is taken at `now`.
fn is_taken(secret: &str, window: Window, (then, now): (i64, i64)) -> bool {
    let app = AppSecret::from_base32(&secret.to_owned().into()).unwrap();
    let now = Timestamp::from_second(now).unwrap();
    matches!(app.find(&shown(secret, then), window, now), Found::Good(_))
}

#[test]
fn a_row_that_php_wrote_is_read_and_written_back_whole() {
    let keyring = Keyring::parse(KEY).unwrap();
    let secret = secret_of_commerce();
    let row = php(PHP_WRITE, &[KEY, &secret]);
    let mut config = UserConfig::open(&keyring, &row).unwrap();
    assert!(config.is_active(Provider::Google) && config.is_active(Provider::U2fKey));
    let read = config.totp_secret(&keyring).unwrap().unwrap();
    assert_eq!(read.expose_secret(), secret);
    let keys = config.security_keys().unwrap();
    assert_eq!(keys[0].id, [b'k'; 64]);
    assert!(
        keys[0]
            .public_key
            .starts_with("-----BEGIN PUBLIC KEY-----\r\n")
    );

    // Everything is written anew here.
    config.set_totp_secret(&keyring, &read, [1; 12]);
    let more = StoredKey {
        id: b"ours".to_vec(),
        ..keys[0].clone()
    };
    config.set_security_keys(&[more, keys[0].clone()]);
    let told = php(PHP_READ, &[KEY, &config.seal(&keyring, [2; 12])]);
    let expected = serde_json::json!({
        "secret": secret,
        "active": [true, true],
        "others": ["authy"],
        "id": "ours",
        "bits": 256,
    });
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told, expected);
}

#[test]
fn the_codes_are_those_of_another_program_in_both_styles_of_window() {
    let leeway = Window::new(Some(29), None);
    let narrow = Window::new(Some(1), None);
    let steps = Window::new(None, Some(2));
    for secret in ["GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", &secret_of_commerce()] {
        for now in [59, 1_111_111_110, 1_800_000_000, 4_000_000_020] {
            let step = now - now % 30;
            for (window, earliest, latest) in [
                (leeway, (now - 29) / 30 * 30, (now + 29) / 30 * 30 + 29),
                (narrow, (now - 1) / 30 * 30, (now + 1) / 30 * 30 + 29),
                (steps, step - 60, step + 89),
            ] {
                let taken = |then: i64| then < 0 || is_taken(secret, window, (then, now));
                assert!(
                    taken(now) && taken(earliest) && taken(latest),
                    "{now} {window:?}"
                );
                assert!(earliest < 1 || !taken(earliest - 1), "{now} {window:?}");
                assert!(!taken(latest + 1), "{now} {window:?}");
            }
        }
    }
}
