//! What somebody with a link may ask.

use super::{asking, send};
use axum::http::Method;
use serde_json::Value;

#[tokio::test]
async fn a_link_asks_which_providers_there_are() {
    let (shop, ann) = asking().await;
    let link = shop.enrolment_token(ann).await;
    let ask = async |what: &str, token: &str| {
        let token: String = url::form_urlencoded::byte_serialize(token.as_bytes()).collect();
        let path = format!("/rest/V1/tfa/{what}?tfaToken={token}");
        send(&shop, Method::GET, &path, Value::Null).await
    };
    for what in ["tfat-user-providers", "tfat-providers-to-activate"] {
        shop.execute("DELETE FROM #core_config_data WHERE path LIKE '%force_providers'")
            .await;
        shop.set("twofactorauth/general/force_providers", "google")
            .await;
        let answer = ask(what, &link).await;
        insta::allow_duplicates! { insta::assert_snapshot!(answer, @r#"
        200 OK
        content-type: application/json; charset=utf-8

        [{"enabled":true,"engine":{"enabled":true},"code":"google","name":"Google Authenticator","icon":"Magento_TwoFactorAuth::images/providers/google.png","reset_allowed":true,"configure_action":"tfa/google/configure","auth_action":"tfa/google/auth","extra_actions":[]}]
        "#); }
        let forged = ask(what, "x").await;
        insta::allow_duplicates! { insta::assert_snapshot!(forged, @r#"
        401 Unauthorized
        content-type: application/json; charset=utf-8

        {"message":"Invalid token."}
        "#); }
        let path = format!("/rest/V1/tfa/{what}");
        let missing = send(&shop, Method::GET, &path, Value::Null).await;
        assert_eq!(missing.status(), 400);
        assert_eq!(
            missing.body,
            r#"{"message":"\"%fieldName\" is required. Enter and try again.","parameters":{"fieldName":"tfaToken"}}"#
        );
    }
}
