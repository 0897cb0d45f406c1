//! A security key: set up with a link, and shown with the password.

use super::{BAD_CREDENTIALS, send, token};
use crate::testing::security_key::authenticator;
use crate::testing::{Answer, PASSWORD, Shop};
use axum::http::Method;
use domain::sign_in_mode::SignInMode;
use serde_json::{Value, json};

/// What a key is asked.
fn question(answer: &Answer, name: &str) -> String {
    assert_eq!(answer.status(), 200, "{answer}");
    let body: Value = serde_json::from_str(&answer.body).unwrap();
    let text = body["credential_request_options_json"].as_str().unwrap();
    let wrapped: Value = serde_json::from_str(text).unwrap();
    wrapped[name].to_string()
}

async fn post(shop: &Shop, path: &str, body: Value) -> Answer {
    let path = format!("/rest/V1/tfa/provider/u2fkey/{path}");
    send(shop, Method::POST, &path, body).await
}

#[tokio::test]
async fn a_program_sets_a_key_up_with_a_link_and_comes_in_with_it() {
    let (shop, ann) = Shop::with_keys().await;
    let mut key = authenticator();
    let link = shop.enrolment_token(ann).await;
    let credentials = json!({"username": "ann", "password": PASSWORD});
    let none = post(&shop, "authentication-challenge", credentials.clone()).await;
    assert_eq!(none.body, r#"{"message":"Provider is not configured."}"#);

    let configured = post(&shop, "configure", json!({"tfaToken": link})).await;
    let made = key.create(&question(&configured, "publicKey"));
    let activate = json!({"tfaToken": link, "publicKeyCredentialJson": made});
    let forged = json!({"tfaToken": link, "publicKeyCredentialJson": "{}"});
    let refused = post(&shop, "activate", forged).await;
    assert_eq!(refused.told(), (401, r#"{"message":"Invalid U2F key."}"#));
    let answer = post(&shop, "activate", activate.clone()).await;
    assert_eq!(answer.told(), (200, "[]"));
    assert_eq!(
        shop.count("postern_recovery_code").await,
        0,
        "nobody saw any"
    );
    let again = post(&shop, "activate", activate).await;
    assert_eq!(
        again.body,
        r#"{"message":"Invalid two-factor authorization token"}"#
    );

    let asked = post(&shop, "authentication-challenge", credentials.clone()).await;
    let shown = key.get(&question(&asked, "credentialRequestOptions"));
    let with = |password: &str, shown: &str| json!({"username": "ann", "password": password, "publicKeyCredentialJson": shown});
    let wrong = post(&shop, "verify", with("wrong", &shown)).await;
    assert_eq!(wrong.told(), (401, BAD_CREDENTIALS));
    token(&post(&shop, "verify", with(PASSWORD, &shown)).await);
    let replayed = post(&shop, "verify", with(PASSWORD, &shown)).await;
    assert_eq!(
        replayed.body, r#"{"message":"Invalid U2F key."}"#,
        "an answer is good once"
    );
    assert_eq!(shop.count("postern_pending_sign_in").await, 0);
    let body = credentials.to_string();
    let told = shop.ask_for_token(&body).await;
    assert!(
        told.body.contains(r#"{"active_providers":["u2fkey"]}"#),
        "{told}"
    );
}

#[tokio::test]
async fn v15_while_the_integration_is_on_no_key_is_asked_and_none_is_taken() {
    let (shop, ann) = Shop::with_keys().await;
    let link = shop.enrolment_token(ann).await;
    shop.switch_to(SignInMode::AdobeIms).await;
    let body = json!({
        "username": "ann",
        "password": PASSWORD,
        "tfaToken": link,
        "publicKeyCredentialJson": "{}",
    });
    for path in [
        "configure",
        "activate",
        "authentication-challenge",
        "verify",
    ] {
        let answer = post(&shop, path, body.clone()).await;
        assert_eq!(answer.status(), 401, "{path} {answer}");
        assert!(
            answer.body.contains("Please use Adobe IMS ACCESS_TOKEN."),
            "{path} {answer}"
        );
    }
}
