//! Who looks after other people's second factors.

use super::{keeper, keepers_addresses, send_as};
use crate::testing::Answer;
use axum::http::Method;
use serde_json::{Value, json};

/// The codes in a list of providers, and whether each is enabled.
fn listed(answer: &Answer) -> Vec<(String, bool)> {
    assert_eq!(answer.status(), 200, "{answer}");
    let list: Vec<Value> = serde_json::from_str(&answer.body).unwrap();
    let of = |entry: &Value| {
        let code = entry["code"].as_str().unwrap().to_owned();
        (code, entry["enabled"].as_bool().unwrap())
    };
    list.iter().map(of).collect()
}

#[tokio::test]
async fn who_may_look_after_others_sees_and_sets_what_commerce_keeps() {
    let (shop, ann, token) = keeper().await;
    let bob = shop.admin("bob").await;
    let get = async |path: &str| {
        let path = format!("/rest/default/V1/tfa/{path}");
        send_as(&shop, &token, Method::GET, &path, Value::Null).await
    };
    let put = async |path: &str, body: Value| {
        send_as(
            &shop,
            &token,
            Method::PUT,
            &format!("/rest/V1/tfa/{path}"),
            body,
        )
        .await
    };
    let on = |code: &str| (code.to_owned(), true);
    let off = |code: &str| (code.to_owned(), false);
    let installed = listed(&get("installed-providers").await);
    assert_eq!(
        installed,
        [
            on("google"),
            off("duo_security"),
            off("authy"),
            on("u2fkey")
        ]
    );
    assert_eq!(listed(&get("forced-providers").await), [on("google")]);
    for (who, to_activate) in [(ann, vec![]), (bob, vec![on("google")])] {
        assert_eq!(
            listed(&get(&format!("user-providers/{who}")).await),
            [on("google")]
        );
        let answer = get(&format!("providers-to-activate/{who}")).await;
        assert_eq!(listed(&answer), to_activate);
    }
    let default = format!("default-provider-code/{bob}");
    assert_eq!(get(&default).await.body, r#""""#);
    let answer = put(&default, json!({"providerCode": "google"})).await;
    assert_eq!(answer.told(), (200, "true"));
    assert_eq!(get(&default).await.body, r#""google""#);
    let list = format!("user-providers/{bob}");
    let answer = put(&list, json!({"providersCodes": "google , google"})).await;
    assert_eq!(answer.told(), (200, "true"));
    let kept = "SELECT COUNT(*) FROM #tfa_user_config WHERE default_provider = 'google' \
                AND encoded_providers = '[\"google\",\"google\"]'";
    assert_eq!(shop.number(kept).await, 1);
    let noted = "SELECT COUNT(*) FROM #postern_audit_event \
                 WHERE kind = 'second_factor_preferred' AND actor = 'ann'";
    assert_eq!(shop.number(noted).await, 2);
}

#[tokio::test]
async fn what_is_not_there_is_told_as_commerce_tells_it() {
    let (shop, ann, token) = keeper().await;
    let put = async |path: String, body: Value| {
        send_as(
            &shop,
            &token,
            Method::PUT,
            &format!("/rest/V1/tfa/{path}"),
            body,
        )
        .await
    };
    let default = format!("default-provider-code/{ann}");
    let mut told = String::new();
    for answer in [
        put(default.clone(), json!({"providerCode": "authy"})).await,
        put(default.clone(), json!({"providerCode": 7})).await,
        put(default, json!({})).await,
        put(
            format!("user-providers/{ann}"),
            json!({"providersCodes": "google,duo"}),
        )
        .await,
        put(
            "user-providers/99".to_owned(),
            json!({"providersCodes": "google"}),
        )
        .await,
        put(
            "user-providers/x".to_owned(),
            json!({"providersCodes": "google"}),
        )
        .await,
    ] {
        told += &format!("{} {}\n", answer.status().as_u16(), answer.body);
    }
    insta::assert_snapshot!(told, @r#"
    404 {"message":"Unknown or not enabled provider %1 for this user","parameters":["authy"]}
    400 {"message":"Error occurred during \"providerCode\" processing. The value's type is invalid. The \"string\" type was expected. Verify and try again."}
    400 {"message":"\"%fieldName\" is required. Enter and try again.","parameters":{"fieldName":"providerCode"}}
    404 {"message":"Unknown or not enabled provider %1 for this user","parameters":["duo"]}
    404 {"message":"No such entity with %fieldName = %fieldValue","parameters":{"fieldName":"userId","fieldValue":99}}
    400 {"message":"Error occurred during \"userId\" processing. The value's type is invalid. The \"int\" type was expected. Verify and try again."}
    "#);
}

#[tokio::test]
async fn a_token_without_the_right_or_none_at_all_is_refused_everywhere() {
    let (shop, _, token) = keeper().await;
    let refused = r#"{"message":"The consumer isn't authorized to access %resources.","parameters":{"resources":"Magento_TwoFactorAuth::tfa"}}"#;
    let denied = "UPDATE #authorization_rule SET resource_id = 'Magento_User::acl'";
    for (token, sql) in [("", ""), ("x.y.z", ""), (token.as_str(), denied)] {
        if !sql.is_empty() {
            shop.execute(sql).await;
        }
        for (method, path, body) in keepers_addresses() {
            let answer = send_as(&shop, token, method, &path, body).await;
            assert_eq!(answer.told(), (401, refused), "{path}");
        }
    }
    let kept = "SELECT COUNT(*) FROM #tfa_user_config WHERE default_provider IS NOT NULL";
    assert_eq!(shop.number(kept).await, 0);
}
