//! The token of a link that lets a person set up a second factor, `tfat`: who, and since when,
//! signed with the last encryption key. Commerce and we accept each other's. It is no secret of
//! anybody's account by itself: whoever uses it has shown a password before.

use crate::encryption::Keyring;
use data_encoding::BASE64;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

/// How many seconds a token holds.
pub const LIFETIME: i64 = 3600;

/// Longer texts are none of ours: a token has about 200 characters.
const LONGEST: usize = 512;

/// In the order in which Commerce writes them.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Payload {
    user_id: u32,
    tfa_configuration: bool,
    iss: i64,
}

/// A token for the admin with this id, issued at a Unix second.
pub fn issue(keyring: &Keyring, user_id: u32, issued_at: i64) -> SecretString {
    let payload = Payload {
        user_id,
        tfa_configuration: true,
        iss: issued_at,
    };
    // A struct of three plain fields is always written.
    let json = serde_json::to_string(&payload).unwrap_or_default();
    let signature = BASE64.encode(keyring.keyed_digest(json.as_bytes()).as_bytes());
    SecretString::from(BASE64.encode(format!("{json}.{signature}").as_bytes()))
}

/// When a token was issued for the admin with this id, in Unix seconds, if it is good at `now`.
pub fn verify(keyring: &Keyring, token: &str, user_id: u32, now: i64) -> Option<i64> {
    let (owner, issued_at) = open(keyring, token, now)?;
    (owner == user_id).then_some(issued_at)
}

/// Whose a token is that is good at `now`, and when it was issued, in Unix seconds. For a program,
/// which brings nothing else that says who it is about.
pub fn open(keyring: &Keyring, token: &str, now: i64) -> Option<(u32, i64)> {
    if token.len() > LONGEST {
        return None;
    }
    let text = String::from_utf8(BASE64.decode(token.as_bytes()).ok()?).ok()?;
    let (json, signature) = text.rsplit_once('.')?;
    let digest = String::from_utf8(BASE64.decode(signature.as_bytes()).ok()?).ok()?;
    if !keyring.is_keyed_digest(&digest, json.as_bytes()) {
        return None;
    }
    let payload: Payload = serde_json::from_str(json).ok()?;
    let age = now.checked_sub(payload.iss)?;
    // As in a web API token, the second in which older ones were voided may be stepped over.
    let is_good = payload.tfa_configuration && (-1..LIFETIME).contains(&age);
    is_good.then_some((payload.user_id, payload.iss))
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    /// Made by PHP: see `tfa_config_token` of the vectors.
    const OF_PHP: &str = "eyJ1c2VyX2lkIjoxLCJ0ZmFfY29uZmlndXJhdGlvbiI6dHJ1ZSwiaXNzIjoxNzAwMDAwMDAw\
                          fS5OV1UzWm1Wa09XTXhNR015Tm1WbE5tRmxPV1l4TVRrellUVmhZell6TmpVMlpUQTFNbUpo\
                          Tmpoa09Ea3lOMlprWkdRNFlXWXhNamhpWXpkak9HSmhPUT09";

    fn keyring() -> Keyring {
        Keyring::parse("0123456789abcdef0123456789abcdef").unwrap()
    }

    #[test]
    fn a_token_is_the_one_that_php_makes() {
        let ours = issue(&keyring(), 1, 1_700_000_000);
        assert_eq!(ours.expose_secret(), OF_PHP);
    }

    #[test]
    fn a_token_is_for_one_admin_and_one_hour() {
        let issued = Some(1_700_000_000);
        let whose = open(&keyring(), OF_PHP, 1_700_000_000);
        assert_eq!(whose, Some((1, 1_700_000_000)));
        let cases = [
            (1, 1_700_000_000, issued),
            (1, 1_700_003_599, issued),
            (1, 1_699_999_999, issued),
            (1, 1_700_003_600, None),
            (1, 1_699_999_998, None),
            (1, i64::MIN, None),
            (2, 1_700_000_000, None),
        ];
        for (admin, now, found) in cases {
            assert_eq!(
                verify(&keyring(), OF_PHP, admin, now),
                found,
                "{admin} {now}"
            );
        }
    }

    #[test]
    fn what_was_altered_or_signed_otherwise_is_no_token() {
        let keyring = keyring();
        let other = Keyring::parse("fedcba9876543210fedcba9876543210").unwrap();
        assert_eq!(verify(&other, OF_PHP, 1, 1_700_000_000), None);
        let signed = |json: &str| {
            let signature = BASE64.encode(keyring.keyed_digest(json.as_bytes()).as_bytes());
            BASE64.encode(format!("{json}.{signature}").as_bytes())
        };
        let forged = [
            String::new(),
            "%".to_owned(),
            OF_PHP.replace('U', "V"),
            "e".repeat(513),
            BASE64.encode(b"no point"),
            signed("{}"),
            signed(r#"{"user_id":1,"tfa_configuration":false,"iss":1700000000}"#),
            signed(r#"{"user_id":"1","tfa_configuration":true,"iss":1700000000}"#),
            signed(r#"{"user_id":1,"tfa_configuration":true,"iss":-9223372036854775808}"#),
        ];
        for token in forged {
            assert_eq!(verify(&keyring, &token, 1, 1_700_000_000), None, "{token}");
        }
        let good = signed(r#"{"user_id":1,"tfa_configuration":true,"iss":1700000000}"#);
        assert!(verify(&keyring, &good, 1, 1_700_000_000).is_some());
    }
}
