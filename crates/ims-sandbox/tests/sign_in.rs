//! The paths of a sign-in, walked as a client walks them.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use ims_sandbox::{Options, Person, Sandbox};
use reqwest::{Client, Response, StatusCode, header::LOCATION, redirect::Policy};
use serde_json::{Value, json};

const REDIRECT_URI: &str = "https://shop.test/admin/adobe_ims_auth/oauth/imscallback/";

fn client() -> Client {
    Client::builder()
        .redirect(Policy::none())
        .no_proxy()
        .build()
        .unwrap()
}

async fn authorize(sandbox: &Sandbox, parameters: &[(&str, &str)]) -> String {
    let answer = client()
        .get(format!("{}/ims/authorize/v2", sandbox.url()))
        .query(parameters)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::FOUND);
    answer.headers()[LOCATION].to_str().unwrap().to_owned()
}

async fn post(sandbox: &Sandbox, path: &str, form: &[(&str, &str)]) -> Response {
    client()
        .post(format!("{}{path}", sandbox.url()))
        .form(form)
        .send()
        .await
        .unwrap()
}

async fn exchange(sandbox: &Sandbox, secret: &str, code: &str) -> (StatusCode, Value) {
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", "sandbox-client"),
        ("client_secret", secret),
        ("code", code),
    ];
    let answer = post(sandbox, "/ims/token", &form).await;
    (answer.status(), answer.json().await.unwrap())
}

async fn sign_in(sandbox: &Sandbox, email: &str) -> String {
    let location = authorize(
        sandbox,
        &[
            ("client_id", "sandbox-client"),
            ("redirect_uri", REDIRECT_URI),
            ("login_hint", email),
        ],
    )
    .await;
    let code = location.split_once("?code=").unwrap().1;
    let (status, token) = exchange(sandbox, "sandbox-secret", code).await;
    assert_eq!(status, StatusCode::OK);
    token["access_token"].as_str().unwrap().to_owned()
}

async fn ask(sandbox: &Sandbox, path: &str, token: &str) -> (StatusCode, Value) {
    let url = format!("{}{path}", sandbox.url());
    let answer = client().get(url).bearer_auth(token).send().await.unwrap();
    (answer.status(), answer.json().await.unwrap())
}

#[tokio::test]
async fn a_code_becomes_a_token_once_and_the_token_stands_for_the_person() {
    let sandbox = Sandbox::start(Options::default()).unwrap();
    let location = authorize(
        &sandbox,
        &[
            ("client_id", "sandbox-client"),
            ("redirect_uri", REDIRECT_URI),
            ("state", "a b&c"),
        ],
    )
    .await;
    let rest = location.strip_prefix(REDIRECT_URI).unwrap();
    let code = rest
        .strip_prefix("?code=")
        .unwrap()
        .strip_suffix("&state=a+b%26c")
        .unwrap();

    let (status, token) = exchange(&sandbox, "sandbox-secret", code).await;
    assert_eq!(
        (status, &token["token_type"]),
        (StatusCode::OK, &json!("bearer"))
    );

    let token = token["access_token"].as_str().unwrap();
    let (status, profile) = ask(&sandbox, "/ims/profile/v1", token).await;
    assert_eq!(
        (status, &profile["email"], &profile["emailVerified"]),
        (StatusCode::OK, &json!("ann@shop.test"), &json!("true"))
    );

    let (status, answer) = exchange(&sandbox, "sandbox-secret", code).await;
    assert_eq!(
        (status, &answer["error"]),
        (StatusCode::BAD_REQUEST, &json!("invalid_grant"))
    );
    let (status, _) = ask(&sandbox, "/ims/profile/v1", token).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED, "replayed: it ends");
}

#[tokio::test]
async fn a_wrong_secret_is_told_from_a_wrong_code_and_from_an_unknown_client() {
    let sandbox = Sandbox::start(Options::default()).unwrap();
    let (status, answer) = exchange(&sandbox, "wrong", "bogus").await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    assert_eq!(
        answer["error_description"],
        "invalid client_secret parameter"
    );

    let (status, answer) = exchange(&sandbox, "sandbox-secret", "bogus").await;
    assert_eq!(
        (status, &answer["error"]),
        (StatusCode::BAD_REQUEST, &json!("invalid_grant"))
    );

    let answer = post(&sandbox, "/ims/token", &[("client_id", "other")]).await;
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    let answer: Value = answer.json().await.unwrap();
    assert_eq!(answer["error_description"], "invalid client_id parameter");
}

#[tokio::test]
async fn an_unknown_client_is_never_sent_to_the_address_it_asked_for() {
    let sandbox = Sandbox::start(Options::default()).unwrap();
    let location = authorize(
        &sandbox,
        &[("client_id", "other"), ("redirect_uri", REDIRECT_URI)],
    )
    .await;
    assert_eq!(location, "/ims/denied?error=invalid_client");
}

#[tokio::test]
async fn an_unregistered_redirect_uri_leads_to_the_registered_one() {
    let registered = "https://shop.test/admin/";
    let options = Options {
        redirect_uris: vec![registered.to_owned()],
        ..Options::default()
    };
    let sandbox = Sandbox::start(options).unwrap();
    for (asked, expected) in [
        (REDIRECT_URI, REDIRECT_URI),
        ("https://evil.test/", registered),
    ] {
        let location = authorize(
            &sandbox,
            &[("client_id", "sandbox-client"), ("redirect_uri", asked)],
        )
        .await;
        assert!(
            location.starts_with(&format!("{expected}?code=")),
            "{location}"
        );
    }
}

#[tokio::test]
async fn membership_is_answered_per_person_and_organization() {
    let options = Options {
        people: vec![
            Person::with_email("ann@shop.test"),
            Person {
                member: false,
                ..Person::with_email("eve@shop.test")
            },
        ],
        ..Options::default()
    };
    let sandbox = Sandbox::start(options).unwrap();
    let ours = "/0123456789ABCDEF01234567@AdobeOrg/membership";
    let other = "/ABCDEF0123456789ABCDEF01@AdobeOrg/membership";
    let (ann, eve) = (
        sign_in(&sandbox, "ann@shop.test").await,
        sign_in(&sandbox, "eve@shop.test").await,
    );
    assert_eq!(
        ask(&sandbox, ours, &ann).await,
        (StatusCode::OK, json!(true))
    );
    assert_eq!(
        ask(&sandbox, other, &ann).await,
        (StatusCode::OK, json!(false))
    );
    assert_eq!(
        ask(&sandbox, ours, &eve).await,
        (StatusCode::OK, json!(false))
    );
    assert_eq!(
        ask(&sandbox, ours, "made-up").await.0,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn a_logout_ends_the_token_and_only_with_the_secret() {
    let sandbox = Sandbox::start(Options::default()).unwrap();
    let token = sign_in(&sandbox, "ann@shop.test").await;
    let form = |secret| {
        [
            ("access_token", token.as_str()),
            ("client_id", "sandbox-client"),
            ("client_secret", secret),
        ]
    };
    let refused = post(&sandbox, "/ims/logout/v1", &form("wrong")).await;
    assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(validity(&sandbox, &token).await, json!({ "valid": true }));

    let done = post(&sandbox, "/ims/logout/v1", &form("sandbox-secret")).await;
    assert_eq!(done.status(), StatusCode::OK);
    assert_eq!(sandbox.revoked(), 1);
    assert_eq!(
        validity(&sandbox, &token).await,
        json!({ "valid": false, "reason": "invalid_token" })
    );
    assert_eq!(
        ask(&sandbox, "/ims/profile/v1", &token).await.0,
        StatusCode::UNAUTHORIZED
    );
}

async fn validity(sandbox: &Sandbox, token: &str) -> Value {
    let form = [
        ("token", token),
        ("type", "access_token"),
        ("client_id", "sandbox-client"),
    ];
    post(sandbox, "/ims/validate_token/v1", &form)
        .await
        .json()
        .await
        .unwrap()
}
