use crate::testing::provider::{Integrated, Kind};
use crate::testing::{Answer, Browser};
use ims_sandbox::Fault;
use jiff::SignedDuration;

/// Sends the form of the page that asks.
async fn sign_out(browser: &mut Browser) -> Answer {
    let page = browser.get("/back/admin/auth/logout").await;
    let key = page.hidden("form_key").unwrap();
    browser
        .post("/back/admin/auth/logout", &[("form_key", &key)])
        .await
}

async fn signed_in(integrated: &Integrated) -> Browser {
    integrated.shop.ann().await;
    let mut browser = integrated.shop.browser();
    let answer = integrated.sign_in(&mut browser).await;
    assert_eq!(answer.header("location"), Some("/back"), "{answer}");
    browser
}

#[tokio::test]
async fn v05_signing_out_ends_the_session_here_and_at_adobe_and_the_page_says_so() {
    let integrated = Integrated::open(Kind::Adobe).await;
    let mut browser = signed_in(&integrated).await;
    let id = browser.cookie("__Host-postern").unwrap().to_owned();
    let answer = sign_out(&mut browser).await;
    assert_eq!(answer.status(), 303, "{answer}");
    assert!(browser.cookie("__Host-postern").is_none());
    assert_eq!(integrated.sandbox.revoked(), 1);
    let told = browser.get(answer.header("location").unwrap()).await;
    insta::assert_snapshot!(told, @"
    200 OK
    content-type: text/html; charset=utf-8

    You are signed out
    You are signed out here and at Adobe.
    Sign in again
    ");
    assert_eq!(integrated.shop.count("postern_provider_grant").await, 0);
    let mut thief = integrated.shop.browser();
    thief.set_cookie("__Host-postern", &id);
    let refused = thief.get("/back").await;
    assert!(!refused.text().contains("You are signed in"), "{refused}");
}

#[tokio::test]
async fn a_provider_that_is_away_or_refuses_keeps_nobody_signed_in_here() {
    for (fault, sentence) in [
        (Fault::Down, "because it gave no answer"),
        (Fault::Hang, "because it gave no answer"),
        (Fault::ServerError, "because it gave no answer"),
    ] {
        let integrated = Integrated::open(Kind::Adobe).await;
        let mut browser = signed_in(&integrated).await;
        integrated.sandbox.set_fault("/ims/logout/v1", fault);
        let answer = sign_out(&mut browser).await;
        let told = browser.get(answer.header("location").unwrap()).await;
        assert!(told.text().contains("You are signed out here."), "{told}");
        assert!(told.text().contains(sentence), "{fault:?}: {told}");
        assert!(
            told.text().contains("If others use this computer"),
            "{told}"
        );
        // The tokens are left to be revoked later.
        assert_eq!(integrated.shop.count("postern_provider_grant").await, 1);
        assert!(integrated.shop.session_addresses().await.is_empty());
    }
}

#[tokio::test]
async fn an_openid_provider_is_visited_and_the_way_back_says_that_both_are_over() {
    let integrated = Integrated::open(Kind::OpenId).await;
    let mut browser = signed_in(&integrated).await;
    let answer = sign_out(&mut browser).await;
    assert_eq!(
        answer.status(),
        200,
        "a form may not lead to another site: {answer}"
    );
    assert!(browser.cookie("__Host-postern").is_none());
    let there = answer
        .between("content=\"0;url=", "\"")
        .replace("&amp;", "&")
        .replace("&#38;", "&");
    assert!(there.starts_with(&integrated.sandbox.url()), "{there}");
    assert!(
        answer.text().contains("You are signed out here."),
        "{answer}"
    );
    let back = integrated.at_provider(&there).await;
    assert!(back.starts_with("/back/admin/auth/loggedout?"), "{back}");
    let told = browser.get(&back).await;
    let host = integrated.sandbox.address();
    let sentence = format!("You are signed out here and at {host}.");
    assert!(told.text().contains(&sentence), "{told}");
    assert_eq!(integrated.shop.count("postern_provider_grant").await, 0);
    // Whoever comes again by the button has a session of their own.
    integrated.sign_in(&mut browser).await;
    let again = browser.get(&back).await;
    assert_eq!(again.header("location"), Some("/back"));
}

#[tokio::test]
async fn no_link_tells_of_a_sign_out_that_never_was() {
    let integrated = Integrated::open(Kind::Adobe).await;
    let mut browser = signed_in(&integrated).await;
    let answer = sign_out(&mut browser).await;
    let honest = answer.header("location").unwrap().to_owned();
    let second = integrated.shop.door().app.now().as_second();
    let forged = [
        String::new(),
        "?state=".to_owned(),
        "?state=both".to_owned(),
        format!("?state=both.{second}."),
        format!("?state=both.{second}.{}", "0".repeat(64)),
        format!("?state=none.{}", honest.split_once('.').unwrap().1),
        honest
            .replace("/back/admin/auth/loggedout", "")
            .replace("both.1", "both.2"),
        "?state=a&state=b".to_owned(),
    ];
    for query in forged {
        let path = format!("/back/admin/auth/loggedout{query}");
        let answer = integrated.shop.browser().get(&path).await;
        assert_eq!(answer.header("location"), Some("/back"), "{query}");
    }
    assert_eq!(browser.get(&honest).await.status(), 200);
    integrated.wait(SignedDuration::from_secs(601));
    let late = browser.get(&honest).await;
    assert_eq!(late.header("location"), Some("/back"));
}
