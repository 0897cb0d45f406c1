//! Logout tokens, and how they reach the client.

use axum::{Form, Router, routing::post};
use ims_sandbox::Options;
use tokio::{net::TcpListener, sync::mpsc};

use crate::{
    actor::{Actor, At},
    inspection::claims_of,
};

#[derive(serde::Deserialize)]
struct Received {
    logout_token: String,
}

/// A client that hands on every logout token it gets: its address and the tokens.
async fn client() -> (String, mpsc::UnboundedReceiver<String>) {
    let (hand_on, tokens) = mpsc::unbounded_channel();
    let route = post(move |Form(received): Form<Received>| async move {
        hand_on.send(received.logout_token).unwrap();
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/logout", listener.local_addr().unwrap());
    let router = Router::new().route("/logout", route);
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, tokens)
}

#[tokio::test]
async fn a_logout_token_reaches_the_client() {
    let (url, mut tokens) = client().await;
    let actor = Actor::start(Options::default());
    let signed_in = actor.sign_in(At::OpenId, "ann@shop.test").await;
    let id_token = claims_of(signed_in["id_token"].as_str().unwrap());
    let session = id_token["sid"].as_str().unwrap();
    let sent = actor
        .sandbox
        .send_logout_token(&url, "ann@shop.test", Some(session))
        .await;
    assert_eq!(sent.unwrap(), 200);
    let claims = claims_of(&tokens.recv().await.unwrap());
    assert_eq!(claims["sid"], session);
    assert_eq!(claims["sub"], id_token["sub"]);

    let unknown = actor
        .sandbox
        .send_logout_token(&url, "nobody@shop.test", None)
        .await;
    let message = unknown.unwrap_err().to_string();
    assert_eq!(message, "there is no person nobody@shop.test");
}

#[tokio::test]
async fn the_button_of_the_page_signs_out_here_and_tells_the_registered_client() {
    let (url, mut tokens) = client().await;
    let actor = Actor::start(Options {
        back_channel_logout_uri: Some(url),
        ..Options::default()
    });
    actor.sign_in(At::OpenId, "ann@shop.test").await;
    let page = actor.get("/sandbox").await.text().await.unwrap();
    assert!(page.contains("Tell the client that ann@shop.test signed out"));

    let form = [("email", "ann@shop.test")];
    let answer = actor.post("/sandbox/logout", &form).await;
    assert_eq!(answer.text().await.unwrap(), "The client answered 200.\n");
    let claims = claims_of(&tokens.recv().await.unwrap());
    assert_eq!(claims["sid"], serde_json::Value::Null);
    assert!(actor.sandbox.sessions_of("ann@shop.test").is_empty());
}
