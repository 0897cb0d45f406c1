//! A password alone, at the door where Commerce gives tokens without a second factor.

use super::{BAD_CREDENTIALS, asking};
use crate::testing::PASSWORD;
use serde_json::json;

#[tokio::test]
async fn a_password_alone_gets_no_token_but_is_told_which_factor_to_bring() {
    let (shop, ann) = asking().await;
    shop.set_up_app(ann).await;
    let body = json!({"username": "ann", "password": PASSWORD}).to_string();
    insta::assert_snapshot!(shop.ask_for_token(&body).await, @r#"
    400 Bad Request
    content-type: application/json; charset=utf-8

    {"message":"Please use the 2fa provider-specific endpoints to obtain a token.","parameters":{"active_providers":["google"]}}
    "#);
    let wrong = json!({"username": "ann", "password": "wrong"}).to_string();
    let answer = shop.ask_for_token(&wrong).await;
    assert_eq!(answer.told(), (401, BAD_CREDENTIALS));
    assert_eq!(shop.count("postern_pending_sign_in").await, 0);
}

#[tokio::test]
async fn who_has_nothing_is_mailed_a_link_and_told_so() {
    let (shop, ann) = asking().await;
    let body = json!({"username": "ann", "password": PASSWORD}).to_string();
    let letters = "SELECT COUNT(*) FROM #postern_mail WHERE subject LIKE '2FA configuration%'";
    for _ in 0..2 {
        let answer = shop.ask_for_token(&body).await;
        insta::allow_duplicates! { insta::assert_snapshot!(answer, @r#"
        400 Bad Request
        content-type: application/json; charset=utf-8

        {"message":"You are required to configure personal Two-Factor Authorization in order to login. Please check your email.","parameters":{"providers":["google","u2fkey"],"active_providers":[]}}
        "#); }
        assert_eq!(
            shop.number(letters).await,
            1,
            "one, however often it is asked"
        );
    }
    shop.execute(&format!(
        "UPDATE #admin_user SET email = NULL WHERE user_id = {ann}"
    ))
    .await;
    insta::assert_snapshot!(shop.ask_for_token(&body).await, @r#"
    400 Bad Request
    content-type: application/json; charset=utf-8

    {"message":"Failed to send the message. Please contact the administrator"}
    "#);
}
