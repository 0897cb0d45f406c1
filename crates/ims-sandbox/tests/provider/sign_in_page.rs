//! The page that asks who one is, and what the browser remembers.

use ims_sandbox::Options;
use jiff::SignedDuration;
use reqwest::{StatusCode, header::SET_COOKIE};
use serde_json::Value;

use crate::{
    actor::{Actor, At, Callback, NONCE, ann_and_bob, find, read, read_callback},
    inspection::claims_of,
};

fn asking() -> Actor {
    Actor::start(Options {
        ask: true,
        ..ann_and_bob()
    })
}

/// Presses the button of a person: the callback, and the cookie that the browser keeps.
async fn choose(actor: &Actor, at: At, email: &str) -> (Callback, String) {
    let path = Actor::request(at, &[]);
    let answer = actor.post(&path, &[("person", email)]).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    let cookie = answer.headers()[SET_COOKIE].to_str().unwrap().to_owned();
    assert!(
        cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax"),
        "{cookie}"
    );
    let pair = cookie.split_once(';').unwrap().0.to_owned();
    (read_callback(&answer), pair)
}

async fn id_token(actor: &Actor, callback: &Callback) -> Value {
    let code = find(callback, "code").unwrap();
    let (_, tokens) = read(actor.redeem(At::OpenId, code).await).await;
    claims_of(tokens["id_token"].as_str().unwrap())
}

#[tokio::test]
async fn the_page_lists_the_people_and_lets_one_deny() {
    let actor = asking();
    for at in [At::Ims, At::OpenId] {
        let path = Actor::request(at, &[("login_hint", "bob@shop.test")]);
        let page = actor.get_page(&path).await;
        assert_eq!(page.status(), StatusCode::OK);
        let page = page.text().await.unwrap();
        assert!(
            page.contains(r#"<button name="person" value="ann@shop.test">"#),
            "{page}"
        );
        assert!(page.contains("(bob@shop.test)</button> expected"), "{page}");
        assert!(!page.contains("<script"));

        let denied = actor.post(&path, &[("answer", "deny")]).await;
        let callback = read_callback(&denied);
        assert_eq!(find(&callback, "error"), Some("access_denied"));
        assert_eq!(find(&callback, "state"), Some("the-state"));
    }
}

#[tokio::test]
async fn a_browser_is_remembered_until_it_signs_out_with_the_time_of_the_click() {
    let actor = asking();
    let (callback, cookie) = choose(&actor, At::OpenId, "bob@shop.test").await;
    let first = id_token(&actor, &callback).await;
    assert_eq!(first["email"], "bob@shop.test");

    actor.sandbox.advance_clock(SignedDuration::from_mins(5));
    let path = Actor::request(At::OpenId, &[]);
    let again = read_callback(&actor.get_with_cookie(&path, &cookie).await);
    let second = id_token(&actor, &again).await;
    assert_eq!(second["auth_time"], first["auth_time"]);
    assert_eq!(second["sid"], first["sid"]);
    assert_eq!(second["nonce"], NONCE);
    assert!(second["iat"].as_i64() >= first["iat"].as_i64().map(|iat| iat + 300));

    let answer = actor.get_with_cookie("/oidc/end_session", &cookie).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let answer = actor.get_with_cookie(&path, &cookie).await;
    assert_eq!(answer.status(), StatusCode::OK, "asked again");
}

#[tokio::test]
async fn a_sign_in_anew_is_asked_for_even_of_who_is_remembered() {
    let actor = asking();
    let (_, cookie) = choose(&actor, At::OpenId, "ann@shop.test").await;
    for (name, value) in [
        ("prompt", "login"),
        ("prompt", "select_account"),
        ("reauth", "check"),
        ("max_age", "0"),
    ] {
        let path = Actor::request(At::OpenId, &[(name, value)]);
        let answer = actor.get_with_cookie(&path, &cookie).await;
        assert_eq!(answer.status(), StatusCode::OK, "{name}={value}");
    }
}

#[tokio::test]
async fn nobody_is_asked_where_nobody_may_be() {
    let actor = asking();
    let callback = actor.authorize(At::OpenId, &[("prompt", "none")]).await;
    assert_eq!(find(&callback, "error"), Some("login_required"));
    let (_, cookie) = choose(&actor, At::OpenId, "ann@shop.test").await;
    let path = Actor::request(At::OpenId, &[("prompt", "none")]);
    let callback = read_callback(&actor.get_with_cookie(&path, &cookie).await);
    assert!(find(&callback, "code").is_some());
}

#[tokio::test]
async fn without_the_option_only_a_sign_in_anew_is_asked_for() {
    let actor = Actor::start(ann_and_bob());
    assert!(find(&actor.authorize(At::Ims, &[]).await, "code").is_some());
    let path = Actor::request(At::Ims, &[("reauth", "check")]);
    assert_eq!(actor.get_page(&path).await.status(), StatusCode::OK);
    let (callback, _) = choose(&actor, At::Ims, "bob@shop.test").await;
    assert!(find(&callback, "code").is_some());
}
