//! One more security key for oneself.

use super::{half_way, marks_name};
use crate::testing::security_key::{KEY, authenticator};
use crate::testing::{Answer, Browser, PASSWORD, Shop};
use domain::sign_in_mode::SignInMode;
use jiff::SignedDuration;

const OWN: &str = "/back/tfa/account/";
const ADD_KEY: &str = "/back/tfa/account/key/";
const OPTIONS: &str = "/back/tfa/account/key/options/";

/// A shop in which Ann has a key and is signed in.
async fn ann_is_in() -> (Shop, u32, Browser) {
    let (shop, ann) = Shop::with_keys().await;
    let mut browser = shop.browser();
    shop.set_up_key_in(&mut browser, ann).await;
    (shop, ann, browser)
}

/// Sends the form with what a new key answers.
async fn add(browser: &mut Browser, page: &Answer, password: &str, answer: &str) -> Answer {
    let fields = [
        ("name", "Red"),
        ("current_password", password),
        ("answer", answer),
    ];
    browser.fill_in(page, ADD_KEY, &fields).await
}

#[tokio::test]
async fn a_name_that_is_none_is_marked_and_nothing_else_is() {
    let (shop, _, mut browser) = ann_is_in().await;
    let page = browser.get(ADD_KEY).await;
    assert!(!marks_name(&page));
    let answer = authenticator().create(&browser.key_options(&page).await);
    let wrong = add(&mut browser, &page, "not this one", &answer).await;
    assert!(!marks_name(&wrong), "that is about the password");
    let broken = add(&mut browser, &page, PASSWORD, "{}").await;
    assert!(!marks_name(&broken), "that is about the key");
    for name in ["", "  ", "a\nb", &"x".repeat(65)] {
        let fields = [
            ("name", name),
            ("current_password", PASSWORD),
            ("answer", &answer),
        ];
        let refused = browser.fill_in(&page, ADD_KEY, &fields).await;
        assert_eq!(refused.status(), 422, "{refused}");
        assert!(refused.text().contains("A name is needed"), "{refused}");
        assert!(marks_name(&refused), "{}", refused.body);
    }
    assert_eq!(shop.count("postern_security_key").await, 1);
}

#[tokio::test]
async fn a_second_key_is_added_with_the_password_and_lets_its_owner_in() {
    let (shop, _, mut browser) = ann_is_in().await;
    let own = browser.get(OWN).await;
    assert!(
        own.body.contains(&format!("href=\"{ADD_KEY}\"")),
        "{}",
        own.body
    );
    let page = browser.get(ADD_KEY).await;
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert!(!page.body.contains("challenge"));
    let before = browser.cookie("__Host-postern").unwrap().to_owned();
    let mut red = authenticator();
    let answer = red.create(&browser.key_options(&page).await);
    let added = add(&mut browser, &page, PASSWORD, &answer).await;
    assert_eq!(
        added.header("location"),
        Some("/back/tfa/account/?key_added")
    );
    assert_ne!(browser.cookie("__Host-postern"), Some(before.as_str()));
    let own = browser.get("/back/tfa/account/?key_added").await;
    assert!(own.text().contains("The key is set up."), "{own}");
    assert!(own.body.contains("<strong>Red</strong>"));
    let mut browser = half_way(&shop).await;
    let page = browser.get(KEY).await;
    let shown = red.get(&browser.key_options(&page).await);
    browser.fill_in(&page, KEY, &[("answer", &shown)]).await;
    assert!(browser.is_in().await);
}

#[tokio::test]
async fn who_mistypes_the_password_need_not_ask_the_key_again() {
    let (_shop, _, mut browser) = ann_is_in().await;
    let page = browser.get(ADD_KEY).await;
    let answer = authenticator().create(&browser.key_options(&page).await);
    let refused = add(&mut browser, &page, "not this one", &answer).await;
    assert_eq!(refused.status(), 403);
    let text = refused.text();
    assert!(
        text.contains("The password entered for the current user is invalid."),
        "{text}"
    );
    assert!(text.contains("The key has answered."), "{text}");
    assert!(refused.body.contains("type=\"text\" value=\"Red\""));
    let kept = refused.hidden("answer").unwrap().replace("&#34;", "\"");
    assert_eq!(kept, answer);
    let added = add(&mut browser, &refused, PASSWORD, &kept).await;
    assert_eq!(
        added.header("location"),
        Some("/back/tfa/account/?key_added")
    );
}

#[tokio::test]
async fn what_is_wrong_with_the_key_is_said_to_its_owner_who_is_not_asked_again() {
    let (shop, _, mut browser) = ann_is_in().await;
    let page = browser.get(ADD_KEY).await;
    let late = authenticator().create(&browser.key_options(&page).await);
    let refused = add(&mut browser, &page, PASSWORD, "{}").await;
    assert_eq!(refused.status(), 422);
    assert!(refused.text().contains("nothing was set up"), "{refused}");
    assert_eq!(refused.hidden("answer").as_deref(), Some(""));
    assert!(refused.hidden("confirmation_id").is_some());
    assert!(!refused.body.contains("current_password"));
    shop.wait(SignedDuration::from_mins(5));
    let refused = add(&mut browser, &page, PASSWORD, &late).await;
    assert!(refused.text().contains("open for too long"), "{refused}");
    let answer = authenticator().create(&browser.key_options(&refused).await);
    let added = add(&mut browser, &refused, "", &answer).await;
    assert_eq!(
        added.header("location"),
        Some("/back/tfa/account/?key_added")
    );
}

#[tokio::test]
async fn no_other_form_asks_for_a_key_and_nobody_who_is_not_signed_in() {
    let (shop, _, mut browser) = ann_is_in().await;
    let page = browser.get(ADD_KEY).await;
    let answer = authenticator().create(&browser.key_options(&page).await);
    let asked = browser.post(OPTIONS, &[("form_key", "x")]).await;
    assert_eq!(asked.status(), 403);
    assert_eq!(asked.body, r#"{"refused":"factor.stale"}"#);
    let fields = [
        ("name", "Red"),
        ("current_password", PASSWORD),
        ("answer", &answer),
    ];
    let refused = browser.post(ADD_KEY, &fields).await;
    assert_eq!(refused.status(), 403);
    assert!(refused.text().contains("open for too long"));
    let mut stranger = shop.browser();
    assert_eq!(stranger.get(ADD_KEY).await.status(), 401);
    let asked = stranger.fill_in(&page, OPTIONS, &[]).await;
    assert_eq!(asked.body, r#"{"refused":"factor.not_pending"}"#);
    assert_eq!(
        add(&mut stranger, &page, PASSWORD, &answer).await.status(),
        401
    );
    assert_eq!(shop.count("postern_security_key").await, 1);
}

#[tokio::test]
async fn where_no_key_may_be_set_up_there_is_no_page_for_it() {
    let (shop, ann, mut browser) = ann_is_in().await;
    let page = browser.get(ADD_KEY).await;
    let link = format!("href=\"{ADD_KEY}\"");
    shop.force_providers("google").await;
    assert!(!browser.get(OWN).await.body.contains(&link));
    assert_eq!(browser.get(ADD_KEY).await.header("location"), Some(OWN));
    let asked = browser.fetch_options(&page).await;
    assert_eq!(asked.body, r#"{"refused":"factor.not_allowed"}"#);
    shop.force_providers("").await;
    let names: Vec<String> = (2..=20).map(|number| format!("Key {number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    shop.give_keys(ann, &names).await;
    assert!(!browser.get(OWN).await.body.contains(&link));
    let asked = browser.fetch_options(&page).await;
    assert_eq!(asked.body, r#"{"refused":"key.too_many"}"#);
    let refused = add(&mut browser, &page, PASSWORD, "").await;
    assert!(
        refused.text().contains("as many keys as there can be"),
        "{refused}"
    );
    browser.set_header("host", "shop.example");
    let elsewhere = browser.get(ADD_KEY).await;
    assert!(elsewhere.text().contains("do not work at this address"));
    assert!(!elsewhere.body.contains("data-options"));
}

#[tokio::test]
async fn after_a_key_was_removed_the_browser_is_told_which_are_left() {
    let (shop, ann, mut browser) = ann_is_in().await;
    let [digest] = &shop.give_keys(ann, &["Red"]).await[..] else {
        panic!("one key")
    };
    let remove = "/back/tfa/account/key/remove/";
    let page = browser.get(&format!("{remove}?key={digest}")).await;
    let fields = [("key", digest.as_str()), ("current_password", PASSWORD)];
    let removed = browser.fill_in(&page, remove, &fields).await;
    assert_eq!(
        removed.header("location"),
        Some("/back/tfa/account/?key_removed")
    );
    let own = browser.get("/back/tfa/account/?key_removed").await;
    let told = own.between("data-signal=\"", "\"").replace("&#34;", "\"");
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["method"], "signalAllAcceptedCredentials");
    assert_eq!(told["rpId"], "shop.test");
    assert_eq!(
        told["allAcceptedCredentialIds"].as_array().unwrap().len(),
        1
    );
    assert!(!browser.get(OWN).await.body.contains("data-signal"));
}

#[tokio::test]
async fn v15_while_the_integration_is_on_no_key_is_added() {
    let (shop, _, mut browser) = ann_is_in().await;
    let page = browser.get(ADD_KEY).await;
    let answer = authenticator().create(&browser.key_options(&page).await);
    shop.switch_to(SignInMode::AdobeIms).await;
    assert_eq!(browser.fetch_options(&page).await.status(), 403);
    add(&mut browser, &page, PASSWORD, &answer).await;
    assert_eq!(shop.count("postern_security_key").await, 1);
}
