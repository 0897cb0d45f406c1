//! What is sent to sign somebody in, and who has signed in then.

use std::collections::HashMap;

use data_encoding::BASE64;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::Algorithm;
use openid::{Failure, Prompt, RequiredClaim};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use url::Url;

use crate::{
    keys::{EC, EC_384, ED, Key, OTHER_RSA, RSA},
    play::Canned,
    world::{
        ACCESS_TOKEN, CLIENT_ID, CLIENT_SECRET, Door, NOW, REDIRECT_URI, SUBJECT, Signer, VERIFIER,
        World, now, request,
    },
};

fn parameters(url: &Url) -> HashMap<String, String> {
    let pairs: Vec<_> = url.query_pairs().into_owned().collect();
    let map: HashMap<_, _> = pairs.iter().cloned().collect();
    assert_eq!(map.len(), pairs.len(), "a parameter stands twice: {url}");
    map
}

/// Only what the ID token itself says counts, and what says nothing is the weakest.
#[tokio::test]
async fn a12_a_second_factor_that_is_asked_for_must_stand_in_the_token() {
    let wanted = |name: &str, value: &str| RequiredClaim {
        name: name.to_owned(),
        value: value.to_owned(),
    };
    let cases = [
        (json!({}), false),
        (json!({ "amr": ["pwd"] }), false),
        (json!({ "amr": "pwd mfa" }), false),
        (json!({ "acr": "urn:weak" }), false),
        (json!({ "amr": ["pwd", "mfa"] }), true),
        (json!({ "acr": "urn:strong" }), true),
    ];
    for (said, is_enough) in cases {
        let mut world = World::new(Door::SignIn).await;
        world.second_factor = vec![wanted("amr", "mfa"), wanted("acr", "urn:strong")];
        world.userinfo["amr"] = json!(["mfa"]);
        for (name, value) in said.as_object().unwrap() {
            world.claims[name] = value.clone();
        }
        world.set_up();
        let provider = world.open_id();
        let url = provider.authorize(&request(Prompt::SignIn)).await.unwrap();
        assert_eq!(parameters(&url)["acr_values"], "urn:strong");
        let outcome = world.redeem(&provider).await;
        let code = outcome.as_ref().err().map(Failure::code);
        let expected = (!is_enough).then_some("token.no_second_factor");
        assert_eq!(code, expected, "{said}");
    }
}

/// A token of the web API says it too, or opens nothing.
#[tokio::test]
async fn a12_a_bearer_token_without_the_second_factor_opens_nothing() {
    for (said, expected) in [("pwd", Some("token.no_second_factor")), ("mfa", None)] {
        let mut world = World::new(Door::Bearer).await;
        world.second_factor = vec![RequiredClaim {
            name: "amr".to_owned(),
            value: "mfa".to_owned(),
        }];
        world.claims["amr"] = json!([said]);
        world.set_up();
        let token = SecretString::from(world.token());
        let outcome = world.open_id().read_bearer(&token, now()).await;
        assert_eq!(outcome.as_ref().err().map(Failure::code), expected);
    }
}

#[tokio::test]
async fn v10_the_authorization_request_has_state_nonce_and_an_s256_challenge() {
    let mut world = World::new(Door::SignIn).await;
    let endpoint = format!("{}/authorize?tenant=a", world.play.base);
    world.metadata["authorization_endpoint"] = json!(endpoint);
    world.set_up();
    let provider = world.open_id();
    let url = provider.authorize(&request(Prompt::SignIn)).await.unwrap();
    let sent = parameters(&url);
    let expected = [
        ("tenant", "a"),
        ("response_type", "code"),
        ("client_id", CLIENT_ID),
        ("redirect_uri", REDIRECT_URI),
        ("scope", "openid email groups"),
        ("state", "state-1"),
        ("nonce", "nonce-1"),
        (
            "code_challenge",
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        ),
        ("code_challenge_method", "S256"),
        ("ui_locales", "nl-NL"),
    ];
    let expected: HashMap<_, _> = expected
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    assert_eq!(sent, expected);
}

#[tokio::test]
async fn prompts_are_asked_for_in_the_provider_s_own_words() {
    let mut world = World::new(Door::SignIn).await;
    world.set_up();
    let open = world.open_id();
    let anew = parameters(&open.authorize(&request(Prompt::SignInAnew)).await.unwrap());
    assert_eq!((&anew["prompt"][..], &anew["max_age"][..]), ("login", "10"));
    let other = parameters(
        &open
            .authorize(&request(Prompt::OtherAccount))
            .await
            .unwrap(),
    );
    assert_eq!(other["prompt"], "select_account");

    world.metadata["prompt_values_supported"] = json!(["none", "login"]);
    world.set_up();
    let narrow = world.open_id();
    let other = parameters(
        &narrow
            .authorize(&request(Prompt::OtherAccount))
            .await
            .unwrap(),
    );
    assert_eq!(other["prompt"], "login");

    let adobe = world.adobe();
    let anew = parameters(&adobe.authorize(&request(Prompt::SignInAnew)).await.unwrap());
    assert_eq!(
        (&anew["prompt"][..], &anew["reauth"][..]),
        ("login", "check")
    );
    let plain = parameters(&adobe.authorize(&request(Prompt::SignIn)).await.unwrap());
    assert_eq!(plain["scope"], "AdobeID,openid,email,profile,org.read");
    assert_eq!(plain["code_challenge_method"], "S256");
    assert!(!plain.contains_key("prompt"));
}

#[tokio::test]
async fn v12_who_signed_in_is_the_issuer_s_subject_with_a_verified_address() {
    let world = World::new(Door::SignIn).await;
    world.set_up();
    let signed_in = world.redeem(&world.open_id()).await.unwrap();
    let person = signed_in.person;
    assert_eq!(person.issuer, format!("{}/oidc", world.play.base));
    assert_eq!(person.subject, SUBJECT);
    assert_eq!(person.verified_email.as_deref(), Some("ann@shop.test"));
    assert_eq!(
        (&person.first_name[..], &person.last_name[..]),
        ("Ann", "Lee")
    );
    assert_eq!(person.session.as_deref(), Some("session-1"));
    assert_eq!(person.signed_in_at, Timestamp::from_second(NOW - 10).ok());
    assert_eq!(person.values_of("groups"), ["staff"]);
    let tokens = signed_in.tokens;
    assert_eq!(tokens.access.expose_secret(), ACCESS_TOKEN);
    assert_eq!(
        tokens.expires_at,
        Some(now() + SignedDuration::from_hours(1))
    );
    assert_eq!(tokens.refresh.unwrap().expose_secret(), "a-refresh-token");
    assert_eq!(tokens.id.unwrap().expose_secret(), world.token());
}

#[tokio::test]
async fn a_code_is_redeemed_with_the_verifier_and_the_secret_in_the_way_that_is_offered() {
    let mut world = World::new(Door::SignIn).await;
    world.run().await.unwrap();
    let asked = world.play.asked("/token").remove(0);
    assert_eq!(asked.method, "POST");
    assert_eq!(asked.field("grant_type").unwrap(), "authorization_code");
    assert_eq!(asked.field("code").unwrap(), "code-1");
    assert_eq!(asked.field("redirect_uri").unwrap(), REDIRECT_URI);
    assert_eq!(asked.field("code_verifier").unwrap(), VERIFIER);
    assert_eq!(asked.field("client_secret"), None);
    let basic = asked.headers["authorization"].to_str().unwrap();
    let basic = BASE64
        .decode(basic.strip_prefix("Basic ").unwrap().as_bytes())
        .unwrap();
    assert_eq!(
        String::from_utf8(basic).unwrap(),
        format!("{CLIENT_ID}:s3cret+%2F+with%3A+all+%26+kinds%2Bof%2520signs")
    );

    world.metadata["token_endpoint_auth_methods_supported"] = json!(["client_secret_post"]);
    world.run().await.unwrap();
    let asked = world.play.asked("/token").remove(1);
    assert_eq!(asked.headers.get("authorization"), None);
    assert_eq!(asked.field("client_id").unwrap(), CLIENT_ID);
    assert_eq!(asked.field("client_secret").unwrap(), CLIENT_SECRET);
}

#[tokio::test]
async fn every_accepted_algorithm_signs() {
    let kinds: [(&'static Key, Algorithm); 9] = [
        (&RSA, Algorithm::RS256),
        (&RSA, Algorithm::RS384),
        (&RSA, Algorithm::RS512),
        (&RSA, Algorithm::PS256),
        (&RSA, Algorithm::PS384),
        (&RSA, Algorithm::PS512),
        (&EC, Algorithm::ES256),
        (&EC_384, Algorithm::ES384),
        (&ED, Algorithm::EdDSA),
    ];
    for (key, algorithm) in kinds {
        let name = format!("{algorithm:?}");
        let mut world = World::new(Door::SignIn).await;
        world.metadata["id_token_signing_alg_values_supported"] = json!([name]);
        world.header["alg"] = json!(name);
        world.signer = Signer::Key(key, algorithm);
        let mut jwk = key.published("one");
        jwk["alg"] = json!(name);
        world.jwks = json!({"keys": [OTHER_RSA.published("two"), jwk]});
        world.claims.as_object_mut().unwrap().remove("at_hash");
        assert_eq!(world.run().await, Ok(()), "{name}");
    }
}

#[tokio::test]
async fn an_address_that_nobody_verified_is_none() {
    for verified in [json!(false), json!(null), json!("yes")] {
        let mut world = World::new(Door::SignIn).await;
        world.userinfo["email_verified"] = verified;
        world.set_up();
        let signed_in = world.redeem(&world.open_id()).await.unwrap();
        assert_eq!(signed_in.person.verified_email, None);
    }
    // That one source has verified one address says nothing about the other's.
    let mut world = World::new(Door::SignIn).await;
    world.claims["email"] = json!("boss@shop.test");
    world.set_up();
    let signed_in = world.redeem(&world.open_id()).await.unwrap();
    assert_eq!(
        signed_in.person.verified_email.as_deref(),
        Some("ann@shop.test")
    );
    world.userinfo.as_object_mut().unwrap().remove("email");
    world.set_up();
    let signed_in = world.redeem(&world.open_id()).await.unwrap();
    assert_eq!(signed_in.person.verified_email, None);
}

#[tokio::test]
async fn a_clock_may_differ_by_a_minute_and_the_membership_may_stand_in_userinfo() {
    for off in [-60_i64, -59, 0, 59, 60] {
        let mut world = World::new(Door::SignIn).await;
        world.claims["iat"] = json!(NOW + off);
        world.claims["exp"] = json!(NOW + off + 2);
        world.claims["auth_time"] = json!(NOW - 20 - 60);
        assert_eq!(world.run().await.map_err(|it| it.code()), Ok(()), "{off}");
    }
    let mut world = World::new(Door::SignIn).await;
    world.claims.as_object_mut().unwrap().remove("groups");
    world.userinfo["groups"] = json!(["other", "staff"]);
    assert_eq!(world.run().await, Ok(()));
}

#[tokio::test]
async fn adobe_gives_a_person_with_and_without_an_id_token() {
    let mut world = World::new(Door::AdobeSignIn).await;
    world.set_up();
    let with = world.redeem(&world.adobe()).await.unwrap();
    assert_eq!(with.person.issuer, world.play.base);
    assert_eq!(with.person.subject, SUBJECT);
    assert_eq!(with.person.verified_email.as_deref(), Some("ann@shop.test"));
    assert_eq!(with.person.session.as_deref(), Some("session-1"));
    // Seconds or milliseconds: nobody knows, so nothing is made of it.
    assert_eq!(with.tokens.expires_at, None);

    world.has_id_token = false;
    world.profile["emailVerified"] = json!("false");
    world.set_up();
    let without = world.redeem(&world.adobe()).await.unwrap();
    assert_eq!(
        (
            &without.person.first_name[..],
            &without.person.last_name[..]
        ),
        ("Ann", "Lee")
    );
    assert_eq!(without.person.verified_email, None);
    assert_eq!(without.person.signed_in_at, None);
    let asked = world.play.asked("/ims/token").remove(0);
    assert_eq!(asked.field("client_secret").unwrap(), CLIENT_SECRET);
    assert_eq!(asked.field("code_verifier").unwrap(), VERIFIER);
    let profile = world.play.asked("/ims/profile/v1").remove(0);
    assert_eq!(
        profile.headers["authorization"],
        format!("Bearer {ACCESS_TOKEN}")
    );
}

#[tokio::test]
async fn a13_the_expiry_of_an_adobe_token_is_its_own_word_in_milliseconds() {
    let mut world = World::new(Door::AdobeBearer).await;
    let token = world.token();
    world.answer["access_token"] = json!(token);
    world.answer["expires_in"] = json!(86_399_952);
    world.has_id_token = false;
    world.set_up();
    let signed_in = world.redeem(&world.adobe()).await.unwrap();
    assert_eq!(
        signed_in.tokens.expires_at,
        Timestamp::from_second(NOW - 60 + 86_400).ok()
    );
    let bearer = world
        .adobe()
        .read_bearer(&token.into(), now())
        .await
        .unwrap();
    assert_eq!(
        Some(bearer.expires_at),
        Timestamp::from_second(NOW - 60 + 86_400).ok()
    );
    assert_eq!(bearer.person.subject, SUBJECT);
}

#[tokio::test]
async fn an_api_client_s_token_is_read_as_jwt_and_opaque() {
    let world = World::new(Door::Bearer).await;
    world.set_up();
    let provider = world.open_id();
    for token in [world.token(), "opaque-token".to_owned()] {
        let bearer = provider.read_bearer(&token.into(), now()).await.unwrap();
        assert_eq!(bearer.person.subject, SUBJECT);
        assert_eq!(
            bearer.person.verified_email.as_deref(),
            Some("ann@shop.test")
        );
        assert_eq!(
            Some(bearer.expires_at),
            Timestamp::from_second(NOW + 3540).ok()
        );
    }
    assert_eq!(world.play.asked("/introspect").len(), 2);
}

#[tokio::test]
async fn what_failed_never_repeats_the_provider_s_words_or_a_secret() {
    let hostile: Value = json!({"error": "<script>", "error_description": CLIENT_SECRET});
    for status in [400, 401, 500] {
        let mut world = World::new(Door::SignIn).await;
        let answer = Canned {
            status,
            ..Canned::json(&hostile)
        };
        world.pages.insert("/token", answer);
        let failure = world.run().await.unwrap_err();
        let said = format!("{failure} {failure:?} {}", failure.code());
        for secret in ["<script>", CLIENT_SECRET, "code-1", VERIFIER] {
            assert!(!said.contains(secret), "{said}");
        }
    }
}
