//! Tokens that can be read, read by another library than the one that wrote them.

use data_encoding::BASE64URL_NOPAD;
use ims_sandbox::Options;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use reqwest::StatusCode;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{
    actor::{Actor, At, NONCE, ann_and_bob, read},
    inspection::{claims_of, key_of},
};

#[tokio::test]
async fn an_id_token_is_signed_by_the_published_key_and_says_who_signed_in_when() {
    let actor = Actor::start(ann_and_bob());
    let tokens = actor.sign_in(At::OpenId, "ann@shop.test").await;
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_audience(&["sandbox-client"]);
    validation.set_issuer(&[actor.sandbox.open_id_issuer()]);
    let token = tokens["id_token"].as_str().unwrap();
    let key = key_of(&actor, At::OpenId, token).await.unwrap();
    let claims = decode::<Value>(token, &key, &validation).unwrap().claims;

    assert_eq!(claims["email"], "ann@shop.test");
    assert_eq!(claims["groups"], json!(["admins"]));
    assert_eq!(claims["nonce"], NONCE);
    assert_eq!(claims["auth_time"], claims["iat"]);
    let access = tokens["access_token"].as_str().unwrap();
    let half = BASE64URL_NOPAD.encode(&Sha256::digest(access.as_bytes())[..16]);
    assert_eq!(claims["at_hash"], half);
    let (_, userinfo) = read(actor.get_with_token("/oidc/userinfo", access).await).await;
    assert_eq!(userinfo["sub"], claims["sub"]);
    assert_eq!(userinfo["email_verified"], true);
}

#[tokio::test]
async fn ims_issues_opaque_tokens_and_no_id_token_unless_told_to() {
    let actor = Actor::start(Options::default());
    let tokens = actor.sign_in(At::Ims, "ann@shop.test").await;
    assert!(
        tokens["access_token"]
            .as_str()
            .unwrap()
            .starts_with("sandbox-token-")
    );
    assert_eq!(tokens.get("id_token"), None);
    assert_eq!(tokens.get("refresh_token"), None);
    assert_eq!(tokens["expires_in"], 86_399_999);
}

#[tokio::test]
async fn an_access_token_of_ims_names_its_certificate_and_counts_in_milliseconds() {
    let actor = Actor::start(Options {
        jwt_access_tokens: true,
        ims_id_tokens: true,
        ..ann_and_bob()
    });
    let tokens = actor.sign_in(At::Ims, "ann@shop.test").await;
    let token = tokens["access_token"].as_str().unwrap();
    let x5u = decode_header(token).unwrap().x5u.unwrap();
    let certificate = actor.get(&format!("/keys/prod/{x5u}")).await;
    let certificate = certificate.text().await.unwrap();
    assert!(
        certificate.starts_with("-----BEGIN CERTIFICATE-----\n"),
        "{certificate}"
    );

    let mut validation = Validation::new(Algorithm::RS256);
    validation.required_spec_claims.clear();
    let key = DecodingKey::from_rsa_pem(certificate.as_bytes()).unwrap();
    let claims = decode::<Value>(token, &key, &validation).unwrap().claims;
    assert_eq!(claims["type"], "access_token");
    assert_eq!(claims["client_id"], "sandbox-client");
    assert_eq!(claims["as"], "ims-na1");
    assert_eq!(claims["scope"], "openid email profile");
    assert_eq!(claims["expires_in"], "86399999");
    let created: i64 = claims["created_at"].as_str().unwrap().parse().unwrap();
    assert!(created > 1_700_000_000_000, "{created}");

    let (_, profile) = read(actor.get_with_token("/ims/profile/v1", token).await).await;
    assert_eq!(profile["userId"], claims["user_id"]);
    let id_token = claims_of(tokens["id_token"].as_str().unwrap());
    assert_eq!(id_token["sub"], claims["user_id"]);
    assert_eq!(id_token["iss"], actor.sandbox.url());

    let other = actor.get("/keys/prod/another.cer").await;
    assert_eq!(other.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_rotated_key_is_another_one_and_the_old_one_is_gone() {
    let actor = Actor::start(Options::default());
    let before = actor.sign_in(At::OpenId, "ann@shop.test").await;
    actor.sandbox.rotate_key();
    let after = actor.sign_in(At::OpenId, "ann@shop.test").await;
    let old = key_of(&actor, At::OpenId, before["id_token"].as_str().unwrap()).await;
    assert!(old.is_none());
    let new = key_of(&actor, At::OpenId, after["id_token"].as_str().unwrap()).await;
    assert!(new.is_some());
}

#[tokio::test]
async fn people_belong_to_organizations() {
    let actor = Actor::start(ann_and_bob());
    let bob = actor.sign_in(At::Ims, "bob@shop.test").await;
    let bob = bob["access_token"].as_str().unwrap();
    for (organization, expected) in [
        ("FEDCBA9876543210FEDCBA98", true),
        ("0123456789ABCDEF01234567", false),
    ] {
        let path = format!("/{organization}@AdobeOrg/membership");
        let (_, member) = read(actor.get_with_token(&path, bob).await).await;
        assert_eq!(member, expected, "{organization}");
    }
    let (_, profile) = read(actor.get_with_token("/ims/profile/v1", bob).await).await;
    assert_eq!(profile["emailVerified"], "false");
    assert_eq!(profile["account_type"], "type1");
    assert_eq!(profile["displayName"], "Sandbox Person");
}
