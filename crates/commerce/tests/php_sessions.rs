//! Sessions that real PHP encoded, plain, in base64 and compressed, and bytes that nobody did.

#![cfg(test)]

use commerce::php_session::{UnreadableSession, adobe_tokens, decode_database_row};
use commerce::redis_session;
use proptest::prelude::*;
use secrecy::{ExposeSecret as _, SecretSlice};
use std::process::Command;

/// Runs `code` with a session at hand and gives what it echoes.
fn php(code: &str) -> Vec<u8> {
    let code = format!(
        r#"
        session_save_path(sys_get_temp_dir());
        session_id('test' . getmypid());
        session_start();
        class User {{ private $data = ['password' => 'x|y', 'note' => 's:18:"adobe_access_token";s:1:"n";']; protected $self; public ?float $ratio = 0.1; function __construct() {{ $this->self = $this; }} }}
        final class Packed implements Serializable {{ function serialize() {{ return '}};|"'; }} function unserialize($data) {{}} function __serialize(): array {{ return ['a' => NAN]; }} function __unserialize(array $data): void {{}} }}
        enum Suit: string {{ case Hearts = 'H'; }}
        $_SESSION['_session_validator_data'] = ['remote_addr' => '127.0.0.1'];
        $_SESSION['default'] = ['visitor_data' => [], 'hosts' => ['localhost' => true], -5 => INF];
        {code}
        session_destroy();
        "#
    );
    let output = Command::new("php")
        .args(["-d", "error_reporting=0", "-r", &code])
        .output();
    let output = output.expect("php must be installed");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

const ADMIN: &str = "$_SESSION['admin'] = ['user' => new User(), 'packed' => new Packed(), 'suit' => Suit::Hearts, \
    'acl' => null, 'updated_at' => 1700000000, 'adobe_access_token' => 'eyJ.tok\"en;|', 'token_last_check_time' => 1700000000];";

fn text(token: Option<&SecretSlice<u8>>) -> Option<&[u8]> {
    token.map(SecretSlice::expose_secret)
}

#[test]
fn the_token_of_an_adobe_session_is_found() {
    let data = php(&format!(
        "{ADMIN} $_SESSION['adminhtml'] = []; echo session_encode();"
    ));
    let tokens = adobe_tokens(&data).unwrap();
    assert_eq!(
        text(tokens.access.as_ref()),
        Some(b"eyJ.tok\"en;|".as_slice())
    );
    assert!(tokens.reauthentication.is_none());
    assert!(tokens.is_any());
    assert_eq!(format!("{tokens:?}"), "AdobeTokens(any: true)");
}

#[test]
fn a_reauthentication_token_is_found_as_well() {
    let data =
        php("$_SESSION['admin'] = ['adobe_re_auth_token' => 'second']; echo session_encode();");
    let tokens = adobe_tokens(&data).unwrap();
    assert!(tokens.access.is_none());
    assert_eq!(
        text(tokens.reauthentication.as_ref()),
        Some(b"second".as_slice())
    );
}

#[test]
fn sessions_of_customers_and_of_native_admins_hold_none() {
    for code in [
        "",
        "$_SESSION['admin'] = ['user' => new User(), 'adobe_access_token' => null];",
        "$_SESSION['admin'] = ['adobe_access_token' => '', 'adobe_re_auth_token' => 0];",
        "$_SESSION['admin'] = null;",
        "$_SESSION['admin'] = 'adobe_access_token';",
        "$_SESSION['admin'] = ['nested' => ['adobe_access_token' => 'deeper']];",
        "$_SESSION['customer_base'] = ['customer_id' => 7, 'adobe_access_token' => 'named alike'];",
        "$_SESSION['customer_base'] = ['note' => 'admin|a:1:{s:18:\"adobe_access_token\";s:3:\"abc\";}'];",
    ] {
        let data = php(&format!("{code} echo session_encode();"));
        assert!(!adobe_tokens(&data).unwrap().is_any(), "{code}");
    }
    assert!(!adobe_tokens(b"").unwrap().is_any());
}

#[test]
fn a_row_of_the_session_table_is_base64_of_the_same() {
    let row = php(&format!("{ADMIN} echo base64_encode(session_encode());"));
    assert!(adobe_tokens(&decode_database_row(&row)).unwrap().is_any());
}

#[test]
fn a_compressed_session_of_redis_is_unpacked_first() {
    let fill = "$_SESSION['adminhtml'] = ['text' => str_repeat('lorem ipsum ', 500)];";
    for level in [1, 9] {
        let field = php(&format!(
            "{ADMIN} {fill} echo ':gz:' . gzcompress(session_encode(), {level});"
        ));
        assert!(adobe_tokens(&field).is_err());
        assert!(
            adobe_tokens(&redis_session::decode(&field).unwrap())
                .unwrap()
                .is_any()
        );
    }
}

#[test]
fn a_session_of_another_serializer_is_reported_and_not_passed_over() {
    let serialized = php(&format!("{ADMIN} echo serialize($_SESSION);"));
    assert_eq!(adobe_tokens(&serialized).unwrap_err(), UnreadableSession);
}

#[test]
fn a_token_behind_a_reference_is_reported_and_not_passed_over() {
    let data = php(
        "$token = 'secret'; $_SESSION['admin'] = ['first' => &$token, 'adobe_access_token' => &$token]; echo session_encode();",
    );
    assert_eq!(adobe_tokens(&data).unwrap_err(), UnreadableSession);
}

#[test]
fn an_empty_second_token_does_not_hide_the_first() {
    let twice = b"admin|a:1:{s:18:\"adobe_access_token\";s:1:\"t\";}admin|a:1:{s:18:\"adobe_access_token\";s:0:\"\";}";
    assert!(adobe_tokens(twice).unwrap().is_any());
}

proptest! {
    #[test]
    fn any_bytes_are_refused_or_read_without_a_panic(bytes: Vec<u8>) {
        let _ = adobe_tokens(&bytes);
        let _ = redis_session::decode(&bytes);
        let _ = decode_database_row(&bytes);
    }

    #[test]
    fn any_marked_bytes_are_refused_or_unpacked_without_a_panic(
        mark in "(:gz:|:sn:|:l4:|:lz:)", bytes: Vec<u8>,
    ) {
        let _ = redis_session::decode(&[mark.as_bytes(), &bytes].concat());
    }

    #[test]
    fn a_session_cut_or_changed_anywhere_is_refused_or_read(
        cut: prop::sample::Index, at: prop::sample::Index, to: u8,
    ) {
        let whole = b"admin|a:3:{s:4:\"user\";O:4:\"User\":1:{s:1:\"d\";a:1:{i:0;d:0.5;}}\
            s:18:\"adobe_access_token\";s:3:\"abc\";s:1:\"n\";N;}default|a:0:{}";
        let mut bytes = whole[..cut.index(whole.len() + 1)].to_vec();
        if !bytes.is_empty() {
            let at = at.index(bytes.len());
            bytes[at] = to;
        }
        let _ = adobe_tokens(&bytes);
    }
}
