//! Where none of it answers: while the integration is on, without the module, and for providers that
//! are not here.

use super::{ACTIVATE, AUTHENTICATE, CONFIGURE, asking, keeper, keepers_addresses, send, send_as};
use crate::testing::PASSWORD;
use crate::testing::second_factor::AuthenticatorApp;
use axum::http::Method;
use domain::sign_in_mode::SignInMode;
use serde_json::{Value, json};

#[tokio::test]
async fn v15_while_the_integration_is_on_no_program_gets_anything_of_second_factors() {
    let (shop, ann, token) = keeper().await;
    let bob = shop.admin("bob").await;
    let link = shop.enrolment_token(bob).await;
    let app = AuthenticatorApp::with_key("MFRGGZDF".to_owned());
    let otp = app.code(shop.app.now());
    shop.switch_to(SignInMode::AdobeIms).await;
    let ims =
        r#"{"message":"Admin token generation is disabled. Please use Adobe IMS ACCESS_TOKEN."}"#;
    let credentials = json!({"username": "ann", "password": PASSWORD, "otp": "000000"});
    let doors = [
        (AUTHENTICATE, credentials),
        (CONFIGURE, json!({"tfaToken": link})),
        (ACTIVATE, json!({"tfaToken": link, "otp": otp})),
        ("/rest/V1/tfa/provider/authy/authenticate", json!({})),
    ];
    for (path, body) in doors {
        let answer = send(&shop, Method::POST, path, body).await;
        assert_eq!(answer.told(), (401, ims), "{path}");
    }
    let link: String = url::form_urlencoded::byte_serialize(link.as_bytes()).collect();
    for what in ["tfat-user-providers", "tfat-providers-to-activate"] {
        let path = format!("/rest/V1/tfa/{what}?tfaToken={link}");
        let answer = send(&shop, Method::GET, &path, Value::Null).await;
        assert_eq!(answer.told(), (401, ims), "{path}");
    }
    for (method, path, body) in keepers_addresses() {
        let answer = send_as(&shop, &token, method, &path, body).await;
        assert_eq!(answer.status(), 401, "{path}");
    }
    let kept = format!("SELECT COUNT(*) FROM #tfa_user_config WHERE user_id <> {ann}");
    assert_eq!(shop.number(&kept).await, 0);
}

#[tokio::test]
async fn without_the_module_there_are_no_such_addresses() {
    let (shop, _, token) = keeper().await;
    shop.ask_for_no_second_factors();
    let no_route = r#"{"message":"Request does not match any route."}"#;
    for path in [AUTHENTICATE, CONFIGURE, ACTIVATE] {
        let answer = send(&shop, Method::POST, path, json!({})).await;
        assert_eq!(answer.told(), (404, no_route), "{path}");
    }
    for (method, path, body) in keepers_addresses() {
        let answer = send_as(&shop, &token, method, &path, body).await;
        assert_eq!(answer.told(), (404, no_route), "{path}");
    }
}

#[tokio::test]
async fn providers_of_others_are_not_available() {
    let (shop, _) = asking().await;
    for path in [
        "duo_security/configure",
        "duo_security/activate",
        "duo_security/get-authentication-data",
        "duo_security/authenticate",
        "authy/configure",
        "authy/activate",
        "authy/authenticate",
        "authy/send-token/sms",
        "authy/authenticate-onetouch",
    ] {
        let path = format!("/rest/V1/tfa/provider/{path}");
        let body = json!({"username": "ann", "password": PASSWORD, "otp": "000000"});
        let answer = send(&shop, Method::POST, &path, body).await;
        let refused = r#"{"message":"Provider is not allowed."}"#;
        assert_eq!(answer.told(), (400, refused), "{path}");
    }
}
