//! Any claims in a token that the provider itself has signed: what is accepted says that it is from
//! there, for us, of now, and each thing once.
#![no_main]

use std::sync::LazyLock;

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use data_encoding::BASE64URL_NOPAD;
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;
use openid::Provider;
use postern_fuzz::{
    CLIENT_ID, DESCRIPTION, ISSUER, NONCE, NOW, assert_plain, found, nothing, now, open_id,
    redemption, run,
};
use serde_json::Value;

static KEY: LazyLock<Ed25519KeyPair> =
    LazyLock::new(|| Ed25519KeyPair::from_seed_unchecked(&[7; 32]).expect("a key"));

/// What all tokens say, then an ID token, a logout token.
const CLAIMS: [(&str, &str); 6] = [
    ("iss", r#""https://idp.test""#),
    ("aud", r#""shop""#),
    ("sub", r#""ann""#),
    ("iat", "1800000000"),
    ("exp", "1800000300"),
    ("groups", r#"["shop"]"#),
];
const OF_SIGN_IN: [(&str, &str); 1] = [("nonce", r#""n-0S6_WzA2Mj""#)];
const OF_LOGOUT: [(&str, &str); 2] = [
    ("jti", r#""1""#),
    (
        "events",
        r#"{"http://schemas.openid.net/event/backchannel-logout":{}}"#,
    ),
];
const OPTIONAL: [&str; 8] = [
    "azp",
    "nbf",
    "auth_time",
    "at_hash",
    "sid",
    "email",
    "email_verified",
    "given_name",
];

/// What a claim is to be instead.
#[derive(Arbitrary, Debug)]
enum Change<'a> {
    None,
    Text(&'a str),
    Number(i64),
    /// Seconds after the usual time.
    Later(i16),
    List(Vec<&'a str>),
    Json(&'a str),
}

impl Change<'_> {
    fn json(&self) -> String {
        match self {
            Self::None => String::new(),
            Self::Text(text) => Value::from(*text).to_string(),
            Self::Number(number) => number.to_string(),
            Self::Later(seconds) => (NOW + i64::from(*seconds)).to_string(),
            Self::List(texts) => Value::from(texts.clone()).to_string(),
            Self::Json(text) => (*text).to_owned(),
        }
    }
}

/// Claims of which some have another value, or none.
fn claims(own: &[(&'static str, &'static str)], changes: &[(u8, String)]) -> String {
    let usual: Vec<(&str, &str)> = CLAIMS.iter().chain(own).copied().collect();
    let names: Vec<&str> = usual
        .iter()
        .map(|(name, _)| *name)
        .chain(OPTIONAL)
        .collect();
    let changes: Vec<(&str, &str)> = changes
        .iter()
        .map(|(number, value)| (names[usize::from(*number) % names.len()], value.as_str()))
        .collect();
    let is_changed = |name| changes.iter().any(|(changed, _)| *changed == name);
    let kept = usual.into_iter().filter(|(name, _)| !is_changed(*name));
    let said = kept.chain(changes.iter().copied());
    let members: Vec<String> = said
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!(r#""{name}":{value}"#))
        .collect();
    format!("{{{}}}", members.join(","))
}

fn signed(kind: Option<&str>, claims: &str) -> String {
    let kind = Value::from(kind.unwrap_or("JWT"));
    let header = format!(r#"{{"alg":"EdDSA","typ":{kind}}}"#);
    let signed = [header.as_str(), claims]
        .map(|part| BASE64URL_NOPAD.encode(part.as_bytes()))
        .join(".");
    let signature = KEY.sign(signed.as_bytes());
    format!("{signed}.{}", BASE64URL_NOPAD.encode(signature.as_ref()))
}

fn provider(id_token: &str) -> Provider {
    let point = BASE64URL_NOPAD.encode(KEY.public_key().as_ref());
    let keys = format!(r#"{{"keys":[{{"kty":"OKP","crv":"Ed25519","x":"{point}"}}]}}"#);
    let description = DESCRIPTION.replace("userinfo_endpoint", "no_userinfo_endpoint");
    let answer = format!(r#"{{"access_token":"a","id_token":"{id_token}"}}"#);
    open_id(move |path| match path {
        "/.well-known/openid-configuration" => found(description.as_bytes()),
        "/keys" => found(keys.as_bytes()),
        "/token" => found(answer.as_bytes()),
        "/introspect" => found(br#"{"active":true,"token_type":"Bearer"}"#),
        _ => nothing(),
    })
}

/// What must be true of whatever was accepted, read by another reader.
fn assert_ours(claims: &str, oldest: i64) {
    let said: Value = serde_json::from_str(claims).expect("JSON");
    assert_eq!(said["iss"], ISSUER);
    let audience = &said["aud"];
    let is_among = |list: &Vec<Value>| list.contains(&CLIENT_ID.into());
    assert!(audience == CLIENT_ID || audience.as_array().is_some_and(is_among));
    let seconds = |name: &str| said[name].as_f64().expect("a number");
    assert!(seconds("exp") > (NOW - 60) as f64);
    assert!(seconds("iat") < (NOW + 61) as f64);
    assert!(seconds("iat") >= (NOW - oldest) as f64);
}

fuzz_target!(|input: (Option<&str>, Vec<(u8, Change)>)| {
    let (kind, changes) = input;
    let changes: Vec<(u8, String)> = changes
        .iter()
        .map(|(number, change)| (*number, change.json()))
        .collect();
    let is_usual = kind.is_none() && changes.is_empty();
    let [of_sign_in, of_logout, of_program] =
        [&OF_SIGN_IN[..], &OF_LOGOUT, &[]].map(|own| claims(own, &changes));
    let provider = provider(&signed(kind, &of_sign_in));
    run(async {
        match provider.redeem(&redemption(&"code".into()), now()).await {
            Ok(signed_in) => {
                assert_ours(&of_sign_in, 660);
                let said: Value = serde_json::from_str(&of_sign_in).expect("JSON");
                assert_eq!(said["nonce"], NONCE);
                assert_eq!(said["sub"], signed_in.person.subject);
                assert_eq!(said, Value::Object(signed_in.person.claims));
                let is_verified =
                    said["email_verified"] == true || said["email_verified"] == "true";
                assert!(is_verified || signed_in.person.verified_email.is_none());
            }
            Err(why) => {
                assert!(!is_usual, "{why}");
                assert_plain(why);
            }
        }
        let token = signed(kind, &of_logout);
        match provider.read_logout_token(&token, now()).await {
            Ok(ended) => {
                assert_ours(&of_logout, 120);
                assert!(ended.subject.is_some() || ended.session.is_some());
            }
            Err(why) => assert!(!is_usual, "{why}"),
        }
        let token = signed(kind, &of_program);
        match provider.read_bearer(&token.into(), now()).await {
            Ok(bearer) => {
                assert_ours(&of_program, 24 * 60 * 60);
                assert!(bearer.expires_at.as_second() - bearer.issued_at.as_second() <= 86_400);
            }
            Err(why) => assert!(!is_usual, "{why}"),
        }
    });
});
