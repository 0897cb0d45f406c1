//! Tokens that deceive a client which takes the token's word for how to check it. If they did not,
//! a client that refuses them would prove nothing.

use aws_lc_rs::{
    encoding::{AsDer, PublicKeyX509Der},
    rsa::PublicKeyComponents,
};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use ims_sandbox::Twist;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, jwk::Jwk};
use serde_json::Value;

use crate::{
    actor::{Actor, At, read},
    inspection::{header_of, talkative},
};

async fn twisted(twist: Twist) -> (Actor, String) {
    let actor = talkative();
    actor.sandbox.set_twist(Some(twist));
    let tokens = actor.sign_in(At::OpenId, "ann@shop.test").await;
    let token = tokens["id_token"].as_str().unwrap().to_owned();
    (actor, token)
}

fn deceives(token: &str, algorithm: Algorithm, key: &DecodingKey) -> bool {
    let mut validation = Validation::new(algorithm);
    validation.set_audience(&["sandbox-client"]);
    decode::<Value>(token, key, &validation).is_ok()
}

async fn published_key(actor: &Actor) -> Value {
    let (_, set) = read(actor.get("/oidc/jwks").await).await;
    set["keys"][0].clone()
}

#[tokio::test]
async fn the_public_key_is_the_secret() {
    let (actor, token) = twisted(Twist::AlgHs256).await;
    let key = published_key(&actor).await;
    let number = |name: &str| {
        let digits = key[name].as_str().unwrap();
        BASE64URL_NOPAD.decode(digits.as_bytes()).unwrap()
    };
    let components = PublicKeyComponents {
        n: number("n"),
        e: number("e"),
    };
    let der: PublicKeyX509Der<'_> = components.as_der().unwrap();
    let lines: Vec<_> = BASE64
        .encode(der.as_ref())
        .into_bytes()
        .chunks(64)
        .map(|line| String::from_utf8(line.to_vec()).unwrap())
        .collect();
    let pem = format!(
        "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
        lines.join("\n")
    );
    let key = DecodingKey::from_secret(pem.as_bytes());
    assert!(deceives(&token, Algorithm::HS256, &key));
}

#[tokio::test]
async fn the_secret_stands_in_the_key_set() {
    let (actor, token) = twisted(Twist::JwksSymmetric).await;
    let key = published_key(&actor).await;
    assert_eq!(key["kid"], header_of(&token)["kid"]);
    let digits = key["k"].as_str().unwrap();
    let secret = BASE64URL_NOPAD.decode(digits.as_bytes()).unwrap();
    let key = DecodingKey::from_secret(&secret);
    assert!(deceives(&token, Algorithm::HS256, &key));
}

#[tokio::test]
async fn the_key_stands_in_the_header() {
    let (_actor, token) = twisted(Twist::EmbeddedJwk).await;
    let key: Jwk = serde_json::from_value(header_of(&token)["jwk"].clone()).unwrap();
    let key = DecodingKey::from_jwk(&key).unwrap();
    assert!(deceives(&token, Algorithm::RS256, &key));
}
