//! Setting an app up on the way in.

use super::{REQUEST, codes, follow, half_way};
use crate::testing::second_factor::{APP_SET_UP, AuthenticatorApp, SECOND_FACTOR};
use crate::testing::{PASSWORD, Shop};
use jiff::SignedDuration;

#[tokio::test]
async fn where_keys_work_nowhere_yet_a_link_leads_straight_to_an_app() {
    let shop = Shop::open().await;
    let ann = shop.ann().await;
    shop.ask_for_second_factors();
    let link = shop.enrolment_link(ann).await;
    let mut browser = half_way(&shop).await;
    let answer = browser.get(&link).await;
    let location = answer.header("location").unwrap();
    assert!(location.starts_with(APP_SET_UP), "{location}");
}

#[tokio::test]
async fn a_link_leads_over_the_password_to_an_app_and_in_with_a_sheet_of_codes() {
    let (shop, ann) = Shop::with_keys().await;
    let link = shop.enrolment_link(ann).await;
    let mut browser = shop.browser();
    let page = browser.get(&link).await;
    assert_eq!(page.status(), 401);
    let fields = [("login[username]", "ann"), ("login[password]", PASSWORD)];
    let answer = browser.fill_in(&page, "/back", &fields).await;
    assert_eq!(answer.header("location"), Some(link.as_str()));
    let choice = follow(&mut browser, &answer).await;
    insta::assert_snapshot!(choice, @r"
    200 OK
    content-type: text/html; charset=utf-8

    Choose a second factor
    At each sign-in you will show it after your password.
    Set up an authenticator app
    An app on your phone shows a new code every half minute.
    Set up a security key or passkey
    A key for the USB port, or your phone or computer itself. It cannot be tricked by a false page.
    ");
    let address = choice.between("href=\"/back/tfa/google", "\"");
    let page = browser.get(&format!("/back/tfa/google{address}")).await;
    assert_eq!(page.status(), 200);
    assert!(page.text().contains("Scan this picture"));
    assert!(!page.body.contains("style="), "the policy forbids it");
    let app = AuthenticatorApp::typed_from(&page);
    let code = app.code(shop.app.now());
    let fields = [("tfa_code", code.as_str())];
    let sheet = browser.fill_in(&page, APP_SET_UP, &fields).await;
    let codes = codes(&sheet);
    assert_eq!(codes.len(), 10);
    let text = codes
        .iter()
        .fold(sheet.text(), |text, code| text.replace(code, "CODE"));
    insta::assert_snapshot!(format!("{}\n{text}", sheet.status()), @r"
    200 OK
    Your recovery codes
    Each of these codes lets ann in once, after the password, when neither app nor key is at hand.
    They are shown only now. Print them, or keep them in a password manager.
    CODE
    CODE
    CODE
    CODE
    CODE
    CODE
    CODE
    CODE
    CODE
    CODE
    I have kept them
    Go on without
    ");
    assert_eq!(sheet.header("cache-control"), Some("no-store"));
    assert!(browser.is_in().await);
    let again = browser.fill_in(&page, APP_SET_UP, &fields).await;
    assert_eq!(again.header("location"), Some("/back"));
}

#[tokio::test]
async fn a_wrong_first_code_sets_nothing_up_and_the_key_on_the_page_stays_the_same() {
    let shop = Shop::open().await;
    let ann = shop.ann().await;
    shop.ask_for_second_factors();
    shop.set("twofactorauth/general/force_providers", "google")
        .await;
    let mut browser = half_way(&shop).await;
    let link = shop.enrolment_link(ann).await;
    let answer = browser.get(&link).await;
    let page = follow(&mut browser, &answer).await;
    let app = AuthenticatorApp::typed_from(&page);
    let now = shop.app.now();
    let ahead = app.code(now + SignedDuration::from_mins(2));
    for (code, words) in [
        ("000", "nothing was set up yet"),
        (&ahead, "2 minutes fast"),
    ] {
        let answer = browser
            .fill_in(&page, APP_SET_UP, &[("tfa_code", code)])
            .await;
        assert_eq!(answer.status(), 401);
        assert!(answer.text().contains(words), "{answer}");
        let shown = AuthenticatorApp::typed_from(&answer);
        assert_eq!(shown.code(now), app.code(now));
    }
    let count = "SELECT COUNT(*) FROM #tfa_user_config";
    assert_eq!(shop.number(count).await, 0);
    let code = app.code(now);
    let answer = browser
        .fill_in(&page, APP_SET_UP, &[("tfa_code", &code)])
        .await;
    assert_eq!(answer.status(), 200);
    assert!(browser.is_in().await);
}

#[tokio::test]
async fn a_link_of_somebody_else_or_of_yesterday_sets_nothing_up() {
    let shop = Shop::open().await;
    let ann = shop.ann().await;
    let bob = shop.admin("bob").await;
    shop.ask_for_second_factors();
    shop.set("twofactorauth/general/force_providers", "google")
        .await;
    let of_bob = shop.enrolment_link(bob).await;
    let old = shop.enrolment_link(ann).await;
    shop.wait(SignedDuration::from_mins(61));
    let fresh = shop.enrolment_link(ann).await;
    let mut browser = half_way(&shop).await;
    let answer = browser.get(&fresh).await;
    let page = follow(&mut browser, &answer).await;
    let app = AuthenticatorApp::typed_from(&page);
    let code = app.code(shop.app.now());
    let void = format!("{REQUEST}?void");
    let cut = fresh.len() - 3;
    for link in [
        of_bob.as_str(),
        &old,
        &fresh[..cut],
        &format!("{fresh}&tfat=x"),
    ] {
        let leads = browser
            .get(link)
            .await
            .header("location")
            .unwrap()
            .to_owned();
        assert!([REQUEST, &void].contains(&leads.as_str()), "{link} {leads}");
        let (_, token) = link.split_once("tfat=").unwrap();
        let token = token
            .replace("%3D", "=")
            .replace("%2B", "+")
            .replace("%2F", "/");
        let fields = [
            ("form_key", page.hidden("form_key").unwrap()),
            ("proposal", page.hidden("proposal").unwrap()),
            ("tfat", token),
            ("tfa_code", code.clone()),
        ];
        let fields = fields
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        let answer = browser.post(APP_SET_UP, &fields).await;
        assert_eq!(answer.header("location"), Some(void.as_str()), "{link}");
    }
    assert!(!browser.is_in().await);
    let answer = browser.get(&void).await;
    assert_eq!(answer.status(), 403);
    assert!(answer.text().contains("This link is too old"), "{answer}");
}

#[tokio::test]
async fn who_has_an_app_sets_up_no_other_with_a_link() {
    let shop = Shop::open().await;
    let ann = shop.ann().await;
    shop.ask_for_second_factors();
    shop.set_up_app(ann).await;
    let link = shop.enrolment_link(ann).await;
    let mut browser = half_way(&shop).await;
    let answer = browser.get(&link).await;
    assert_eq!(answer.header("location"), Some("/back/tfa/google/auth/"));
    let address = link.replace("tfa/tfa/index", "tfa/google/configure");
    let answer = browser.get(&address).await;
    assert_eq!(answer.header("location"), Some(SECOND_FACTOR));
}

#[tokio::test]
async fn where_another_provider_is_forced_no_app_is_set_up() {
    let shop = Shop::open().await;
    let ann = shop.ann().await;
    shop.ask_for_second_factors();
    shop.set("twofactorauth/general/force_providers", "u2fkey")
        .await;
    let link = shop.enrolment_link(ann).await;
    let mut browser = half_way(&shop).await;
    let answer = browser.get(&link).await;
    let location = answer.header("location").unwrap();
    assert!(location.starts_with("/back/tfa/u2f/configure/?tfat="));
    let address = link.replace("tfa/tfa/index", "tfa/google/configure");
    let answer = browser.get(&address).await;
    assert_eq!(answer.header("location"), Some(SECOND_FACTOR));
}
