//! Setting a security key up on the way in.

use super::{REQUEST, codes, half_way, marks_name};
use crate::testing::Shop;
use crate::testing::second_factor::SECOND_FACTOR;
use crate::testing::security_key::{KEY, KEY_SET_UP, authenticator};
use domain::sign_in_mode::SignInMode;

const OPTIONS: &str = "/back/tfa/u2f/configure/options/";

#[tokio::test]
async fn a_link_sets_a_key_up_under_a_name_and_lets_its_owner_in_with_a_sheet_of_codes() {
    let (shop, ann) = Shop::with_keys().await;
    let mut browser = shop.browser();
    let page = shop.key_set_up_page(&mut browser, ann).await;
    insta::assert_snapshot!(page, @r"
    200 OK
    content-type: text/html; charset=utf-8

    Set up a security key or passkey
    It can be a key for the USB port, or your phone or computer itself. At each sign-in you show it by touching or unlocking it; many let you in without the password as well.
    It is bound to the address of this page, so that no false page can get anything out of it. It is of no use anywhere else.
    If it is lost, another key, an authenticator app or a recovery code lets you in. Then take the lost one away.
    This browser cannot use security keys, or it runs no scripts. Use another browser.
    Name of the key
    [field]
    By which you recognise it among your keys, such as “Blue key on the key ring”.
    [button] Set up the key
    Other ways
    Set up an authenticator app
    [button] Use another account
    ");
    assert_eq!(page.header("cache-control"), Some("no-store"));
    let instead = page.between("href=\"/back/tfa/google/configure/", "\"");
    let instead = format!("/back/tfa/google/configure/{instead}");
    assert_eq!(browser.get(&instead).await.status(), 200);
    shop.force_providers("u2fkey").await;
    let alone = shop.key_set_up_page(&mut shop.browser(), ann).await;
    assert!(!alone.body.contains("tfa/google"), "{alone}");
    let answer = authenticator().create(&browser.key_options(&page).await);
    let fields = [("name", " Blue & <b> "), ("answer", answer.as_str())];
    let sheet = browser.fill_in(&page, KEY_SET_UP, &fields).await;
    assert_eq!(codes(&sheet).len(), 10);
    assert!(browser.is_in().await);
    let again = browser.fill_in(&page, KEY_SET_UP, &fields).await;
    assert_eq!(again.header("location"), Some("/back"));
    let own = browser.get("/back/tfa/account/").await;
    assert!(
        own.body.contains("<strong>Blue &#38; &#60;b&#62;</strong>"),
        "{}",
        own.body
    );
    let asked = half_way(&shop).await.get(SECOND_FACTOR).await;
    assert_eq!(asked.header("location"), Some(KEY));
}

#[tokio::test]
async fn what_is_wrong_with_a_new_key_is_said_and_what_was_typed_is_kept() {
    let (shop, ann) = Shop::with_keys().await;
    let mut browser = shop.browser();
    let page = shop.key_set_up_page(&mut browser, ann).await;
    let options = browser.key_options(&page).await;
    let right = authenticator().create(&options);
    let long = "x".repeat(65);
    let mut elsewhere = authenticator();
    elsewhere.origin = "https://sh0p.test".to_owned();
    let elsewhere = elsewhere.create(&options);
    for (name, answer, words) in [
        (
            "",
            right.as_str(),
            "A name is needed, with 64 characters at most.",
        ),
        ("  ", &right, "A name is needed"),
        (&long, &right, "A name is needed"),
        (
            "Blue",
            "",
            "This key was not accepted, so nothing was set up.",
        ),
        ("Blue", "{\"id\":1}", "This key was not accepted"),
        ("Blue", &elsewhere, "do not work at this address"),
    ] {
        let fields = [("name", name), ("answer", answer)];
        let refused = browser.fill_in(&page, KEY_SET_UP, &fields).await;
        assert_eq!(refused.status(), 422, "{words}");
        assert!(refused.text().contains(words), "{words}\n{refused}");
        assert!(
            refused
                .body
                .contains(&format!("type=\"text\" value=\"{name}\""))
        );
        let is_about_name = words.starts_with("A name is needed");
        assert_eq!(marks_name(&refused), is_about_name, "{words}");
        assert!(!browser.is_in().await);
    }
    assert_eq!(shop.count("postern_security_key").await, 0);
    let page = shop.key_set_up_page(&mut browser, ann).await;
    let right = authenticator().create(&browser.key_options(&page).await);
    let fields = [("name", "Blue"), ("answer", right.as_str())];
    let sheet = browser.fill_in(&page, KEY_SET_UP, &fields).await;
    assert_eq!(sheet.status(), 200, "{sheet}");
}

#[tokio::test]
async fn without_a_good_link_of_one_s_own_nothing_is_asked_and_nothing_set_up() {
    let (shop, ann) = Shop::with_keys().await;
    let bob = shop.admin("bob").await;
    let mut browser = shop.browser();
    let page = shop.key_set_up_page(&mut browser, ann).await;
    let right = authenticator().create(&browser.key_options(&page).await);
    let of_bob = shop.enrolment_link(bob).await;
    let form_key = page.hidden("form_key").unwrap();
    let address = of_bob.replace("tfa/tfa/index", "tfa/u2f/configure");
    let void = format!("{REQUEST}?void");
    for address in [KEY_SET_UP, &address] {
        let answer = browser.get(address).await;
        assert_eq!(answer.header("location"), Some(void.as_str()), "{address}");
    }
    for token in ["", "x"] {
        let fields = [("form_key", form_key.as_str()), ("tfat", token)];
        let asked = browser.post(OPTIONS, &fields).await;
        assert_eq!(asked.body, r#"{"refused":"factor.link_needed"}"#);
        let more = [("name", "Blue"), ("answer", right.as_str())];
        let fields = [&fields[..], &more].concat();
        let answer = browser.post(KEY_SET_UP, &fields).await;
        assert_eq!(answer.header("location"), Some(void.as_str()));
    }
    assert_eq!(shop.count("postern_security_key").await, 0);
}

#[tokio::test]
async fn a_form_of_another_browser_sets_nothing_up() {
    let (shop, ann) = Shop::with_keys().await;
    let mut browser = shop.browser();
    let page = shop.key_set_up_page(&mut browser, ann).await;
    let right = authenticator().create(&browser.key_options(&page).await);
    let tfat = page.hidden("tfat").unwrap();
    let other = shop.key_set_up_page(&mut shop.browser(), ann).await;
    for form_key in ["", &other.hidden("form_key").unwrap()] {
        let fields = [
            ("form_key", form_key),
            ("tfat", &tfat),
            ("name", "Blue"),
            ("answer", &right),
        ];
        let asked = browser.post(OPTIONS, &fields).await;
        assert_eq!(asked.body, r#"{"refused":"factor.stale"}"#);
        let refused = browser.post(KEY_SET_UP, &fields).await;
        assert_eq!(refused.status(), 403);
        assert!(refused.text().contains("open for too long"));
    }
    let stranger = shop.browser().fill_in(&page, OPTIONS, &[]).await;
    assert_eq!(stranger.body, r#"{"refused":"factor.not_pending"}"#);
    assert!(!browser.is_in().await);
}

#[tokio::test]
async fn who_has_a_factor_or_must_have_another_sets_no_key_up_with_a_link() {
    let (shop, ann) = Shop::with_keys().await;
    let mut browser = shop.browser();
    let page = shop.key_set_up_page(&mut browser, ann).await;
    shop.force_providers("google").await;
    let asked = browser.fetch_options(&page).await;
    assert_eq!(asked.body, r#"{"refused":"factor.not_allowed"}"#);
    let answer = browser.fill_in(&page, KEY_SET_UP, &[]).await;
    assert_eq!(answer.header("location"), Some(SECOND_FACTOR));
    shop.set_up_app(ann).await;
    shop.force_providers("").await;
    let asked = browser.fetch_options(&page).await;
    assert_eq!(asked.body, r#"{"refused":"factor.already_set_up"}"#);
    let page = shop.key_set_up_page(&mut shop.browser(), ann).await;
    assert_eq!(page.header("location"), Some(SECOND_FACTOR));
}

#[tokio::test]
async fn v15_while_the_integration_is_on_no_key_is_set_up() {
    let (shop, ann) = Shop::with_keys().await;
    let mut browser = shop.browser();
    let page = shop.key_set_up_page(&mut browser, ann).await;
    let right = authenticator().create(&browser.key_options(&page).await);
    shop.switch_to(SignInMode::AdobeIms).await;
    let asked = browser.fetch_options(&page).await;
    assert_eq!(asked.body, r#"{"refused":"factor.integration_is_on"}"#);
    let fields = [("name", "Blue"), ("answer", right.as_str())];
    let answer = browser.fill_in(&page, KEY_SET_UP, &fields).await;
    assert_eq!(answer.status(), 403);
    assert_eq!(shop.count("postern_security_key").await, 0);
}
