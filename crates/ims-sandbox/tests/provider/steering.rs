//! The page to steer by, and its paths for programs.

use ims_sandbox::{Fault, Options, Twist};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

use crate::actor::{Actor, At, ann_and_bob, read};

async fn put_twist(actor: &Actor, twist: Value) -> StatusCode {
    let client = Client::builder().no_proxy().build().unwrap();
    let request = client.put(actor.url("/sandbox/twist"));
    let request = request.json(&json!({ "twist": twist }));
    request.send().await.unwrap().status()
}

#[tokio::test]
async fn a_twist_is_set_and_cleared_over_http_and_the_list_says_which_one_it_is() {
    let actor = Actor::start(Options::default());
    assert_eq!(
        put_twist(&actor, json!("no-email")).await,
        StatusCode::NO_CONTENT
    );
    let (_, list) = read(actor.get("/sandbox/twist").await).await;
    assert_eq!(list["twist"], "no-email");
    let listed = list["twists"].as_array().unwrap();
    assert_eq!(listed.len(), Twist::all().len());
    assert!(listed.contains(&json!({ "name": "no-email", "description": "No address" })));

    assert_eq!(
        put_twist(&actor, json!("no-such-twist")).await,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(put_twist(&actor, Value::Null).await, StatusCode::NO_CONTENT);
    let (_, list) = read(actor.get("/sandbox/twist").await).await;
    assert_eq!(list["twist"], Value::Null);
}

#[test]
fn every_twist_and_fault_has_one_name_everywhere_and_every_twist_a_description() {
    for twist in Twist::all() {
        assert_eq!(json!(twist), json!(twist.name()));
        assert!(!twist.description().is_empty(), "{twist:?}");
    }
    for fault in Fault::all() {
        assert_eq!(json!(fault), json!(fault.name()));
    }
}

#[tokio::test]
async fn the_page_shows_what_is_so_and_its_forms_change_it() {
    let actor = Actor::start(ann_and_bob());
    let tokens = actor.sign_in(At::OpenId, "ann@shop.test").await;
    for (path, form) in [
        ("/sandbox/twist", ("twist", "wrong-nonce")),
        ("/sandbox/fault", ("fault", "huge")),
        ("/sandbox/revoke", ("email", "ann@shop.test")),
        ("/sandbox/clock", ("seconds", "60")),
        ("/sandbox/key", ("", "")),
    ] {
        let answer = actor.post(path, &[("path", "/ims/token"), form]).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{path}");
    }
    let page = actor.get("/sandbox").await.text().await.unwrap();
    assert!(page.contains("<strong>wrong-nonce</strong>: ID token with another nonce"));
    assert!(page.contains("<code>/ims/token</code>: huge"), "{page}");
    assert!(page.contains("<code>POST /oidc/token</code>"));
    assert!(page.contains("bob@shop.test (not verified)"));
    assert!(!page.contains("<script"));
    let token = tokens["access_token"].as_str().unwrap();
    assert!(!actor.sandbox.is_valid_token(token));

    actor.post("/sandbox/twist", &[]).await;
    actor.post("/sandbox/fault", &[]).await;
    let page = actor.get("/sandbox").await.text().await.unwrap();
    assert!(
        page.contains("everything is right") && page.contains("<li>None</li>"),
        "{page}"
    );
}

#[tokio::test]
async fn what_a_person_is_called_cannot_break_the_pages() {
    let mut options = ann_and_bob();
    options.ask = true;
    options.people[0].first_name = "<script>alert(1)</script>".to_owned();
    let actor = Actor::start(options);
    for path in ["/sandbox", Actor::request(At::Ims, &[]).as_str()] {
        let page = actor.get_page(path).await.text().await.unwrap();
        assert!(page.contains("Bob") || page.contains("bob@shop.test"));
        assert!(!page.contains("<script"), "{path}");
    }
}
