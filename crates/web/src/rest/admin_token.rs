//! `POST /rest/V1/integration/admin/token`: a token for a user name and password, with or without
//! a store code in the path. The order of checks is Commerce's: the body's shape, then whether
//! passwords are taken at all, then the values. Where a second factor is asked for, the answer says
//! what to do, and there is no token here.

use super::fields::Fields;
use super::refusal::Trouble;
use super::scope::Scope;
use super::token;
use crate::visitor::Visitor;
use crate::{Door, rest};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use secrecy::ExposeSecret;
use service::sign_in::admin_token;

pub(crate) async fn post(
    _: Scope,
    State(door): State<Door>,
    visitor: Visitor,
    mut fields: Fields,
) -> Result<Response, Trouble> {
    fields.require(&["username", "password"])?;
    let credentials = token::credentials(&mut fields, &visitor)?;
    match admin_token::create(&door.app, &credentials).await? {
        Ok(token) => Ok(rest::answer(StatusCode::OK, &token.expose_secret())),
        Err(refused) => Err(token::refusal_of(refused, &credentials).into()),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{PASSWORD, Shop};
    use domain::sign_in_mode::SignInMode;

    fn body(username: &str, password: &str) -> String {
        format!(r#"{{"username":"{username}","password":"{password}"}}"#)
    }

    #[tokio::test]
    async fn the_right_password_gets_a_token_as_a_json_string() {
        let shop = Shop::open().await;
        shop.ann().await;
        let answer = shop.ask_for_token(&body("ann", PASSWORD)).await;
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        let token: String = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(token.split('.').count(), 3);
        assert!(token.starts_with("eyJraWQiOiIxIiwiYWxnIjoiSFMyNTYifQ."));
    }

    #[tokio::test]
    async fn a_store_code_may_stand_before_the_version() {
        let shop = Shop::open().await;
        shop.ann().await;
        let mut program = shop.browser();
        let body = body("ann", PASSWORD);
        for (path, status) in [
            ("/rest/all/V1/integration/admin/token", 200),
            ("/rest/default/V1/integration/admin/token/", 200),
            ("/rest/V1/integration/admin/token/", 200),
            ("/rest/2x/V1/integration/admin/token", 404),
            ("/rest/a-b/V1/integration/admin/token", 404),
            ("/rest/V2/integration/admin/token", 404),
        ] {
            let answer = program
                .send_json(path, "application/json; charset=UTF-8", &body)
                .await;
            assert_eq!(answer.status(), status, "{path}");
        }
    }

    #[tokio::test]
    async fn wrong_unknown_and_inactive_get_the_same_refusal() {
        let shop = Shop::open().await;
        shop.ann().await;
        let wrong = shop.ask_for_token(&body("ann", "wrong")).await;
        insta::assert_snapshot!(wrong, @r#"
        401 Unauthorized
        content-type: application/json; charset=utf-8

        {"message":"The account sign-in was incorrect or your account is disabled temporarily. Please wait and try again later."}
        "#);
        let unknown = shop.ask_for_token(&body("nobody", PASSWORD)).await;
        shop.execute("UPDATE #admin_user SET is_active = 0").await;
        let inactive = shop.ask_for_token(&body("ann", PASSWORD)).await;
        assert_eq!(wrong.to_string(), unknown.to_string());
        assert_eq!(wrong.to_string(), inactive.to_string());
    }

    #[tokio::test]
    async fn an_admin_without_a_role_is_told_so() {
        let shop = Shop::open().await;
        shop.ann().await;
        shop.execute("DELETE FROM #authorization_role WHERE role_type = 'U'")
            .await;
        insta::assert_snapshot!(shop.ask_for_token(&body("ann", PASSWORD)).await, @r#"
        401 Unauthorized
        content-type: application/json; charset=utf-8

        {"message":"More permissions are needed to access this."}
        "#);
    }

    #[tokio::test]
    async fn v15_while_the_integration_is_on_no_password_gets_a_token() {
        let shop = Shop::open().await;
        shop.ann().await;
        shop.switch_to(SignInMode::AdobeIms).await;
        for password in [PASSWORD, "wrong", ""] {
            let answer = shop.ask_for_token(&body("ann", password)).await;
            insta::allow_duplicates! { insta::assert_snapshot!(answer, @r#"
            401 Unauthorized
            content-type: application/json; charset=utf-8

            {"message":"Admin token generation is disabled. Please use Adobe IMS ACCESS_TOKEN."}
            "#); }
        }
    }

    #[tokio::test]
    async fn missing_and_empty_fields_are_named_as_commerce_names_them() {
        let shop = Shop::open().await;
        let one = r#"{"message":"\"%fieldName\" is required. Enter and try again.","parameters":{"fieldName":"password"}}"#;
        let both = r#"{"message":"One or more input exceptions have occurred.","errors":[{"message":"\"%fieldName\" is required. Enter and try again.","parameters":{"fieldName":"username"}},{"message":"\"%fieldName\" is required. Enter and try again.","parameters":{"fieldName":"password"}}]}"#;
        for (body, expected) in [
            (r#"{"username":"ann"}"#, one),
            (r#"{"username":"ann","password":null}"#, one),
            (r#"{"username":"ann","password":""}"#, one),
            (r#"{"username":"","password":""}"#, both),
            ("{}", both),
            ("[]", both),
            ("null", both),
            (r#""ann""#, both),
        ] {
            let answer = shop.ask_for_token(body).await;
            assert_eq!(answer.status(), 400, "{body}");
            assert_eq!(answer.body, expected, "{body}");
        }
    }

    #[tokio::test]
    async fn v11_only_strings_are_names_and_passwords_and_no_value_is_repeated() {
        let shop = Shop::open().await;
        for value in [r#"["hush"]"#, r#"{"hush":1}"#, "4711", "true"] {
            let answer = shop
                .ask_for_token(&format!(r#"{{"username":"ann","password":{value}}}"#))
                .await;
            assert_eq!(answer.status(), 400);
            assert_eq!(
                answer.body,
                r#"{"message":"Error occurred during \"password\" processing. The value's type is invalid. The \"string\" type was expected. Verify and try again."}"#
            );
        }
    }

    #[tokio::test]
    async fn what_is_not_json_is_refused_in_commerces_words() {
        let shop = Shop::open().await;
        let mut program = shop.browser();
        let path = "/rest/V1/integration/admin/token";
        let whole = body("ann", PASSWORD);
        let form = "application/x-www-form-urlencoded";
        let mut told = String::new();
        for (media_type, body) in [
            ("application/json", "{\"username\":"),
            ("application/json", ""),
            ("", whole.as_str()),
            (form, whole.as_str()),
            ("application/json; charset=latin1", whole.as_str()),
        ] {
            let answer = program.send_json(path, media_type, body).await;
            assert_eq!(answer.status(), 400);
            told += &format!("{}\n", answer.body);
        }
        insta::assert_snapshot!(told, @r#"
        {"message":"Decoding error."}
        {"message":"Decoding error."}
        {"message":"Content-Type header is empty."}
        {"message":"Server cannot understand Content-Type HTTP header media type application/x-www-form-urlencoded"}
        {"message":"UTF-8 is the only supported charset."}
        "#);
    }
}
