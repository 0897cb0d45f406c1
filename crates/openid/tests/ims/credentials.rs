//! The trial of credentials (A11: the secret is tried, and what failed is named).

use std::time::{Duration, Instant};

use ims_sandbox::{Fault, Options, Sandbox};
use openid::{
    Cause, Client, Limits, Oddity,
    ims::{CredentialsRefused, Endpoints, Patterns, Trial, try_credentials},
};
use secrecy::SecretString;

use crate::raw_provider::{drip, provider, say};

const REDIRECT_URI: &str = "https://shop.test/admin/adobe_ims_auth/oauth/imscallback/";
const SECRET: &str = "sandbox-secret";
const LIMITS: Limits = Limits {
    connect: Duration::from_millis(900),
    total: Duration::from_millis(1000),
    body: 64 * 1024,
};

fn endpoints(base: &str) -> Endpoints {
    Endpoints::new(Patterns {
        ims_base: base.to_owned(),
        ..Patterns::default()
    })
}

async fn attempt(base: &str, client_id: &str, secret: &str) -> Result<(), CredentialsRefused> {
    let trial = Trial {
        client_id,
        client_secret: &SecretString::from(secret),
        redirect_uri: REDIRECT_URI,
        locale: "en_US",
        scopes: &["AdobeID", "openid"],
    };
    try_credentials(&Client::new(LIMITS), &endpoints(base), &trial).await
}

async fn refusal(base: &str) -> CredentialsRefused {
    let refused = attempt(base, "sandbox-client", SECRET).await.unwrap_err();
    let shown = format!("{refused} {refused:?}");
    assert!(!shown.contains(SECRET), "{shown}");
    refused
}

async fn cause(base: &str) -> Cause {
    match refusal(base).await {
        CredentialsRefused::Unreachable(unreachable) => unreachable.cause,
        other => panic!("{other:?}"),
    }
}

async fn oddity(base: &str) -> Oddity {
    match refusal(base).await {
        CredentialsRefused::Unexpected(unexpected) => unexpected.oddity,
        other => panic!("{other:?}"),
    }
}

/// The sandbox with a fault at the token endpoint.
fn faulty(fault: Fault) -> Sandbox {
    let sandbox = Sandbox::start(Options::default()).unwrap();
    sandbox.set_fault("/ims/token", fault);
    sandbox
}

#[tokio::test]
async fn the_right_credentials_hold() {
    let sandbox = Sandbox::start(Options::default()).unwrap();
    assert_eq!(
        attempt(&sandbox.url(), "sandbox-client", SECRET).await,
        Ok(())
    );
    let asked: Vec<_> = sandbox.log().into_iter().map(|entry| entry.path).collect();
    assert_eq!(asked, ["/ims/authorize/v2", "/ims/token"]);
}

#[tokio::test]
async fn a11_a_wrong_client_id_and_a_wrong_secret_are_told_apart() {
    let sandbox = Sandbox::start(Options::default()).unwrap();
    let host = sandbox.address().to_string();

    let refused = attempt(&sandbox.url(), "other-client", SECRET)
        .await
        .unwrap_err();
    assert_eq!(refused, CredentialsRefused::ClientId { host: host.clone() });

    let refused = attempt(&sandbox.url(), "sandbox-client", "guess")
        .await
        .unwrap_err();
    assert_eq!(
        refused,
        CredentialsRefused::ClientSecret { host: host.clone() }
    );
    assert_eq!(
        refused.to_string(),
        format!(
            "{host} accepted the client ID but refused the client secret; copy the secret again \
             from the Adobe Developer Console"
        )
    );
}

#[tokio::test]
async fn a_redirect_uri_that_is_not_registered_is_named() {
    let options = Options {
        redirect_uris: vec!["https://other.test/".to_owned()],
        ..Options::default()
    };
    let sandbox = Sandbox::start(options).unwrap();
    assert_eq!(
        refusal(&sandbox.url()).await,
        CredentialsRefused::RedirectUri {
            host: sandbox.address().to_string(),
            redirect_uri: REDIRECT_URI.to_owned()
        }
    );
}

#[tokio::test]
async fn a_provider_that_hangs_drips_or_closes_is_unreachable_within_the_limit() {
    let begun = Instant::now();
    let hanging = faulty(Fault::Hang);
    assert_eq!(cause(&hanging.url()).await, Cause::Timeout(LIMITS.total));
    assert_eq!(
        cause(&faulty(Fault::Slow).url()).await,
        Cause::Timeout(LIMITS.total)
    );
    let dripping = format!("http://{}", provider(drip));
    assert_eq!(cause(&dripping).await, Cause::Timeout(LIMITS.total));
    assert!(begun.elapsed() < 6 * LIMITS.total, "{:?}", begun.elapsed());

    assert_eq!(cause(&faulty(Fault::Down).url()).await, Cause::BrokenOff);
    let halfway = format!(
        "http://{}",
        provider(|connection| say(
            connection,
            b"HTTP/1.1 302 Found\r\nContent-Length: 9\r\n\r\n"
        ))
    );
    assert_eq!(cause(&halfway).await, Cause::BrokenOff);
}

#[tokio::test]
async fn a_name_a_port_and_a_certificate_that_fail_are_told_apart() {
    assert_eq!(cause("https://ims.invalid").await, Cause::NameLookup);

    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    assert_eq!(cause(&format!("http://{free}")).await, Cause::Connect);
    assert_eq!(cause(&format!("https://{free}")).await, Cause::Connect);

    let plain = provider(|connection| say(connection, b"HTTP/1.1 400 Bad Request\r\n\r\n"));
    assert_eq!(cause(&format!("https://{plain}")).await, Cause::Tls);
}

#[tokio::test]
async fn odd_answers_to_the_authorization_request_are_named() {
    let answers: [(&[u8], Oddity); 4] = [
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
            Oddity::Status(200),
        ),
        (
            b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
            Oddity::Status(404),
        ),
        (
            b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n",
            Oddity::NoLocation,
        ),
        (
            b"HTTP/1.1 302 Found\r\nLocation: https://[\r\nContent-Length: 0\r\n\r\n",
            Oddity::NoLocation,
        ),
    ];
    for (bytes, expected) in answers {
        let address = provider(move |connection| say(connection, bytes));
        assert_eq!(oddity(&format!("http://{address}")).await, expected);
    }
    let garbage = provider(|connection| say(connection, b"\x16\x03\x01 hello"));
    assert_eq!(cause(&format!("http://{garbage}")).await, Cause::BrokenOff);
}

#[tokio::test]
async fn odd_answers_to_the_token_request_are_named() {
    for (fault, expected) in [
        (Fault::ServerError, Oddity::Status(500)),
        (Fault::Nonsense, Oddity::Page),
        (Fault::Huge, Oddity::TooLarge(LIMITS.body)),
    ] {
        assert_eq!(oddity(&faulty(fault).url()).await, expected, "{fault:?}");
    }
}

/// A provider whose authorization holds and whose token endpoint says `token`.
async fn with_token_answer(token: &'static str) -> CredentialsRefused {
    let address = provider(move |mut connection| {
        use std::io::{Read, Write};
        let mut request = [0; 4096];
        let length = connection.read(&mut request).unwrap_or_default();
        let answer = if request
            .get(..length)
            .is_some_and(|bytes| bytes.starts_with(b"GET"))
        {
            format!("HTTP/1.1 302 Found\r\nLocation: {REDIRECT_URI}?code=c\r\n")
        } else {
            token.to_owned()
        };
        let (head, body) = answer
            .split_once("\r\n\r\n")
            .unwrap_or((answer.trim_end(), ""));
        let length = body.len();
        let _ = write!(
            connection,
            "{head}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
        );
    });
    refusal(&format!("http://{address}")).await
}

#[tokio::test]
async fn the_word_of_the_token_endpoint_decides() {
    let oddities = [
        (
            "HTTP/1.1 302 Found\r\nLocation: https://evil.test/\r\n",
            Oddity::Redirect(302),
        ),
        (
            "HTTP/1.1 200 OK\r\n\r\n{\"access_token\":\"t\"}",
            Oddity::BogusCodeAccepted,
        ),
        ("HTTP/1.1 200 OK\r\n\r\n{\"error\":7}", Oddity::NotJson),
        (
            "HTTP/1.1 400 Bad\r\n\r\n[\"invalid_grant\"]",
            Oddity::NotJson,
        ),
        ("HTTP/1.1 400 Bad\r\n\r\n", Oddity::NotJson),
        ("HTTP/1.1 403 No\r\n\r\n  <html>", Oddity::Page),
        (
            "HTTP/1.1 503 No\r\n\r\n{\"error\":\"invalid_grant\"}",
            Oddity::Status(503),
        ),
    ];
    for (answer, expected) in oddities {
        match with_token_answer(answer).await {
            CredentialsRefused::Unexpected(unexpected) => {
                assert_eq!(unexpected.oddity, expected, "{answer}");
            }
            other => panic!("{answer}: {other:?}"),
        }
    }
    let blamed = "HTTP/1.1 400 Bad\r\n\r\n{\"error\":\"invalid_client\",\
                  \"error_description\":\"invalid client_id parameter\"}";
    assert!(matches!(
        with_token_answer(blamed).await,
        CredentialsRefused::ClientId { .. }
    ));
    let other = "HTTP/1.1 400 Bad\r\n\r\n{\"error\":\"slow_down\"}";
    assert!(
        with_token_answer(other)
            .await
            .to_string()
            .ends_with(" refused to answer the token request: `slow_down`")
    );
}

#[tokio::test]
async fn addresses_that_must_not_be_asked_are_refused_before_anything_is_sent() {
    assert_eq!(
        refusal("http://ims.test").await.to_string(),
        "the address in adobe_ims/integration/admin/auth_url_pattern is plain http to `ims.test`; \
         only https is allowed, except to this machine"
    );
}

#[test]
fn without_certificate_authorities_and_behind_a_dead_proxy_this_machine_is_still_asked() {
    let dead = "http://127.0.0.1:9";
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "credentials::in_a_bare_environment"])
        .env("SSL_CERT_FILE", "/nonexistent")
        .env("SSL_CERT_DIR", "/nonexistent")
        .env("HTTP_PROXY", dead)
        .env("http_proxy", dead)
        .env("ALL_PROXY", dead)
        .output()
        .unwrap();
    let shown = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && shown.contains("1 passed"),
        "{shown}"
    );
}

#[tokio::test]
#[ignore = "needs the environment that the test above gives it"]
async fn in_a_bare_environment() {
    let sandbox = Sandbox::start(Options::default()).unwrap();
    assert_eq!(
        attempt(&sandbox.url(), "sandbox-client", SECRET).await,
        Ok(())
    );
    assert_eq!(
        cause("https://ims.invalid").await,
        Cause::NoCertificateAuthorities
    );
}
