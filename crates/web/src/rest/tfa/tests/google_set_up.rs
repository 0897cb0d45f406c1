//! Setting an app up with a link.

use super::{ACTIVATE, CONFIGURE, asking, authenticate, send, token};
use crate::testing::second_factor::{AuthenticatorApp, STEP};
use crate::testing::{Answer, PASSWORD};
use axum::http::Method;
use jiff::SignedDuration;
use serde_json::{Value, json};

#[tokio::test]
async fn a_program_sets_an_app_up_with_a_link_and_comes_in_with_its_next_code() {
    let (shop, ann) = asking().await;
    let link = shop.enrolment_token(ann).await;
    let configure = json!({"tfaToken": link});
    let first = send(&shop, Method::POST, CONFIGURE, configure.clone()).await;
    let second = send(&shop, Method::POST, CONFIGURE, configure.clone()).await;
    let app_of = |answer: &Answer| {
        let body: Value = serde_json::from_str(&answer.body).unwrap();
        let picture = body["qr_code_base64"].as_str().unwrap();
        assert!(picture.starts_with("iVBORw0KGgo"), "a PNG");
        AuthenticatorApp::with_key(body["secret_code"].as_str().unwrap().to_owned())
    };
    let (old, app) = (app_of(&first), app_of(&second));
    let now = shop.app.now();
    assert_ne!(old.code(now), app.code(now), "whoever had it before");
    let early = authenticate(&shop, PASSWORD, &app.code(now)).await;
    assert_eq!(
        early.body, r#"{"message":"Provider is not configured."}"#,
        "it waits for its first code"
    );
    for otp in [old.code(now), "000000".to_owned()] {
        let activate = json!({"tfaToken": link, "otp": otp});
        let answer = send(&shop, Method::POST, ACTIVATE, activate).await;
        assert_eq!(answer.told(), (401, r#"{"message":"Invalid code."}"#));
    }
    let otp = app.code(now);
    let activate = json!({"tfaToken": link, "otp": otp});
    let answer = send(&shop, Method::POST, ACTIVATE, activate.clone()).await;
    assert_eq!(answer.told(), (200, "[]"));
    let used = authenticate(&shop, PASSWORD, &otp).await;
    assert_eq!(
        used.body, r#"{"message":"Invalid code."}"#,
        "the first code was one"
    );
    shop.wait(STEP);
    token(&authenticate(&shop, PASSWORD, &app.code(shop.app.now())).await);
    for (path, body) in [(CONFIGURE, configure), (ACTIVATE, activate)] {
        let answer = send(&shop, Method::POST, path, body).await;
        assert_eq!(
            answer.body, r#"{"message":"Invalid two-factor authorization token"}"#,
            "a link is good once"
        );
    }
    assert_eq!(
        shop.count("postern_recovery_code").await,
        0,
        "nobody saw any"
    );
}

#[tokio::test]
async fn a_link_that_does_not_hold_sets_nothing_up() {
    let (shop, ann) = asking().await;
    let bob = shop.admin("bob").await;
    let link = shop.enrolment_token(ann).await;
    let of_bob = shop.enrolment_token(bob).await;
    shop.execute(&format!(
        "UPDATE #admin_user SET is_active = 0 WHERE user_id = {bob}"
    ))
    .await;
    let refused = r#"{"message":"Invalid two-factor authorization token"}"#;
    let forged = [&link[..20], &link[20..]].concat().replace('e', "f");
    for token in ["", "x", forged.as_str(), of_bob.as_str()] {
        for (path, body) in [
            (CONFIGURE, json!({"tfaToken": token})),
            (ACTIVATE, json!({"tfaToken": token, "otp": "000000"})),
        ] {
            let answer = send(&shop, Method::POST, path, body).await;
            assert_eq!(answer.told(), (401, refused), "{token}");
        }
    }
    shop.set("twofactorauth/general/force_providers", "u2fkey")
        .await;
    let answer = send(&shop, Method::POST, CONFIGURE, json!({"tfaToken": link})).await;
    assert_eq!(answer.body, r#"{"message":"Provider is not allowed."}"#);
    shop.wait(SignedDuration::from_hours(1));
    let answer = send(&shop, Method::POST, CONFIGURE, json!({"tfaToken": link})).await;
    assert_eq!(answer.body, refused);
}
