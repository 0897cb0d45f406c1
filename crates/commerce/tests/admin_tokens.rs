//! Admin tokens against vectors that real PHP made, and every way to forge one.

#![cfg(test)]

mod vectors;

use commerce::admin_token::{AdminClaims, TokenRefusal, issue, verify};
use commerce::encryption::Keyring;
use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use proptest::prelude::*;
use secrecy::ExposeSecret as _;
use sha2::Sha256;
use vectors::vectors;

const KEY: &str = "0123456789abcdef0123456789abcdef";
const CLAIMS: AdminClaims = AdminClaims {
    user_id: 1,
    issued_at: 1_700_000_000,
    expires_at: 1_700_003_600,
};
const HEADER: &str = r#"{"kid":"1","alg":"HS256"}"#;
const PAYLOAD: &str = r#"{"uid":1,"utypid":2,"iat":1700000000,"exp":1700003600}"#;

fn keyring() -> Keyring {
    Keyring::parse(KEY).unwrap()
}

/// A token signed with the right key, whatever it says.
fn signed(header: &str, payload: &str) -> String {
    let key = format!("{}{KEY}{}", "&".repeat(1008), "&".repeat(1008));
    let parts = [header, payload]
        .map(|part| BASE64URL_NOPAD.encode(part.as_bytes()))
        .join(".");
    let mac = Hmac::<Sha256>::new_from_slice(key.as_bytes())
        .unwrap()
        .chain_update(&parts);
    format!(
        "{parts}.{}",
        BASE64URL_NOPAD.encode(&mac.finalize().into_bytes())
    )
}

#[test]
fn tokens_are_those_of_php_since_july_2024() {
    for vector in vectors("jwt") {
        let text = |field: &str| vector[field].as_str().unwrap();
        let keyring = Keyring::parse(text("crypt_key")).unwrap();
        let verified = verify(&keyring, text("token"), 1_700_003_599);
        if text("kid") == "1" {
            assert_eq!(verified, Ok(CLAIMS), "{}", text("name"));
            assert_eq!(issue(&keyring, CLAIMS).expose_secret(), text("token"));
        } else {
            assert_eq!(verified, Err(TokenRefusal::UnknownKey), "{}", text("name"));
        }
    }
}

#[test]
fn a_token_holds_until_the_second_it_expires() {
    let token = issue(&keyring(), CLAIMS);
    assert_eq!(
        verify(&keyring(), token.expose_secret(), 1_700_003_599),
        Ok(CLAIMS)
    );
    assert_eq!(
        verify(&keyring(), token.expose_secret(), 1_700_003_600),
        Err(TokenRefusal::Expired)
    );
}

#[test]
fn only_one_algorithm_and_one_key_are_accepted() {
    for (header, refusal) in [
        (
            r#"{"kid":"1","alg":"none"}"#,
            TokenRefusal::UnsupportedAlgorithm,
        ),
        (
            r#"{"kid":"1","alg":"hs256"}"#,
            TokenRefusal::UnsupportedAlgorithm,
        ),
        (
            r#"{"kid":"1","alg":"HS512"}"#,
            TokenRefusal::UnsupportedAlgorithm,
        ),
        (
            r#"{"kid":"1","alg":"RS256"}"#,
            TokenRefusal::UnsupportedAlgorithm,
        ),
        (
            r#"{"kid":"1","alg":"HS256","crit":["b64"],"b64":false}"#,
            TokenRefusal::UnsupportedAlgorithm,
        ),
        (r#"{"kid":"2","alg":"HS256"}"#, TokenRefusal::UnknownKey),
        (r#"{"alg":"HS256"}"#, TokenRefusal::UnknownKey),
        (r#"{"kid":"1"}"#, TokenRefusal::Malformed),
        (
            r#"{"kid":"1","alg":"HS256","alg":"none"}"#,
            TokenRefusal::Malformed,
        ),
        ("[]", TokenRefusal::Malformed),
    ] {
        let verified = verify(&keyring(), &signed(header, PAYLOAD), 0);
        assert_eq!(verified, Err(refusal), "{header}");
    }
    assert_eq!(verify(&keyring(), &signed(HEADER, PAYLOAD), 0), Ok(CLAIMS));
}

#[test]
fn an_older_key_signs_nothing_any_more() {
    let token = issue(&keyring(), CLAIMS);
    let rotated = Keyring::parse(&format!("{KEY}\nfedcba9876543210fedcba9876543210")).unwrap();
    let verified = verify(&rotated, token.expose_secret(), 0);
    assert_eq!(verified, Err(TokenRefusal::WrongSignature));
}

#[test]
fn a_customer_is_not_an_admin_though_the_key_is_the_same() {
    for user_type in ["1", "3", "4"] {
        let payload = PAYLOAD.replace("\"utypid\":2", &format!("\"utypid\":{user_type}"));
        let verified = verify(&keyring(), &signed(HEADER, &payload), 0);
        assert_eq!(verified, Err(TokenRefusal::NotAnAdmin));
    }
}

#[test]
fn claims_of_another_type_are_refused() {
    for payload in [
        PAYLOAD.replace("\"uid\":1", "\"uid\":\"1\""),
        PAYLOAD.replace("\"uid\":1", "\"uid\":-1"),
        PAYLOAD.replace("1700003600", "1e30"),
        PAYLOAD.replace(",\"exp\":1700003600", ""),
        PAYLOAD.replace("\"uid\":1", "\"uid\":1,\"uid\":2"),
    ] {
        let verified = verify(&keyring(), &signed(HEADER, &payload), 0);
        assert_eq!(verified, Err(TokenRefusal::Malformed), "{payload}");
    }
}

#[test]
fn a_token_in_another_shape_is_refused() {
    let token = signed(HEADER, PAYLOAD);
    for shape in [
        String::new(),
        "..".to_owned(),
        token.replace('.', ""),
        format!("{token}="),
        format!("{token}."),
        format!("{token}.a"),
        token.rsplit_once('.').unwrap().0.to_owned(),
        "a".repeat(100_000),
    ] {
        assert!(verify(&keyring(), &shape, 0).is_err(), "{shape}");
    }
}

proptest! {
    #[test]
    fn a_token_with_another_character_is_refused(at: prop::sample::Index, to in "[A-Za-z0-9_.-]") {
        let token = signed(HEADER, PAYLOAD);
        let at = at.index(token.len());
        prop_assume!(token[at..=at] != to);
        let changed = format!("{}{to}{}", &token[..at], &token[at + 1..]);
        prop_assert!(verify(&keyring(), &changed, 0).is_err());
    }

    #[test]
    fn any_text_is_refused_without_a_panic(token in any::<String>(), now: i64) {
        prop_assert!(verify(&keyring(), &token, now).is_err());
    }

    #[test]
    fn what_is_issued_is_verified(user_id: u32, issued_at: i64, expires_at: i64, now: i64) {
        let claims = AdminClaims { user_id, issued_at, expires_at };
        let verified = verify(&keyring(), issue(&keyring(), claims).expose_secret(), now);
        let expected = if now < expires_at { Ok(claims) } else { Err(TokenRefusal::Expired) };
        prop_assert_eq!(verified, expected);
    }
}
