//! A code of an app with the password.

use super::{AUTHENTICATE, BAD_CREDENTIALS, asking, authenticate, token};
use crate::testing::PASSWORD;
use crate::testing::second_factor::{APP_CODE, STEP};
use jiff::SignedDuration;

#[tokio::test]
async fn a_code_with_the_password_gets_a_token_once() {
    let (shop, ann) = asking().await;
    let app = shop.set_up_app(ann).await;
    let now = app.code(shop.app.now());
    token(&authenticate(&shop, PASSWORD, &now).await);
    for otp in [now.as_str(), "000000", "", "12345", "abcdef"] {
        let answer = authenticate(&shop, PASSWORD, otp).await;
        insta::allow_duplicates! { insta::assert_snapshot!(answer, @r#"
        401 Unauthorized
        content-type: application/json; charset=utf-8

        {"message":"Invalid code."}
        "#); }
    }
    shop.wait(STEP);
    let next = app.code(shop.app.now());
    let wrong = authenticate(&shop, "wrong", &next).await;
    assert_eq!(wrong.told(), (401, BAD_CREDENTIALS));
    token(&authenticate(&shop, PASSWORD, &next).await);
    assert_eq!(shop.count("postern_pending_sign_in").await, 0);
}

#[tokio::test]
async fn codes_count_at_both_doors_together_and_a_half_sign_in_forgives_nothing() {
    let (shop, ann) = asking().await;
    let app = shop.set_up_app(ann).await;
    shop.set("oauth/authentication_lock/max_failures_count", "3")
        .await;
    authenticate(&shop, "wrong", "000000").await;
    let failures = "SELECT failures_count FROM #oauth_token_request_log";
    for _ in 0..9 {
        let answer = authenticate(&shop, PASSWORD, "000000").await;
        assert_eq!(answer.body, r#"{"message":"Invalid code."}"#);
        assert_eq!(
            shop.number(failures).await,
            1,
            "as the right password found it"
        );
    }
    let mut browser = shop.browser();
    browser.sign_in("ann", PASSWORD).await;
    let page = browser.get(APP_CODE).await;
    let fields = [("tfa_code", "000000")];
    browser.fill_in(&page, APP_CODE, &fields).await;
    let right = app.code(shop.app.now());
    let locked = authenticate(&shop, PASSWORD, &right).await;
    assert_eq!(locked.told(), (401, BAD_CREDENTIALS));
    shop.wait(SignedDuration::from_mins(6));
    let right = app.code(shop.app.now());
    token(&authenticate(&shop, PASSWORD, &right).await);
    assert_eq!(shop.count("oauth_token_request_log").await, 0);
}

#[tokio::test]
async fn a_provider_that_one_does_not_have_gets_no_token() {
    let (shop, _) = asking().await;
    insta::assert_snapshot!(authenticate(&shop, PASSWORD, "000000").await, @r#"
    400 Bad Request
    content-type: application/json; charset=utf-8

    {"message":"Provider is not configured."}
    "#);
    shop.set("twofactorauth/general/force_providers", "u2fkey")
        .await;
    insta::assert_snapshot!(authenticate(&shop, PASSWORD, "000000").await, @r#"
    400 Bad Request
    content-type: application/json; charset=utf-8

    {"message":"Provider is not allowed."}
    "#);
}

#[tokio::test]
async fn a_body_that_is_none_is_refused_in_commerces_form() {
    let (shop, _) = asking().await;
    let mut program = shop.browser();
    let huge = format!(r#"{{"username":"{}"}}"#, "x".repeat(70_000));
    let mut told = String::new();
    for (media_type, body) in [
        ("application/json", "{\"username\":"),
        ("application/json", "{}"),
        (
            "application/json",
            r#"{"username":"ann","password":"x","otp":["hush"]}"#,
        ),
        (
            "application/json",
            r#"{"username":"","password":"","otp":""}"#,
        ),
        ("text/plain", "{}"),
        ("application/json", huge.as_str()),
    ] {
        let answer = program.send_json(AUTHENTICATE, media_type, body).await;
        told += &format!("{} {}\n", answer.status().as_u16(), answer.body);
    }
    insta::assert_snapshot!(told, @r#"
    400 {"message":"Decoding error."}
    400 {"message":"One or more input exceptions have occurred.","errors":[{"message":"\"%fieldName\" is required. Enter and try again.","parameters":{"fieldName":"username"}},{"message":"\"%fieldName\" is required. Enter and try again.","parameters":{"fieldName":"password"}},{"message":"\"%fieldName\" is required. Enter and try again.","parameters":{"fieldName":"otp"}}]}
    400 {"message":"Error occurred during \"otp\" processing. The value's type is invalid. The \"string\" type was expected. Verify and try again."}
    400 {"message":"One or more input exceptions have occurred.","errors":[{"message":"\"%fieldName\" is required. Enter and try again.","parameters":{"fieldName":"username"}},{"message":"\"%fieldName\" is required. Enter and try again.","parameters":{"fieldName":"password"}}]}
    400 {"message":"Server cannot understand Content-Type HTTP header media type text/plain"}
    413 {"message":"This request is too large. Please go back and try again."}
    "#);
}

#[tokio::test]
async fn without_a_database_nobody_gets_a_token() {
    let (shop, ann) = asking().await;
    let app = shop.set_up_app(ann).await;
    shop.lose_database().await;
    let answer = authenticate(&shop, PASSWORD, &app.code(shop.app.now())).await;
    assert_eq!(answer.status(), 503, "{answer}");
}
