//! The program: one line on standard output, or one on standard error.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use reqwest::StatusCode;

const CREDENTIALS: [&str; 6] = [
    "--organization-id",
    "0123456789ABCDEF01234567",
    "--client-id",
    "some-client",
    "--client-secret",
    "some-secret",
];

fn program(listen: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ims-sandbox"));
    command.args(["--listen", listen]).args(CREDENTIALS);
    command
}

/// Where the program says that it listens.
fn announced(running: &mut Child) -> String {
    let mut line = String::new();
    BufReader::new(running.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    line.strip_prefix("IMS sandbox listening on ")
        .unwrap()
        .trim_end()
        .to_owned()
}

#[tokio::test]
async fn the_program_says_where_it_listens_and_serves_there() {
    let mut running = program("127.0.0.1:0")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let url = announced(&mut running);
    let form = [
        ("client_id", "some-client"),
        ("client_secret", "some-secret"),
    ];
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = client
        .post(format!("{url}/ims/token"))
        .form(&form)
        .send()
        .await;
    running.kill().unwrap();
    running.wait().unwrap();
    assert_eq!(answer.unwrap().status(), StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_program_asks_and_twists_if_told_to() {
    let mut running = program("127.0.0.1:0")
        .args(["--ask", "--jwt-access-tokens", "--ims-id-tokens"])
        .args(["--twist", "wrong-nonce"])
        .args(["--person", "email=ann@shop.test,first=Ann,group=admins"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let url = announced(&mut running);
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let get = |path: &str| client.get(format!("{url}{path}")).send();
    let page = get("/ims/authorize/v2?client_id=some-client&redirect_uri=http://a.test/").await;
    let twists = get("/sandbox/twist").await;
    running.kill().unwrap();
    running.wait().unwrap();
    let page = page.unwrap().text().await.unwrap();
    assert!(page.contains("Ann Person (ann@shop.test)"), "{page}");
    let twists = twists.unwrap().text().await.unwrap();
    assert!(twists.starts_with(r#"{"twist":"wrong-nonce","#), "{twists}");
}

#[test]
fn the_program_refuses_an_address_that_others_can_reach() {
    let output = program("0.0.0.0:0").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "0.0.0.0:0 is not a loopback address; the sandbox listens only on this machine\n"
    );
}
