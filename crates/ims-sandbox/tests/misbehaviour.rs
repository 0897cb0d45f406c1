//! Faults over HTTP, the log, and the end of a stand-in.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use ims_sandbox::{Fault, Options, Sandbox, StartError};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

const TOKEN_PATH: &str = "/ims/token";

fn client() -> Client {
    Client::builder()
        .no_proxy()
        .timeout(Duration::from_secs(5))
        .build()
        .unwrap()
}

fn url(sandbox: &Sandbox, path: &str) -> String {
    format!("{}{path}", sandbox.url())
}

async fn put_fault(sandbox: &Sandbox, fault: &str) -> StatusCode {
    let body = json!({ "path": TOKEN_PATH, "fault": fault });
    client()
        .put(url(sandbox, "/sandbox/fault"))
        .json(&body)
        .send()
        .await
        .unwrap()
        .status()
}

async fn ask_token(sandbox: &Sandbox) -> reqwest::Result<reqwest::Response> {
    client()
        .post(url(sandbox, TOKEN_PATH))
        .form(&[("client_id", "other")])
        .send()
        .await
}

#[tokio::test]
async fn faults_are_set_and_cleared_over_http() {
    let sandbox = Sandbox::start(Options::default()).unwrap();
    assert_eq!(put_fault(&sandbox, "500").await, StatusCode::NO_CONTENT);
    assert_eq!(
        ask_token(&sandbox).await.unwrap().status(),
        StatusCode::INTERNAL_SERVER_ERROR
    );

    assert_eq!(
        put_fault(&sandbox, "nonsense").await,
        StatusCode::NO_CONTENT
    );
    let answer = ask_token(&sandbox).await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(answer.json::<Value>().await.is_err());

    assert_eq!(
        put_fault(&sandbox, "sulk").await,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let cleared = client()
        .delete(url(&sandbox, "/sandbox/fault"))
        .send()
        .await
        .unwrap();
    assert_eq!(cleared.status(), StatusCode::NO_CONTENT);
    assert_eq!(
        ask_token(&sandbox).await.unwrap().status(),
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn slow_is_the_true_answer_late() {
    let sandbox = Sandbox::start(Options::default()).unwrap();
    sandbox.set_fault(TOKEN_PATH, Fault::Slow);
    let begun = Instant::now();
    assert_eq!(
        ask_token(&sandbox).await.unwrap().status(),
        StatusCode::UNAUTHORIZED
    );
    assert!(begun.elapsed() >= Duration::from_secs(2));
}

#[tokio::test]
async fn huge_goes_on_for_as_long_as_somebody_reads() {
    let sandbox = Sandbox::start(Options::default()).unwrap();
    sandbox.set_fault("*", Fault::Huge);
    let mut answer = ask_token(&sandbox).await.unwrap();
    let mut read = 0;
    while read < 8 * 1024 * 1024 {
        read += answer.chunk().await.unwrap().unwrap().len();
    }
}

#[test]
fn down_closes_the_connection_without_a_byte() {
    let sandbox = Sandbox::start(Options::default()).unwrap();
    sandbox.set_fault("*", Fault::Down);
    let mut connection = TcpStream::connect(sandbox.address()).unwrap();
    connection
        .write_all(b"GET /ims/profile/v1 HTTP/1.1\r\nHost: ims\r\n\r\n")
        .unwrap();
    let mut received = Vec::new();
    // Closed in either way, but with nothing said.
    let _ = connection.read_to_end(&mut received);
    assert_eq!(received, b"");
}

#[test]
fn dropping_the_sandbox_ends_hanging_connections_and_frees_the_port() {
    let sandbox = Sandbox::start(Options::default()).unwrap();
    let address = sandbox.address();
    sandbox.set_fault("*", Fault::Hang);
    let mut connection = TcpStream::connect(address).unwrap();
    connection
        .write_all(b"GET /ims/profile/v1 HTTP/1.1\r\nHost: ims\r\n\r\n")
        .unwrap();
    connection
        .set_read_timeout(Some(Duration::from_millis(200)))
        .unwrap();
    assert!(connection.read(&mut [0]).is_err(), "hangs while it lives");
    drop(sandbox);
    connection
        .set_read_timeout(Some(Duration::from_secs(5)))
        .unwrap();
    assert_eq!(connection.read(&mut [0]).unwrap(), 0, "ended with it");
    assert!(TcpStream::connect(address).is_err());
}

#[tokio::test]
async fn the_log_names_paths_and_hashes_and_no_secret() {
    let sandbox = Sandbox::start(Options::default()).unwrap();
    assert!(sandbox.admit_token("a-very-secret-token", "ann@shop.test"));
    assert!(!sandbox.admit_token("a-very-secret-token", "nobody@shop.test"));
    let form = [
        ("access_token", "a-very-secret-token"),
        ("client_id", "sandbox-client"),
        ("client_secret", "sandbox-secret"),
    ];
    client()
        .post(url(&sandbox, "/ims/logout/v1"))
        .form(&form)
        .send()
        .await
        .unwrap();
    client()
        .get(url(&sandbox, "/ims/authorize/v2?state=secret"))
        .send()
        .await
        .unwrap();

    let log = client()
        .get(url(&sandbox, "/sandbox/log"))
        .send()
        .await
        .unwrap();
    let log: Value = log.json().await.unwrap();
    assert_eq!(
        log,
        json!([
            { "method": "POST", "path": "/ims/logout/v1", "token_sha256": "85a3dacdf7d6" },
            { "method": "GET", "path": "/ims/authorize/v2" },
            { "method": "GET", "path": "/ims/denied" },
        ])
    );
}

#[test]
fn an_address_that_others_can_reach_is_refused() {
    let options = Options {
        listen: "0.0.0.0:0".parse().unwrap(),
        ..Options::default()
    };
    let refused = Sandbox::start(options).err().unwrap();
    assert!(matches!(refused, StartError::NotLoopback(_)));
    assert_eq!(
        refused.to_string(),
        "0.0.0.0:0 is not a loopback address; the sandbox listens only on this machine"
    );
}
