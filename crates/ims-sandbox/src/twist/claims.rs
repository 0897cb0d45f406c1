//! What a token says: by whom, for whom, about whom, and in answer to which request.

use serde_json::{Map, Value, json};

use super::Twist;

const HOUR_SECONDS: i64 = 3600;

pub(super) fn spoil(twist: Twist, claims: &mut Map<String, Value>) {
    address(twist, claims);
    match twist {
        Twist::WrongNonce => replace(claims, "nonce", json!("another-nonce")),
        Twist::NoNonce => remove(claims, "nonce"),
        Twist::NoSubject => {
            remove(claims, "sub");
            remove(claims, "user_id");
        }
        Twist::EmptySubject => {
            replace(claims, "sub", json!(""));
            replace(claims, "user_id", json!(""));
        }
        Twist::NumericSubject => {
            replace(claims, "sub", json!(7));
            replace(claims, "user_id", json!(7));
        }
        Twist::OldAuthTime => {
            if let Some(told) = claims.get("auth_time").and_then(Value::as_i64) {
                replace(claims, "auth_time", json!(told - HOUR_SECONDS));
            }
        }
        Twist::NoAuthTime => remove(claims, "auth_time"),
        Twist::WrongAtHash => replace(claims, "at_hash", json!("AAAAAAAAAAAAAAAAAAAAAA")),
        _ => super::profile::address(twist, claims),
    }
}

/// Issuer and audience; the access tokens of IMS name the client in a claim of their own.
fn address(twist: Twist, claims: &mut Map<String, Value>) {
    let us = claims.get("aud").cloned();
    match twist {
        Twist::WrongIssuer => {
            replace(claims, "iss", json!("https://evil.test"));
            replace(claims, "as", json!("evil"));
        }
        Twist::NoIssuer => remove(claims, "iss"),
        Twist::WrongAudience => {
            replace(claims, "aud", json!("another-client"));
            replace(claims, "client_id", json!("another-client"));
        }
        Twist::NoAudience => {
            remove(claims, "aud");
            remove(claims, "client_id");
        }
        Twist::ManyAudiences => replace(claims, "aud", json!([us, "another-client"])),
        Twist::ForeignAzp => {
            replace(claims, "aud", json!([us, "another-client"]));
            claims.insert("azp".to_owned(), json!("another-client"));
        }
        _ => (),
    }
}

/// What only logout tokens can have wrong.
pub(crate) fn logout_token(twist: Twist, claims: &mut Map<String, Value>) {
    match twist {
        Twist::LogoutNonce => {
            claims.insert("nonce".to_owned(), json!("a-nonce"));
        }
        Twist::LogoutNoEvent => replace(claims, "events", json!({ "https://evil.test": {} })),
        Twist::LogoutNoJti => remove(claims, "jti"),
        Twist::LogoutSameJti => replace(claims, "jti", json!("always-the-same")),
        Twist::LogoutOfNobody => {
            remove(claims, "sub");
            remove(claims, "sid");
        }
        _ => (),
    }
}

/// Only what is there is replaced: a token without nonce does not get a wrong one.
fn replace(claims: &mut Map<String, Value>, name: &str, value: Value) {
    if let Some(claim) = claims.get_mut(name) {
        *claim = value;
    }
}

fn remove(claims: &mut Map<String, Value>, name: &str) {
    claims.remove(name);
}
