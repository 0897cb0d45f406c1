//! The use of a key, right but for one thing.
#![cfg(test)]

use proptest::prelude::*;
use serde_json::{Value, json};
use webauthn::options::Request;
use webauthn::testing::{Authenticator, Parts, at, encode, place, with};
use webauthn::{Asked, Assertion, KnownKey, Refusal, RelyingParty, Used, UserVerification};

const CHALLENGE: [u8; 16] = [9; 16];
const HANDLE: [u8; 32] = [1; 32];

fn party() -> RelyingParty {
    RelyingParty::new("shop.test", "https://shop.test/").unwrap()
}

fn options() -> String {
    let request = Request {
        party: &party(),
        challenge: &CHALLENGE,
        user: UserVerification::Required,
        allowed: &[],
    };
    request.to_json()
}

fn authenticator() -> Authenticator {
    let mut authenticator = Authenticator::new("shop.test", "https://shop.test");
    authenticator.user_handle = Some(HANDLE.to_vec());
    authenticator
}

fn known(authenticator: &Authenticator) -> KnownKey<'static> {
    KnownKey {
        public_key: authenticator.public_key(),
        counter: Some(1),
        is_eligible: Some(false),
        user_handle: Some(&HANDLE),
        needs_handle: true,
    }
}

fn verify_as(answer: &str, key: &KnownKey<'_>, user: UserVerification) -> Result<Used, Refusal> {
    let asked = Asked {
        party: &party(),
        user,
        is_asked: &|challenge| match challenge == CHALLENGE {
            true => Ok(()),
            false => Err(Refusal::Challenge),
        },
    };
    Assertion::read(answer)?.verify(&asked, key)
}

fn verify(answer: &str, key: &KnownKey<'_>) -> Result<Used, Refusal> {
    verify_as(answer, key, UserVerification::Required)
}

fn altered(alter: impl FnOnce(&mut Parts)) -> Result<Used, Refusal> {
    let mut authenticator = authenticator();
    let key = known(&authenticator);
    verify(&authenticator.get_with(&options(), alter), &key)
}

fn outside(path: &str, value: Value) -> Result<Used, Refusal> {
    let mut authenticator = authenticator();
    let key = known(&authenticator);
    verify(&with(&authenticator.get(&options()), path, value), &key)
}

#[test]
fn a_good_answer_is_a_use() {
    let used = altered(|_| {}).unwrap();
    let expected = Used {
        counter: 2,
        is_verified: true,
        is_eligible: false,
        is_backed_up: false,
    };
    assert_eq!(used, expected);
}

#[test]
fn what_the_browser_collected_is_looked_at() {
    for (name, value, expected) in [
        ("type", json!("webauthn.create"), Refusal::Type),
        ("challenge", json!(encode(&[8; 16])), Refusal::Challenge),
        ("origin", json!("https://evil.test"), Refusal::Origin),
        ("origin", json!("https://shop.test:8443"), Refusal::Origin),
        ("origin", json!("http://shop.test"), Refusal::Origin),
        ("origin", json!("https://other.shop.test"), Refusal::Origin),
        (
            "origin",
            json!("https://shop.test.evil.test"),
            Refusal::Origin,
        ),
        ("crossOrigin", json!(true), Refusal::CrossOrigin),
        ("topOrigin", json!("https://shop.test"), Refusal::TopOrigin),
    ] {
        let told = format!("{name} {value}");
        let refused = altered(|parts| parts.client_data[name] = value);
        assert_eq!(refused, Err(expected), "{told}");
    }
}

#[test]
fn what_the_authenticator_signed_is_looked_at() {
    for (flags, expected) in [
        (4, Refusal::UserPresence),
        (1, Refusal::UserVerification),
        (1 | 4 | 16, Refusal::BackupFlags),
        (1 | 4 | 8, Refusal::BackupChanged),
        (1 | 4 | 64, Refusal::AuthenticatorData),
        (1 | 4 | 128, Refusal::Extensions),
    ] {
        let refused = altered(|parts| parts.authenticator_data[place::FLAGS] = flags);
        assert_eq!(refused, Err(expected), "{flags:08b}");
    }
    let elsewhere = altered(|parts| parts.authenticator_data[0] ^= 1);
    assert_eq!(elsewhere, Err(Refusal::RelyingParty));
    for length in 0..37 {
        let cut = altered(|parts| parts.authenticator_data.truncate(length));
        assert_eq!(cut, Err(Refusal::AuthenticatorData), "{length}");
    }
    let more = altered(|parts| parts.authenticator_data.push(0));
    assert_eq!(more, Err(Refusal::AuthenticatorData));
}

#[test]
fn a_touch_is_enough_after_a_password() {
    let mut authenticator = authenticator();
    authenticator.flags = 1;
    let key = known(&authenticator);
    let answer = authenticator.get(&options());
    let used = verify_as(&answer, &key, UserVerification::Discouraged).unwrap();
    assert!(!used.is_verified);
}

#[test]
fn a_key_that_was_bound_to_one_device_stays_so_and_the_reverse() {
    let mut authenticator = authenticator();
    let mut key = known(&authenticator);
    key.is_eligible = Some(true);
    let bound = authenticator.get(&options());
    assert_eq!(verify(&bound, &key), Err(Refusal::BackupChanged));
    authenticator.flags |= 8 | 16;
    assert!(
        verify(&authenticator.get(&options()), &key)
            .unwrap()
            .is_backed_up
    );
    key.is_eligible = None;
    assert!(verify(&bound, &key).is_ok(), "nobody has looked before");
}

#[test]
fn nothing_that_is_signed_can_be_altered_afterwards() {
    let mut authenticator = authenticator();
    let key = known(&authenticator);
    let answer = authenticator.get(&options());
    let signature = at(&answer, "response.signature");
    for place in [0, 5, signature.len() - 1] {
        let mut signature = signature.clone();
        signature[place] ^= 1;
        let altered = with(&answer, "response.signature", json!(encode(&signature)));
        assert_eq!(verify(&altered, &key), Err(Refusal::Signature), "{place}");
    }
    let none = with(&answer, "response.signature", json!(""));
    assert_eq!(verify(&none, &key), Err(Refusal::Signature));
    let mut data = at(&answer, "response.authenticatorData");
    data[36] ^= 4;
    let counted = with(&answer, "response.authenticatorData", json!(encode(&data)));
    assert_eq!(verify(&counted, &key), Err(Refusal::Signature));
    let mut client_data = at(&answer, "response.clientDataJSON");
    client_data.push(b' ');
    let spaced = with(
        &answer,
        "response.clientDataJSON",
        json!(encode(&client_data)),
    );
    assert_eq!(verify(&spaced, &key), Err(Refusal::Signature));
    let other = known(&Authenticator::new("shop.test", "https://shop.test"));
    assert_eq!(verify(&answer, &other), Err(Refusal::Signature));
}

#[test]
fn a_counter_goes_up_or_was_never_there() {
    for (before, now, expected) in [
        (Some(0), 0, None),
        (Some(0), 1, None),
        (Some(4), 5, None),
        (Some(4), 4, Some(Refusal::Counter)),
        (Some(4), 3, Some(Refusal::Counter)),
        (Some(4), 0, Some(Refusal::Counter)),
        (Some(u32::MAX), u32::MAX, Some(Refusal::Counter)),
        (None, 0, None),
        (None, 7, None),
    ] {
        let mut authenticator = authenticator();
        let mut key = known(&authenticator);
        key.counter = before;
        let set = |parts: &mut Parts| {
            parts.authenticator_data[33..37].copy_from_slice(&u32::to_be_bytes(now));
        };
        let refused = verify(&authenticator.get_with(&options(), set), &key).err();
        assert_eq!(refused, expected, "{before:?} {now}");
    }
}

#[test]
fn the_counter_is_looked_at_last_since_anybody_can_send_one() {
    let mut authenticator = authenticator();
    let mut key = known(&authenticator);
    key.counter = Some(100);
    let answer = authenticator.get(&options());
    let forged = with(&answer, "response.signature", json!(encode(&[1, 2, 3])));
    assert_eq!(verify(&forged, &key), Err(Refusal::Signature));
}

#[test]
fn the_person_is_named_where_nobody_else_has_named_them() {
    let other = || json!(encode(&[2; 32]));
    for handle in [other(), json!(null), json!("")] {
        let refused = outside("response.userHandle", handle.clone());
        assert_eq!(refused, Err(Refusal::UserHandle), "{handle}");
    }
    let mut authenticator = authenticator();
    let mut key = known(&authenticator);
    key.needs_handle = false;
    let answer = authenticator.get(&options());
    let nameless = with(&answer, "response.userHandle", json!(null));
    assert!(verify(&nameless, &key).is_ok());
    let wrong = with(&answer, "response.userHandle", other());
    assert_eq!(verify(&wrong, &key), Err(Refusal::UserHandle));
    key.user_handle = None;
    assert!(
        verify(&wrong, &key).is_ok(),
        "a key of PHP's has a handle of PHP's"
    );
    key.needs_handle = true;
    assert_eq!(verify(&answer, &key), Err(Refusal::UserHandle));
}

#[test]
fn what_is_no_answer_is_refused_whole() {
    for (path, value, expected) in [
        ("type", json!("password"), Refusal::Malformed),
        ("id", json!(encode(&[1; 32])), Refusal::Id),
        ("rawId", json!(""), Refusal::Id),
        ("response.signature", json!(7), Refusal::Malformed),
        (
            "response.authenticatorData",
            json!("a=="),
            Refusal::Malformed,
        ),
        (
            "response.clientDataJSON",
            json!(encode(b"null")),
            Refusal::ClientData,
        ),
    ] {
        assert_eq!(outside(path, value), Err(expected), "{path}");
    }
    let long = json!(encode(&[1; 1024]));
    let answer = with(&authenticator().get(&options()), "id", long.clone());
    let answer = with(&answer, "rawId", long);
    assert_eq!(Assertion::read(&answer).err(), Some(Refusal::Id));
    let creation = authenticator().create(&options());
    assert_eq!(Assertion::read(&creation).err(), Some(Refusal::Malformed));
    let twice = r#"{"type":"webauthn.get","type":"webauthn.get","challenge":"","origin":""}"#;
    assert_eq!(
        outside("response.clientDataJSON", json!(encode(twice.as_bytes()))),
        Err(Refusal::ClientData)
    );
}

proptest! {
    #[test]
    fn no_bytes_are_an_answer(data: Vec<u8>, client_data: Vec<u8>, signature: Vec<u8>) {
        let mut authenticator = authenticator();
        let key = known(&authenticator);
        let answer = authenticator.get(&options());
        let answer = with(&answer, "response.authenticatorData", json!(encode(&data)));
        prop_assert!(verify(&answer, &key).is_err());
        let answer = with(&answer, "response.clientDataJSON", json!(encode(&client_data)));
        prop_assert!(verify(&answer, &key).is_err());
        let answer = with(&answer, "response.signature", json!(encode(&signature)));
        prop_assert!(verify(&answer, &key).is_err());
    }
}
