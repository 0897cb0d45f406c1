//! `GET /rest/V1/postern/me`: whose token this is, and as what they are let in. The one resource of
//! our own: a program asks it before it trusts its token with anything else.

use super::caller::ApiCaller;
use crate::rest;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;

#[derive(Serialize)]
struct Me<'a> {
    id: u32,
    username: &'a str,
    role: &'a str,
}

pub(crate) async fn get(caller: ApiCaller) -> Response {
    let me = Me {
        id: caller.admin.id,
        username: &caller.admin.username,
        role: &caller.role.name,
    };
    rest::answer(StatusCode::OK, &me)
}

#[cfg(test)]
mod tests {
    use crate::testing::provider::{Integrated, Kind};
    use crate::testing::{Answer, PASSWORD, Shop};
    use domain::sign_in_mode::SignInMode;
    use ims_sandbox::Fault;

    const PATH: &str = "/rest/V1/postern/me";

    async fn token(shop: &Shop) -> String {
        let body = format!(r#"{{"username":"ann","password":"{PASSWORD}"}}"#);
        let answer = shop.ask_for_token(&body).await;
        serde_json::from_str(&answer.body).unwrap()
    }

    async fn ask(shop: &Shop, authorization: &str) -> Answer {
        let mut program = shop.browser();
        program.remove_header("sec-fetch-site");
        program.set_header("authorization", authorization);
        program.get(PATH).await
    }

    #[tokio::test]
    async fn a_token_says_whose_it_is() {
        let shop = Shop::open().await;
        shop.ann().await;
        let token = token(&shop).await;
        insta::assert_snapshot!(ask(&shop, &format!("Bearer {token}")).await, @r#"
        200 OK
        content-type: application/json; charset=utf-8

        {"id":1,"username":"ann","role":"Administrators"}
        "#);
        let shouted = ask(&shop, &format!("BEARER {token}")).await;
        assert_eq!(shouted.status(), 200);
    }

    #[tokio::test]
    async fn whoever_brings_none_is_refused_in_commerces_words() {
        let shop = Shop::open().await;
        shop.ann().await;
        let token = token(&shop).await;
        let without = shop.browser().get(PATH).await;
        insta::assert_snapshot!(without, @r#"
        401 Unauthorized
        content-type: application/json; charset=utf-8

        {"message":"The consumer isn't authorized to access %resources.","parameters":{"resources":"self"}}
        "#);
        for header in [
            token.clone(),
            format!("Basic {token}"),
            format!("Bearer  {token}"),
            format!("Bearer {token} "),
            format!("Bearer {token} more"),
            format!("Bearer {token}x"),
            "Bearer".to_owned(),
            "Bearer ".to_owned(),
        ] {
            let refused = ask(&shop, &header).await;
            assert_eq!(refused.to_string(), without.to_string(), "{header}");
        }
    }

    #[tokio::test]
    async fn v15_a_session_cookie_is_no_token_and_a_token_opens_no_page() {
        let shop = Shop::open().await;
        shop.ann().await;
        let token = token(&shop).await;
        let mut browser = shop.browser();
        browser.sign_in("ann", PASSWORD).await;
        assert_eq!(browser.get(PATH).await.status(), 401);
        let mut program = shop.browser();
        program.set_header("authorization", &format!("Bearer {token}"));
        let page = program.get("/back/admin/system_account").await;
        assert!(page.body.contains("login[password]"), "{page}");
        assert_eq!(shop.session_addresses().await.len(), 1, "the browser's");
    }

    #[tokio::test]
    async fn v15_a_token_of_a_password_is_void_while_the_integration_is_on() {
        let shop = Shop::open().await;
        shop.ann().await;
        let token = token(&shop).await;
        shop.switch_to(SignInMode::AdobeIms).await;
        let refused = ask(&shop, &format!("Bearer {token}")).await;
        assert_eq!(refused.status(), 401);
    }

    #[tokio::test]
    async fn a15_a_provider_that_gives_no_answer_is_no_refusal_of_the_token() {
        let integrated = Integrated::open(Kind::OpenId).await;
        let refused = ask(&integrated.shop, "Bearer made-up").await;
        assert_eq!(refused.status(), 401);
        integrated.sandbox.set_fault("*", Fault::Down);
        let unknown = ask(&integrated.shop, "Bearer made-up").await;
        assert_eq!(unknown.status(), 503);
        assert_eq!(unknown.header("retry-after"), Some("5"));
    }

    #[tokio::test]
    async fn without_a_database_nobody_is_told_that_their_token_is_void() {
        let shop = Shop::open().await;
        shop.ann().await;
        let token = token(&shop).await;
        shop.lose_database().await;
        let answer = ask(&shop, &format!("Bearer {token}")).await;
        assert_eq!(answer.status(), 503);
    }
}
