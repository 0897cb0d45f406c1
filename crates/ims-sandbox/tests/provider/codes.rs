//! Codes and refresh tokens: once, in time, and only for whom asked.

use ims_sandbox::Options;
use jiff::SignedDuration;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::actor::{Actor, At, REDIRECT_URI, VERIFIER, ann_and_bob, find, read};

async fn code(actor: &Actor, at: At) -> String {
    let callback = actor.authorize(at, &[]).await;
    find(&callback, "code").unwrap().to_owned()
}

async fn redeem_with(actor: &Actor, at: At, further: &[(&str, &str)]) -> (StatusCode, Value) {
    let code = code(actor, at).await;
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
    ];
    let form = [&form, further].concat();
    read(actor.post_as_client(at.token(), &form).await).await
}

fn is_invalid_grant((status, said): &(StatusCode, Value)) -> bool {
    *status == StatusCode::BAD_REQUEST && said["error"] == "invalid_grant"
}

#[tokio::test]
async fn a_challenge_wants_its_verifier_and_none_other() {
    let actor = Actor::start(Options::default());
    for at in [At::Ims, At::OpenId] {
        let uri = ("redirect_uri", REDIRECT_URI);
        for verifier in [
            None,
            Some(""),
            Some("another-verifier-of-enough-characters-here"),
        ] {
            let verifier = verifier.map(|verifier| ("code_verifier", verifier));
            let form: Vec<_> = [uri].into_iter().chain(verifier).collect();
            assert!(is_invalid_grant(&redeem_with(&actor, at, &form).await));
        }
        let form = [uri, ("code_verifier", VERIFIER)];
        assert_eq!(redeem_with(&actor, at, &form).await.0, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_plain_challenge_is_refused_and_so_is_a_verifier_that_nobody_asked_for() {
    let actor = Actor::start(Options::default());
    let base = format!(
        "{}?client_id=sandbox-client&response_type=code&redirect_uri={REDIRECT_URI}",
        At::OpenId.authorize()
    );
    for method in ["&code_challenge_method=plain", ""] {
        let path = format!("{base}&code_challenge={VERIFIER}{method}");
        let callback = crate::actor::read_callback(&actor.get(&path).await);
        assert_eq!(find(&callback, "error"), Some("invalid_request"));
    }
    let callback = crate::actor::read_callback(&actor.get(&base).await);
    let answer = actor
        .redeem(At::OpenId, find(&callback, "code").unwrap())
        .await;
    assert!(is_invalid_grant(&read(answer).await));
}

#[tokio::test]
async fn the_redirect_uri_must_be_that_of_the_request_and_only_ims_does_without() {
    let actor = Actor::start(Options::default());
    let verifier = ("code_verifier", VERIFIER);
    for at in [At::Ims, At::OpenId] {
        let other = [verifier, ("redirect_uri", "https://shop.test/other")];
        assert!(is_invalid_grant(&redeem_with(&actor, at, &other).await));
    }
    let (status, _) = redeem_with(&actor, At::Ims, &[verifier]).await;
    assert_eq!(status, StatusCode::OK);
    assert!(is_invalid_grant(
        &redeem_with(&actor, At::OpenId, &[verifier]).await
    ));
}

#[tokio::test]
async fn a_code_runs_out_after_a_minute() {
    let actor = Actor::start(Options::default());
    for (seconds, expected) in [(59, StatusCode::OK), (60, StatusCode::BAD_REQUEST)] {
        let code = code(&actor, At::OpenId).await;
        actor
            .sandbox
            .advance_clock(SignedDuration::from_secs(seconds));
        let status = actor.redeem(At::OpenId, &code).await.status();
        assert_eq!(status, expected, "{seconds} s");
    }
}

#[tokio::test]
async fn a_replayed_code_ends_what_it_was_worth() {
    let actor = Actor::start(Options::default());
    let code = code(&actor, At::OpenId).await;
    let (_, tokens) = read(actor.redeem(At::OpenId, &code).await).await;
    let (access, refresh) = (&tokens["access_token"], &tokens["refresh_token"]);
    assert!(actor.is_active(access.as_str().unwrap()).await);

    let again = read(actor.redeem(At::OpenId, &code).await).await;
    assert!(is_invalid_grant(&again));
    assert!(!actor.is_active(access.as_str().unwrap()).await);
    let refreshed = actor.refresh(At::OpenId, refresh.as_str().unwrap()).await;
    assert!(is_invalid_grant(&refreshed));
}

#[tokio::test]
async fn a_code_of_one_provider_is_unknown_to_the_other() {
    let actor = Actor::start(Options::default());
    let code = code(&actor, At::Ims).await;
    let answer = read(actor.redeem(At::OpenId, &code).await).await;
    assert!(is_invalid_grant(&answer));
}

#[tokio::test]
async fn a_refresh_token_is_changed_with_every_use_and_its_reuse_ends_all() {
    let actor = Actor::start(ann_and_bob());
    let first = actor.sign_in(At::OpenId, "ann@shop.test").await;
    let first = first["refresh_token"].as_str().unwrap();
    let (status, second) = actor.refresh(At::OpenId, first).await;
    assert_eq!(status, StatusCode::OK);
    let access = second["access_token"].as_str().unwrap();
    assert_ne!(second["refresh_token"], json!(first));
    assert!(second["id_token"].is_string());
    assert!(actor.is_active(access).await);

    assert!(is_invalid_grant(&actor.refresh(At::OpenId, first).await));
    assert!(!actor.is_active(access).await);
    let second = second["refresh_token"].as_str().unwrap();
    assert!(is_invalid_grant(&actor.refresh(At::OpenId, second).await));
}

#[tokio::test]
async fn the_client_may_prove_itself_in_the_header_but_not_twice() {
    let actor = Actor::start(Options::default());
    let form = [("token", "unknown")];
    for (secret, expected) in [
        ("sandbox-secret", StatusCode::OK),
        ("wrong", StatusCode::UNAUTHORIZED),
    ] {
        let answer = actor
            .post_with_basic("/oidc/introspect", secret, &form)
            .await;
        assert_eq!(answer.status(), expected);
    }
    let both = [("token", "unknown"), ("client_secret", "sandbox-secret")];
    let answer = actor
        .post_with_basic("/oidc/introspect", "sandbox-secret", &both)
        .await;
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_openid_provider_leads_only_to_the_very_address_that_is_registered() {
    let options = Options {
        redirect_uris: vec![REDIRECT_URI.to_owned()],
        ..Options::default()
    };
    let actor = Actor::start(options);
    assert!(find(&actor.authorize(At::OpenId, &[]).await, "code").is_some());
    let path = Actor::request(At::OpenId, &[]).replace("callback", "callback2");
    assert_eq!(actor.get(&path).await.status(), StatusCode::BAD_REQUEST);
}
