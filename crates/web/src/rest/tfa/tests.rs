//! Programs and second factors: what they send, and what they are told.

mod admin_token;
mod closed;
mod google_authenticate;
mod google_set_up;
mod keepers;
mod key;
mod link_questions;

use crate::testing::{Answer, PASSWORD, Shop};
use axum::http::Method;
use serde_json::{Value, json};

const AUTHENTICATE: &str = "/rest/V1/tfa/provider/google/authenticate";
const CONFIGURE: &str = "/rest/V1/tfa/provider/google/configure";
const ACTIVATE: &str = "/rest/V1/tfa/provider/google/activate";

const BAD_CREDENTIALS: &str = r#"{"message":"The account sign-in was incorrect or your account is disabled temporarily. Please wait and try again later."}"#;

/// A shop that asks for second factors, and Ann.
async fn asking() -> (Shop, u32) {
    let shop = Shop::open().await;
    let ann = shop.ann().await;
    shop.ask_for_second_factors();
    (shop, ann)
}

async fn send(shop: &Shop, method: Method, path: &str, body: Value) -> Answer {
    send_as(shop, "", method, path, body).await
}

/// Sends a body as whoever a token says, if there is one.
async fn send_as(shop: &Shop, token: &str, method: Method, path: &str, body: Value) -> Answer {
    let mut program = shop.browser();
    program.remove_header("sec-fetch-site");
    if !token.is_empty() {
        program.set_header("authorization", &format!("Bearer {token}"));
    }
    let body = match body {
        Value::Null => String::new(),
        body => body.to_string(),
    };
    program.send(method, path, "application/json", body).await
}

async fn authenticate(shop: &Shop, password: &str, otp: &str) -> Answer {
    let body = json!({"username": "ann", "password": password, "otp": otp});
    send(shop, Method::POST, AUTHENTICATE, body).await
}

fn token(answer: &Answer) -> String {
    assert_eq!(answer.status(), 200, "{answer}");
    let token: String = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(token.split('.').count(), 3, "{token}");
    token
}

/// Ann with an app, and a token of hers.
async fn keeper() -> (Shop, u32, String) {
    let (shop, ann) = asking().await;
    let app = shop.set_up_app(ann).await;
    let answer = authenticate(&shop, PASSWORD, &app.code(shop.app.now())).await;
    (shop, ann, token(&answer))
}

/// The addresses for who looks after others.
fn keepers_addresses() -> [(Method, String, Value); 7] {
    let get = |path: &str| (Method::GET, format!("/rest/V1/tfa/{path}"), Value::Null);
    let put = |path: &str, body| (Method::PUT, format!("/rest/V1/tfa/{path}"), body);
    [
        get("installed-providers"),
        get("forced-providers"),
        get("user-providers/1"),
        get("providers-to-activate/1"),
        get("default-provider-code/1"),
        put("default-provider-code/1", json!({"providerCode": "google"})),
        put("user-providers/1", json!({"providersCodes": "google"})),
    ]
}
