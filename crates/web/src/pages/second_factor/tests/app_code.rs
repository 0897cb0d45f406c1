//! The code of an authenticator app.

use super::{REQUEST, follow, half_way, type_code};
use crate::testing::second_factor::{APP_CODE, APP_SET_UP, SECOND_FACTOR, STEP};
use crate::testing::{PASSWORD, Shop};
use domain::sign_in_mode::SignInMode;
use jiff::SignedDuration;

#[tokio::test]
async fn a_code_of_the_app_after_the_password_opens_a_session_and_the_errand_is_kept() {
    let shop = Shop::open().await;
    let ann = shop.ann().await;
    shop.ask_for_second_factors();
    let app = shop.set_up_app(ann).await;
    let mut browser = shop.browser();
    let page = browser.get("/back/security/session/activity/").await;
    let fields = [("login[username]", "ann"), ("login[password]", PASSWORD)];
    let answer = browser.fill_in(&page, "/back", &fields).await;
    insta::assert_snapshot!(answer, @r"
    303 See Other
    location: /back/tfa/tfa/index/
    ");
    assert_eq!(browser.cookie("__Host-postern"), None);
    let answer = follow(&mut browser, &answer).await;
    assert_eq!(answer.header("location"), Some(APP_CODE));
    insta::assert_snapshot!(browser.get(APP_CODE).await, @r"
    200 OK
    content-type: text/html; charset=utf-8

    Code of your app
    ann, type the code that your authenticator app shows now.
    Authenticator code
    [field]
    [button] Confirm
    Other ways
    Use a recovery code
    [button] Use another account
    ");
    let code = app.code(shop.app.now());
    let typed = format!(" {} {} ", &code[..3], &code[3..]);
    let answer = type_code(&mut browser, APP_CODE, &typed).await;
    insta::assert_snapshot!(answer, @r"
    303 See Other
    location: /back/security/session/activity/
    ");
    assert_eq!(browser.cookie("__Host-postern-pending"), None);
    assert!(browser.is_in().await);
    for page in [SECOND_FACTOR, APP_CODE, APP_SET_UP, REQUEST] {
        let answer = browser.get(page).await;
        assert_eq!(answer.header("location"), Some("/back"), "{page}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_code_is_said_and_opens_nothing() {
    let shop = Shop::open().await;
    let ann = shop.ann().await;
    shop.ask_for_second_factors();
    let app = shop.set_up_app(ann).await;
    let mut browser = half_way(&shop).await;
    let now = shop.app.now();
    let cases = [
        ("12345".to_owned(), "This code is wrong."),
        (app.code(now - STEP), "This code was used already."),
        // Whoever guessed one of these would only have to wait for its time.
        (app.code(now + STEP * 4), "This code is wrong."),
        (
            app.code(now - STEP * 5),
            "for a clock that is 3 minutes slow.",
        ),
    ];
    for (code, words) in cases {
        let answer = type_code(&mut browser, APP_CODE, &code).await;
        assert_eq!(answer.status(), 401, "{words}");
        assert!(answer.text().contains(words), "{words}\n{answer}");
        let field = answer.between("<input id=\"tfa_code\"", ">");
        assert!(field.contains("aria-describedby=\"notice\""), "{field}");
        assert!(!answer.body.contains(&code), "{code}");
    }
    assert!(!browser.is_in().await);
    let answer = type_code(&mut browser, APP_CODE, &app.code(now)).await;
    assert_eq!(answer.status(), 303);
}

#[tokio::test]
async fn in_a_browser_that_the_account_knows_a_clock_that_is_fast_is_told_as_well() {
    let shop = Shop::open().await;
    let ann = shop.ann().await;
    shop.ask_for_second_factors();
    let app = shop.set_up_app(ann).await;
    let mut browser = half_way(&shop).await;
    type_code(&mut browser, APP_CODE, &app.code(shop.app.now())).await;
    assert!(browser.is_in().await);
    let leave = browser.get("/back/admin/auth/logout").await;
    browser
        .fill_in(&leave, "/back/admin/auth/logout", &[])
        .await;
    browser.sign_in("ann", PASSWORD).await;
    let code = app.code(shop.app.now() + STEP * 4);
    let answer = type_code(&mut browser, APP_CODE, &code).await;
    let words = "for a clock that is 2 minutes fast.";
    assert!(answer.text().contains(words), "{answer}");
}

#[tokio::test]
async fn too_many_wrong_codes_lock_and_the_page_says_for_how_long_and_which_way_is_open() {
    let shop = Shop::open().await;
    let ann = shop.ann().await;
    shop.ask_for_second_factors();
    let app = shop.set_up_app(ann).await;
    let mut browser = half_way(&shop).await;
    for _ in 0..10 {
        let answer = type_code(&mut browser, APP_CODE, "x").await;
        assert_eq!(answer.status(), 401);
    }
    let code = app.code(shop.app.now());
    let answer = type_code(&mut browser, APP_CODE, &code).await;
    insta::assert_snapshot!(answer, @r"
    429 Too Many Requests
    content-type: text/html; charset=utf-8
    retry-after: 300

    Code of your app
    There were too many wrong codes. Codes are looked at again in 5 minutes; until then another way may work.
    ann, type the code that your authenticator app shows now.
    Authenticator code
    [field]
    [button] Confirm
    Other ways
    Use a recovery code
    [button] Use another account
    ");
    shop.wait(SignedDuration::from_mins(5));
    let code = app.code(shop.app.now());
    let answer = type_code(&mut browser, APP_CODE, &code).await;
    assert_eq!(answer.status(), 303);
}

#[tokio::test]
async fn a_form_that_is_not_of_this_sign_in_opens_nothing_and_offers_a_fresh_one() {
    let shop = Shop::open().await;
    let ann = shop.ann().await;
    shop.ask_for_second_factors();
    let app = shop.set_up_app(ann).await;
    let mut browser = half_way(&shop).await;
    let other = half_way(&shop).await.get(APP_CODE).await;
    let code = app.code(shop.app.now());
    for key in ["", "x", &other.hidden("form_key").unwrap()] {
        let fields = [("form_key", key), ("tfa_code", code.as_str())];
        let answer = browser.post(APP_CODE, &fields).await;
        assert_eq!(answer.status(), 403, "{key}");
        assert!(answer.text().contains("open for too long"));
        assert_ne!(answer.hidden("form_key").unwrap(), "");
    }
    assert!(!browser.is_in().await);
    let answer = type_code(&mut browser, APP_CODE, &code).await;
    assert_eq!(answer.status(), 303);
}

#[tokio::test]
async fn who_gives_up_may_be_somebody_else_and_the_sign_in_is_over() {
    let shop = Shop::open().await;
    let ann = shop.ann().await;
    shop.ask_for_second_factors();
    let app = shop.set_up_app(ann).await;
    let mut browser = half_way(&shop).await;
    let page = browser.get(APP_CODE).await;
    let pending = browser.cookie("__Host-postern-pending").unwrap().to_owned();
    let forged = browser.post("/back/tfa/tfa/giveup/", &[]).await;
    assert_eq!(forged.header("location"), Some(SECOND_FACTOR));
    let answer = browser.fill_in(&page, "/back/tfa/tfa/giveup/", &[]).await;
    assert_eq!(answer.header("location"), Some("/back"));
    assert_eq!(browser.cookie("__Host-postern-pending"), None);
    browser.set_cookie("__Host-postern-pending", &pending);
    let code = app.code(shop.app.now());
    let answer = browser
        .fill_in(&page, APP_CODE, &[("tfa_code", &code)])
        .await;
    assert_eq!(answer.status(), 401);
    assert!(answer.text().contains("Please sign in first."));
}

#[tokio::test]
async fn v09_a_malformed_or_foreign_cookie_is_no_sign_in_under_way_and_no_error() {
    let shop = Shop::open().await;
    shop.ann().await;
    shop.ask_for_second_factors();
    for cookie in ["x", "..", "\u{1}", &"a".repeat(64), &"a".repeat(65)] {
        for page in [SECOND_FACTOR, APP_CODE, APP_SET_UP, REQUEST] {
            let mut browser = shop.browser();
            browser.set_cookie("__Host-postern-pending", &cookie.replace('\u{1}', "%01"));
            let answer = browser.get(page).await;
            assert_eq!(answer.status(), 401, "{cookie} {page}");
        }
    }
}

#[tokio::test]
async fn a_sign_in_that_waited_too_long_begins_anew_and_leads_back_to_the_errand_only() {
    let shop = Shop::open().await;
    let ann = shop.ann().await;
    shop.ask_for_second_factors();
    let app = shop.set_up_app(ann).await;
    let mut browser = half_way(&shop).await;
    shop.wait(SignedDuration::from_mins(10));
    let page = browser.get(APP_CODE).await;
    assert_eq!(page.status(), 401);
    assert_eq!(page.hidden("back").as_deref(), Some(APP_CODE));
    let fields = [("login[username]", "ann"), ("login[password]", PASSWORD)];
    let answer = browser.fill_in(&page, "/back", &fields).await;
    assert_eq!(answer.header("location"), Some(SECOND_FACTOR));
    let code = app.code(shop.app.now());
    let answer = type_code(&mut browser, APP_CODE, &code).await;
    assert_eq!(answer.header("location"), Some("/back?others_ended"));
}

#[tokio::test]
async fn v15_while_the_integration_is_on_no_page_of_a_second_factor_takes_anything() {
    let shop = Shop::open().await;
    let ann = shop.ann().await;
    shop.ask_for_second_factors();
    let app = shop.set_up_app(ann).await;
    let mut browser = half_way(&shop).await;
    let page = browser.get(APP_CODE).await;
    shop.switch_to(SignInMode::AdobeIms).await;
    shop.execute("DELETE FROM #postern_mail").await;
    let code = app.code(shop.app.now());
    for path in [APP_CODE, APP_SET_UP, REQUEST, "/back/tfa/recovery/auth/"] {
        for answer in [
            browser.fill_in(&page, path, &[("tfa_code", &code)]).await,
            browser.get(path).await,
        ] {
            assert_eq!(answer.status(), 403, "{path}");
            let words = "Please sign in with Adobe ID";
            assert!(answer.text().contains(words), "{path}\n{answer}");
        }
    }
    assert_eq!(browser.get(SECOND_FACTOR).await.status(), 403);
    assert_eq!(shop.count("postern_mail").await, 0);
    assert_eq!(browser.cookie("__Host-postern"), None);
}

#[tokio::test]
async fn where_the_shop_has_just_come_to_ask_for_nothing_the_password_is_asked_for_again() {
    let shop = Shop::open().await;
    let ann = shop.ann().await;
    shop.ask_for_second_factors();
    shop.set_up_app(ann).await;
    let mut browser = half_way(&shop).await;
    shop.ask_for_no_second_factors();
    let answer = browser.get(SECOND_FACTOR).await;
    assert_eq!(answer.header("location"), Some("/back"));
    assert!(!browser.is_in().await);
    browser.sign_in("ann", PASSWORD).await;
    assert!(browser.is_in().await);
}

#[tokio::test]
async fn the_pages_speak_the_language_of_the_account() {
    let shop = Shop::open().await;
    let ann = shop.ann().await;
    shop.ask_for_second_factors();
    shop.set_up_app(ann).await;
    for (locale, heading) in [("nl_NL", "Code van uw app"), ("sv_SE", "Koden i din app")] {
        shop.execute(&format!(
            "UPDATE #admin_user SET interface_locale = '{locale}'"
        ))
        .await;
        let mut browser = half_way(&shop).await;
        let page = browser.get(APP_CODE).await;
        assert!(page.text().contains(heading), "{page}");
        assert!(page.body.contains(&format!("lang=\"{}\"", &locale[..2])));
    }
}
