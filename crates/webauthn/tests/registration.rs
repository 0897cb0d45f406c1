//! A new key, right but for one thing.
#![cfg(test)]

use serde_json::{Value, json};
use webauthn::options::{Create, Person};
use webauthn::testing::{Authenticator, Parts, at, attestation_object, encode, place, with};
use webauthn::{Creation, Made, Refusal, RelyingParty, UserVerification, Wanted};

const CHALLENGE: [u8; 16] = [9; 16];

fn party() -> RelyingParty {
    RelyingParty::new("shop.test", "https://shop.test/").unwrap()
}

fn options() -> String {
    let create = Create {
        party: &party(),
        party_name: "Luma",
        person: Person {
            handle: &[1; 32],
            name: "ann",
            display_name: "Ann Smith",
        },
        challenge: &CHALLENGE,
        user: UserVerification::Required,
        known: &[],
        needs_attestation: false,
    };
    create.to_json()
}

fn authenticator() -> Authenticator {
    Authenticator::new("shop.test", "https://shop.test")
}

fn verify_as(answer: &str, user: UserVerification) -> Result<Made, Refusal> {
    let wanted = Wanted {
        party: &party(),
        user,
        models: None,
        is_asked: &|challenge| match challenge == CHALLENGE {
            true => Ok(()),
            false => Err(Refusal::Challenge),
        },
        now: "2026-11-21T12:00:00Z".parse().unwrap(),
    };
    Creation::read(answer)?.verify(&wanted)
}

fn verify(answer: &str) -> Result<Made, Refusal> {
    verify_as(answer, UserVerification::Required)
}

/// What a good answer comes to once something was altered before it was signed.
fn altered(alter: impl FnOnce(&mut Parts)) -> Result<Made, Refusal> {
    verify(&authenticator().create_with(&options(), alter))
}

fn client_data(name: &str, value: Value) -> Result<Made, Refusal> {
    altered(|parts| parts.client_data[name] = value)
}

fn flags(flags: u8) -> Result<Made, Refusal> {
    altered(|parts| parts.authenticator_data[place::FLAGS] = flags)
}

/// What a good answer comes to once it has another value in a place that nothing signs.
fn outside(path: &str, value: Value) -> Result<Made, Refusal> {
    verify(&with(&authenticator().create(&options()), path, value))
}

#[test]
fn a_good_answer_is_a_key() {
    let mut authenticator = authenticator();
    authenticator.flags |= 8 | 16;
    let made = verify(&authenticator.create(&options())).unwrap();
    assert_eq!(made.id, authenticator.id);
    assert!(made.public_key == authenticator.public_key());
    assert!(made.is_verified && made.is_eligible && made.is_backed_up);
    assert_eq!(made.counter, 1);
    assert_eq!(made.transports, ["usb", "nfc"]);
    assert_eq!(
        made.aaguid.to_string(),
        "07070707-0707-0707-0707-070707070707"
    );
}

#[test]
fn what_the_browser_collected_is_looked_at() {
    for (name, value, expected) in [
        ("type", json!("webauthn.get"), Refusal::Type),
        ("type", json!(null), Refusal::ClientData),
        ("challenge", json!(encode(&[8; 16])), Refusal::Challenge),
        (
            "challenge",
            json!(encode(&CHALLENGE[..15])),
            Refusal::Challenge,
        ),
        ("challenge", json!("!"), Refusal::Challenge),
        ("challenge", json!(""), Refusal::Challenge),
        ("origin", json!("https://evil.test"), Refusal::Origin),
        ("origin", json!("https://shop.test:8443"), Refusal::Origin),
        ("origin", json!("http://shop.test"), Refusal::Origin),
        ("origin", json!("https://other.shop.test"), Refusal::Origin),
        (
            "origin",
            json!("https://shop.test.evil.test"),
            Refusal::Origin,
        ),
        ("origin", json!("https://evilshop.test"), Refusal::Origin),
        ("origin", json!("https://shop.test/"), Refusal::Origin),
        ("origin", json!("https://SHOP.test"), Refusal::Origin),
        ("origin", json!(""), Refusal::Origin),
        ("crossOrigin", json!(true), Refusal::CrossOrigin),
        ("crossOrigin", json!("yes"), Refusal::ClientData),
        ("topOrigin", json!("https://shop.test"), Refusal::TopOrigin),
    ] {
        let told = format!("{name} {value}");
        assert_eq!(client_data(name, value), Err(expected), "{told}");
    }
    assert!(client_data("new_in_level_4", json!({})).is_ok());
    assert!(client_data("crossOrigin", json!(null)).is_ok());
}

#[test]
fn what_the_authenticator_wrote_is_looked_at() {
    let good = 1 | 4 | 64;
    for (set, expected) in [
        (good & !1, Refusal::UserPresence),
        (good & !4, Refusal::UserVerification),
        (good & !64, Refusal::AuthenticatorData),
        (good | 16, Refusal::BackupFlags),
        (good | 128, Refusal::Extensions),
    ] {
        assert_eq!(flags(set), Err(expected), "{set:08b}");
    }
    assert_eq!(
        altered(|parts| parts.authenticator_data[0] ^= 1),
        Err(Refusal::RelyingParty)
    );
    let without_key = altered(|parts| {
        parts.authenticator_data.truncate(37);
        parts.authenticator_data[place::FLAGS] = 1 | 4;
    });
    assert_eq!(without_key, Err(Refusal::NoCredential));
    let mut authenticator = authenticator();
    authenticator.flags = 1;
    let answer = authenticator.create(&options());
    assert!(verify_as(&answer, UserVerification::Preferred).is_ok());
}

#[test]
fn extensions_are_read_and_passed_over_and_must_be_some() {
    let with_extensions = |bytes: &'static [u8]| {
        altered(|parts| {
            parts.authenticator_data[place::FLAGS] |= 128;
            parts.authenticator_data.extend(bytes);
        })
    };
    assert!(with_extensions(b"\xa1\x6bcredProtect\x02").is_ok());
    assert_eq!(with_extensions(b"\x01"), Err(Refusal::Extensions));
    assert_eq!(with_extensions(b"\xa1\x6bcred"), Err(Refusal::Extensions));
    assert_eq!(
        with_extensions(b"\xa0\x00"),
        Err(Refusal::AuthenticatorData)
    );
    let unannounced = altered(|parts| parts.authenticator_data.extend(b"\xa0"));
    assert_eq!(unannounced, Err(Refusal::AuthenticatorData));
}

#[test]
fn no_length_of_what_is_cut_off_is_a_key_or_a_panic() {
    let answer = authenticator().create(&options());
    let object = at(&answer, "response.attestationObject");
    for length in 0..object.len() {
        let cut = json!(encode(&object[..length]));
        let refused = verify(&with(&answer, "response.attestationObject", cut));
        assert_eq!(refused, Err(Refusal::AuthenticatorData), "{length}");
    }
    let length = authenticator().create_with(&options(), |_| {}).len();
    assert!(length > 300);
    for length in 0..length {
        let refused = altered(|parts| parts.authenticator_data.truncate(length));
        let full = place::ID + 32 + 77;
        assert_eq!(refused.is_err(), length < full, "{length}");
    }
}

#[test]
fn the_id_is_of_a_bounded_length_and_the_same_everywhere() {
    for (length, expected) in [(1, None), (1023, None), (1024, Some(Refusal::Id))] {
        let mut authenticator = authenticator();
        authenticator.id = vec![5; length];
        let refused = verify(&authenticator.create(&options())).err();
        assert_eq!(refused, expected, "{length}");
    }
    let mut nameless = authenticator();
    nameless.id.clear();
    assert_eq!(verify(&nameless.create(&options())), Err(Refusal::Id));
    let other = json!(encode(&[5; 32]));
    assert_eq!(outside("id", other.clone()), Err(Refusal::Id));
    assert_eq!(outside("rawId", other), Err(Refusal::Id));
    let inside = altered(|parts| parts.authenticator_data[place::ID] ^= 1);
    assert_eq!(inside, Err(Refusal::Id));
    let longer = altered(|parts| parts.authenticator_data[place::ID_LENGTH] = 255);
    assert_eq!(longer, Err(Refusal::AuthenticatorData));
}

#[test]
fn only_a_point_of_p_256_for_es256_is_a_key() {
    let key = place::ID + 32;
    // Kind of key, algorithm, curve, the last byte of a coordinate, a length, and one entry twice.
    for (offset, value) in [
        (2, 1),
        (4, 0x27),
        (6, 2),
        (76, 0),
        (9, 31),
        (5, 1),
        (0, 0xa4),
    ] {
        let refused = altered(|parts| parts.authenticator_data[key + offset] = value);
        let refused = refused.expect_err("it is no key");
        let expected = [Refusal::Algorithm, Refusal::AuthenticatorData];
        assert!(expected.contains(&refused), "{offset} {value} {refused}");
    }
    let wrong = altered(|parts| parts.authenticator_data[key + 4] = 0x27);
    assert_eq!(wrong, Err(Refusal::Algorithm));
    let off_the_curve = altered(|parts| parts.authenticator_data[key + 76] ^= 1);
    assert_eq!(off_the_curve, Err(Refusal::Algorithm));
    let with_a_sixth = altered(|parts| {
        parts.authenticator_data[key] = 0xa6;
        parts.authenticator_data.extend([0x18, 99, 0]);
    });
    assert_eq!(with_a_sixth, Err(Refusal::Algorithm));
}

#[test]
fn an_attestation_of_none_is_empty_and_unknown_forms_are_refused() {
    let answer = authenticator().create(&options());
    let object = at(&answer, "response.attestationObject");
    let data = object.split_at(object.len() - 164).1;
    for (format, statement, expected) in [
        ("none", &[0xa0][..], None),
        ("none", &[0xa1, 0x61, 0x61, 0], Some(Refusal::Attestation)),
        ("none", &[0x80], Some(Refusal::Attestation)),
        ("tpm", &[0xa0], Some(Refusal::AttestationFormat)),
        ("", &[0xa0], Some(Refusal::AttestationFormat)),
        ("packed", &[0xa0], Some(Refusal::Attestation)),
    ] {
        let object = json!(encode(&attestation_object(format, statement, data)));
        let refused = verify(&with(&answer, "response.attestationObject", object));
        assert_eq!(refused.err(), expected, "{format} {statement:?}");
    }
}

#[test]
fn what_is_no_answer_is_refused_whole() {
    let good = authenticator().create(&options());
    assert_eq!(outside("type", json!("password")), Err(Refusal::Malformed));
    assert_eq!(
        outside("response.clientDataJSON", json!(encode(b"{"))),
        Err(Refusal::ClientData)
    );
    assert_eq!(
        outside("response.clientDataJSON", json!("a+b/")),
        Err(Refusal::Malformed)
    );
    let long = format!("{}\"}}", "{\"a\":\"".to_owned() + &"x".repeat(5000));
    assert_eq!(
        outside("response.clientDataJSON", json!(encode(long.as_bytes()))),
        Err(Refusal::TooLarge)
    );
    for garbage in ["", "{}", "[]", "null", "\u{0}", &good[..good.len() - 1]] {
        assert_eq!(verify(garbage), Err(Refusal::Malformed), "{garbage}");
    }
    let huge = format!("{}{good}", " ".repeat(webauthn::MOST_BYTES));
    assert_eq!(verify(&huge), Err(Refusal::TooLarge));
    let deep = "[".repeat(60_000);
    assert_eq!(verify(&deep), Err(Refusal::Malformed));
    let strange = json!([
        "usb",
        "",
        "UP",
        "x".repeat(99),
        "a",
        "b",
        "c",
        "d",
        "e",
        "f",
        "g",
        "h"
    ]);
    let made = outside("response.transports", strange).unwrap();
    assert_eq!(made.transports, ["usb", "a", "b", "c", "d", "e", "f", "g"]);
    assert_eq!(
        verify(&authenticator().get(&options())),
        Err(Refusal::Malformed)
    );
}
