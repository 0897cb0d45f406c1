//! A security key after the password.

use super::{RECOVERY_CODE, follow, half_way};
use crate::testing::second_factor::{APP_CODE, SECOND_FACTOR};
use crate::testing::security_key::{KEY, authenticator};
use crate::testing::{Answer, Browser, PASSWORD, Shop};
use domain::sign_in_mode::SignInMode;
use jiff::SignedDuration;
use webauthn::testing::{Authenticator, encode, with};

const OPTIONS: &str = "/back/tfa/u2f/auth/options/";

/// Shows a key on the page, as its script does.
async fn show(browser: &mut Browser, key: &mut Authenticator) -> Answer {
    let page = browser.get(KEY).await;
    let answer = key.get(&browser.key_options(&page).await);
    send(browser, &page, &answer).await
}

async fn send(browser: &mut Browser, page: &Answer, answer: &str) -> Answer {
    browser.fill_in(page, KEY, &[("answer", answer)]).await
}

#[tokio::test]
async fn a_key_after_the_password_opens_a_session_and_the_errand_is_kept() {
    let (shop, ann) = Shop::with_keys().await;
    let mut key = shop.set_up_key(ann).await;
    let mut browser = shop.browser();
    let page = browser.get("/back/security/session/activity/").await;
    let fields = [("login[username]", "ann"), ("login[password]", PASSWORD)];
    let answer = browser.fill_in(&page, "/back", &fields).await;
    assert_eq!(answer.header("location"), Some(SECOND_FACTOR));
    let answer = follow(&mut browser, &answer).await;
    assert_eq!(answer.header("location"), Some(KEY));
    let page = follow(&mut browser, &answer).await;
    insta::assert_snapshot!(page, @r"
    200 OK
    content-type: text/html; charset=utf-8

    Your security key
    ann, show the security key or passkey that you set up here.
    This browser cannot use security keys, or it runs no scripts. Use another browser.
    Use security key
    Other ways
    Use a recovery code
    [button] Use another account
    ");
    let answer = show(&mut browser, &mut key).await;
    insta::assert_snapshot!(answer, @r"
    303 See Other
    location: /back/security/session/activity/
    ");
    assert_eq!(browser.cookie("__Host-postern-pending"), None);
    assert!(browser.is_in().await);
    assert_eq!(browser.get(KEY).await.header("location"), Some("/back"));
}

#[tokio::test]
async fn what_is_to_be_asked_is_fetched_when_it_is_and_no_page_or_cache_has_it() {
    let (shop, ann) = Shop::with_keys().await;
    let key = shop.set_up_key(ann).await;
    let mut browser = half_way(&shop).await;
    let page = browser.get(KEY).await;
    assert!(!page.body.contains(&encode(&key.id)), "{}", page.body);
    assert!(!page.body.contains("challenge"));
    assert_eq!(page.hidden("answer").as_deref(), Some(""));
    let asked = browser.fetch_options(&page).await;
    assert!(asked.body.contains(&encode(&key.id)));
    for answer in [page, asked] {
        assert_eq!(answer.header("cache-control"), Some("no-store"));
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_key_is_said_and_opens_nothing() {
    let (shop, ann) = Shop::with_keys().await;
    let mut key = shop.set_up_key(ann).await;
    let mut browser = half_way(&shop).await;
    let page = browser.get(KEY).await;
    let options = browser.key_options(&page).await;
    let right = key.get(&options);
    let mut sibling = authenticator();
    sibling.id.clone_from(&key.id);
    let mut elsewhere = authenticator();
    elsewhere.origin = "https://sh0p.test".to_owned();
    let signature = encode(&[0; 70]);
    let cases = [
        (String::new(), "This key was not accepted."),
        ("{".to_owned(), "This key was not accepted."),
        (
            with(&right, "response.signature", signature.into()),
            "This key was not accepted.",
        ),
        (sibling.get(&options), "This key was not accepted."),
        (
            authenticator().get(&options),
            "This key is not set up here, or was taken away.",
        ),
        (elsewhere.get(&options), "This key is not set up here"),
    ];
    for (answer, words) in cases {
        let refused = send(&mut browser, &page, &answer).await;
        assert_eq!(refused.status(), 401, "{words}");
        assert!(refused.text().contains(words), "{words}\n{refused}");
        assert!(refused.body.contains("<title>Error: "));
        assert!(
            !refused.body.contains("data-signal"),
            "it may be somebody else's"
        );
    }
    key.origin = "https://sh0p.test".to_owned();
    let refused = show(&mut browser, &mut key).await;
    assert!(
        refused.text().contains("do not work at this address"),
        "{refused}"
    );
    assert!(!browser.is_in().await);
    assert_eq!(send(&mut browser, &page, &right).await.status(), 303);
}

#[tokio::test]
async fn an_answer_that_comes_late_or_a_second_time_is_asked_for_anew() {
    let (shop, ann) = Shop::with_keys().await;
    let mut key = shop.set_up_key(ann).await;
    let mut browser = half_way(&shop).await;
    let page = browser.get(KEY).await;
    let late = key.get(&browser.key_options(&page).await);
    shop.wait(SignedDuration::from_mins(5));
    let refused = send(&mut browser, &page, &late).await;
    assert!(refused.text().contains("open for too long"), "{refused}");
    let used = key.get(&browser.key_options(&page).await);
    assert_eq!(send(&mut browser, &page, &used).await.status(), 303);
    let mut browser = half_way(&shop).await;
    let page = browser.get(KEY).await;
    let refused = send(&mut browser, &page, &used).await;
    assert_eq!(refused.status(), 401);
    assert!(refused.text().contains("open for too long"), "{refused}");
}

#[tokio::test]
async fn a_copy_of_a_key_is_named_as_such_and_other_ways_stay_open() {
    let (shop, ann) = Shop::with_keys().await;
    let mut key = shop.set_up_key(ann).await;
    key.counter = 9;
    assert_eq!(
        show(&mut half_way(&shop).await, &mut key).await.status(),
        303
    );
    key.counter = 5;
    let mut browser = half_way(&shop).await;
    let refused = show(&mut browser, &mut key).await;
    assert_eq!(refused.status(), 401);
    assert!(
        refused.text().contains("as if there were a copy of it"),
        "{refused}"
    );
    assert!(refused.body.contains(&format!("href=\"{RECOVERY_CODE}\"")));
}

#[tokio::test]
async fn who_has_an_app_as_well_finds_either_on_the_other_s_page() {
    let (shop, ann) = Shop::with_keys().await;
    shop.set_up_app(ann).await;
    shop.force_providers("").await;
    shop.give_keys(ann, &["Blue"]).await;
    let mut browser = half_way(&shop).await;
    let code = browser.get(APP_CODE).await;
    assert!(code.body.contains(&format!("href=\"{KEY}\"")), "{code}");
    let page = browser.get(KEY).await;
    assert!(
        page.body.contains(&format!("href=\"{APP_CODE}\"")),
        "{page}"
    );
}

#[tokio::test]
async fn who_has_no_key_is_asked_for_none() {
    let (shop, ann) = Shop::with_keys().await;
    shop.set_up_app(ann).await;
    let mut browser = half_way(&shop).await;
    let page = browser.get(KEY).await;
    assert_eq!(page.header("location"), Some(SECOND_FACTOR));
    let form = browser.get(APP_CODE).await;
    let asked = browser.fill_in(&form, OPTIONS, &[]).await;
    assert_eq!(asked.status(), 403);
    assert_eq!(asked.body, r#"{"refused":"factor.not_allowed"}"#);
    let shown = send(&mut browser, &form, "{}").await;
    assert!(!browser.is_in().await, "{shown}");
}

#[tokio::test]
async fn no_other_form_and_no_other_browser_is_told_what_to_ask_or_let_in() {
    let (shop, ann) = Shop::with_keys().await;
    let mut key = shop.set_up_key(ann).await;
    let mut browser = half_way(&shop).await;
    let page = browser.get(KEY).await;
    let right = key.get(&browser.key_options(&page).await);
    let other = half_way(&shop).await.get(KEY).await;
    for form_key in ["", "x", &other.hidden("form_key").unwrap()] {
        let asked = browser.post(OPTIONS, &[("form_key", form_key)]).await;
        assert_eq!(asked.status(), 403);
        assert_eq!(asked.body, r#"{"refused":"factor.stale"}"#);
        let fields = [("form_key", form_key), ("answer", right.as_str())];
        let refused = browser.post(KEY, &fields).await;
        assert_eq!(refused.status(), 403);
        assert!(refused.text().contains("open for too long"));
    }
    let mut stranger = shop.browser();
    let asked = stranger.fill_in(&page, OPTIONS, &[]).await;
    assert_eq!(asked.body, r#"{"refused":"factor.not_pending"}"#);
    assert_eq!(send(&mut stranger, &page, &right).await.status(), 401);
    let mut second = half_way(&shop).await;
    let own = second.get(KEY).await;
    let refused = send(&mut second, &own, &right).await;
    assert!(refused.text().contains("open for too long"), "{refused}");
    assert!(!second.is_in().await);
    assert_eq!(browser.get(OPTIONS).await.status(), 405);
    assert_eq!(send(&mut browser, &page, &right).await.status(), 303);
}

#[tokio::test]
async fn at_another_address_of_the_shop_it_is_said_that_keys_do_not_work_there() {
    let (shop, ann) = Shop::with_keys().await;
    shop.set_up_key(ann).await;
    let mut browser = half_way(&shop).await;
    for host in [
        "shop.example",
        "evilshop.test",
        "192.0.2.1:8443",
        "not a host",
    ] {
        browser.set_header("host", host);
        let page = browser.get(KEY).await;
        assert!(
            page.text().contains("do not work at this address"),
            "{host}: {page}"
        );
        assert!(!page.body.contains("data-options"), "{host}");
    }
    for host in ["shop.test", "SHOP.test:8443"] {
        browser.set_header("host", host);
        let page = browser.get(KEY).await;
        assert!(page.body.contains("data-options"), "{host}: {page}");
    }
}

#[tokio::test]
async fn v15_while_the_integration_is_on_no_key_is_asked_for_or_taken() {
    let (shop, ann) = Shop::with_keys().await;
    let mut key = shop.set_up_key(ann).await;
    let mut browser = half_way(&shop).await;
    let page = browser.get(KEY).await;
    let right = key.get(&browser.key_options(&page).await);
    shop.switch_to(SignInMode::AdobeIms).await;
    let asked = browser.fetch_options(&page).await;
    assert_eq!(asked.body, r#"{"refused":"factor.integration_is_on"}"#);
    for answer in [
        browser.get(KEY).await,
        send(&mut browser, &page, &right).await,
    ] {
        assert_eq!(answer.status(), 403);
        assert!(
            answer.text().contains("Please sign in with Adobe ID"),
            "{answer}"
        );
        assert!(!answer.body.contains("data-key"));
    }
    assert_eq!(browser.cookie("__Host-postern"), None);
}
