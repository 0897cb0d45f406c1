//! Sessions for the tests of this module, encoded by PHP itself.

use secrecy::ExposeSecret as _;
use std::process::Command;

/// The token in [`adobe_session`].
pub(super) const TOKEN: &str = "eyJhbGciOiJSUzI1NiJ9.adobe-access-token";

fn encoded(fill: &str, print: &str) -> Vec<u8> {
    let place = tempfile::tempdir().unwrap();
    let output = Command::new("php")
        .args([
            "-d",
            "session.use_cookies=0",
            "-d",
            "session.cache_limiter=",
            "-d",
        ])
        .arg(format!("session.save_path={}", place.path().display()))
        .arg("-r")
        .arg(format!(
            "session_start(); {fill} $e = session_encode(); {print}"
        ))
        .output()
        .expect("php is needed for this test");
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

/// An admin's session that began with Adobe ID; `fill` is PHP that may add to it.
pub(super) fn adobe_session() -> Vec<u8> {
    encoded(&adobe_fill(), "echo $e;")
}

/// The same as Redis keeps it when it is long.
pub(super) fn compressed_adobe_session() -> Vec<u8> {
    encoded(&adobe_fill(), "echo ':gz:' . gzcompress($e, 1);")
}

/// An admin's session that began with a password.
pub(super) fn native_session() -> Vec<u8> {
    encoded(
        "$_SESSION['admin'] = ['user' => ['user_id' => 1], 'adobe_access_token' => null];",
        "echo $e;",
    )
}

/// A customer's session, who calls himself as an Adobe token is called.
pub(super) fn customer_session() -> Vec<u8> {
    let fill = "$_SESSION['customer'] = ['adobe_access_token' => 'mine', 'name' => 'admin|adobe_access_token'];";
    encoded(fill, "echo $e;")
}

fn adobe_fill() -> String {
    format!(
        "$_SESSION['default'] = ['visitor' => new ArrayObject([1, 2])];
         $_SESSION['admin'] = ['user' => ['user_id' => 7], 'adobe_access_token' => '{TOKEN}'];"
    )
}

/// The access tokens that a search found.
pub(super) fn tokens(search: &super::Search) -> Vec<String> {
    let text = |found: &super::Found| {
        let token = found.tokens().access.as_ref().unwrap().expose_secret();
        String::from_utf8(token.to_vec()).unwrap()
    };
    search.found.iter().map(text).collect()
}
