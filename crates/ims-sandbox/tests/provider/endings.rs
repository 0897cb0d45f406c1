//! Revocation, and signing out at the provider.

use ims_sandbox::Options;
use jiff::SignedDuration;
use reqwest::{StatusCode, header::LOCATION};

use crate::actor::{Actor, At, ann_and_bob};

#[tokio::test]
async fn a_revoked_refresh_token_takes_its_access_token_with_it() {
    let actor = Actor::start(Options::default());
    let tokens = actor.sign_in(At::OpenId, "ann@shop.test").await;
    let access = tokens["access_token"].as_str().unwrap();
    let form = [("token", tokens["refresh_token"].as_str().unwrap())];
    let answer = actor.post_as_client("/oidc/revoke", &form).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(!actor.is_active(access).await);
    assert_eq!(actor.sandbox.revoked(), 1);

    let answer = actor.get_with_token("/oidc/userinfo", access).await;
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn access_tokens_run_out() {
    let actor = Actor::start(Options::default());
    let tokens = actor.sign_in(At::OpenId, "ann@shop.test").await;
    let access = tokens["access_token"].as_str().unwrap();
    actor.sandbox.advance_clock(SignedDuration::from_mins(59));
    assert!(actor.is_active(access).await);
    actor.sandbox.advance_clock(SignedDuration::from_mins(1));
    assert!(!actor.is_active(access).await);
}

#[tokio::test]
async fn who_is_signed_out_everywhere_is_so_at_both_providers_and_nobody_else_is() {
    let actor = Actor::start(ann_and_bob());
    let ann = actor.sign_in(At::OpenId, "ann@shop.test").await;
    let ann_at_ims = actor.sign_in(At::Ims, "ann@shop.test").await;
    let bob = actor.sign_in(At::OpenId, "bob@shop.test").await;
    assert_eq!(actor.sandbox.sessions_of("ann@shop.test").len(), 2);

    assert!(actor.sandbox.revoke_tokens_of("ann@shop.test"));
    assert!(!actor.sandbox.revoke_tokens_of("nobody@shop.test"));
    for (tokens, expected) in [(&ann, false), (&ann_at_ims, false), (&bob, true)] {
        let token = tokens["access_token"].as_str().unwrap();
        assert_eq!(actor.sandbox.is_valid_token(token), expected);
    }
    assert!(actor.sandbox.sessions_of("ann@shop.test").is_empty());
    let refresh = ann["refresh_token"].as_str().unwrap();
    let (status, _) = actor.refresh(At::OpenId, refresh).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_browser_that_signs_out_is_led_on_only_to_a_registered_address() {
    let registered = "https://shop.test/signed-out";
    let options = Options {
        post_logout_redirect_uris: vec![registered.to_owned()],
        ..Options::default()
    };
    let actor = Actor::start(options);
    let tokens = actor.sign_in(At::OpenId, "ann@shop.test").await;
    let hint = tokens["id_token"].as_str().unwrap();
    let path = |client: &str, uri: &str| {
        format!("/oidc/end_session?{client}&post_logout_redirect_uri={uri}&state=s")
    };

    let strange = path("client_id=sandbox-client", "https://evil.test/");
    let nobody = path("client_id=other", registered);
    for path in [strange, nobody] {
        let answer = actor.get(&path).await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert!(answer.text().await.unwrap().contains("You are signed out"));
    }
    assert_eq!(actor.sandbox.sessions_of("ann@shop.test").len(), 1);

    let answer = actor
        .get(&path(&format!("id_token_hint={hint}"), registered))
        .await;
    assert_eq!(
        answer.headers()[LOCATION],
        format!("{registered}?state=s").as_str()
    );
    assert!(actor.sandbox.sessions_of("ann@shop.test").is_empty());
    assert!(
        !actor
            .is_active(tokens["access_token"].as_str().unwrap())
            .await
    );
}
