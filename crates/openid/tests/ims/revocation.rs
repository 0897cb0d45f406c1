//! The end of tokens at the provider: a report within the deadline, whatever the provider does.

use std::time::{Duration, Instant};

use ims_sandbox::{Fault, Options, Sandbox};
use openid::{
    Client, Limits,
    ims::{Endpoints, Patterns, RevocationReport, revoke},
};
use secrecy::SecretString;

use crate::raw_provider::{drip, provider};

const DEADLINE: Duration = Duration::from_millis(800);

fn tokens(count: usize) -> Vec<SecretString> {
    (0..count)
        .map(|number| SecretString::from(format!("token-{number}")))
        .collect()
}

async fn end(base: &str, secret: &str, tokens: Vec<SecretString>) -> RevocationReport {
    end_within(DEADLINE, base, secret, tokens).await
}

async fn end_within(
    deadline: Duration,
    base: &str,
    secret: &str,
    tokens: Vec<SecretString>,
) -> RevocationReport {
    let endpoints = Endpoints::new(Patterns {
        ims_base: base.to_owned(),
        ..Patterns::default()
    });
    let client = Client::new(Limits::default());
    let secret = SecretString::from(secret);
    let begun = Instant::now();
    let report = revoke(
        &client,
        &endpoints,
        "sandbox-client",
        &secret,
        tokens,
        deadline,
    )
    .await;
    assert!(
        begun.elapsed() < deadline + 2 * DEADLINE,
        "{:?}",
        begun.elapsed()
    );
    report
}

fn sandbox_with_tokens(count: usize) -> Sandbox {
    let sandbox = Sandbox::start(Options::default()).unwrap();
    for number in 0..count {
        assert!(sandbox.admit_token(&format!("token-{number}"), "ann@shop.test"));
    }
    sandbox
}

#[tokio::test]
async fn every_token_is_ended_and_an_unknown_one_is_counted_as_refused() {
    let sandbox = sandbox_with_tokens(40);
    let report = end(&sandbox.url(), "sandbox-secret", tokens(42)).await;
    assert_eq!(
        report,
        RevocationReport {
            revoked: 40,
            refused: 2,
            unreached: 0
        }
    );
    assert_eq!(sandbox.revoked(), 40);
    assert!(!sandbox.is_valid_token("token-7"));
}

#[tokio::test]
async fn a_wrong_secret_ends_nothing_and_is_no_error() {
    let sandbox = sandbox_with_tokens(3);
    let report = end(&sandbox.url(), "guess", tokens(3)).await;
    assert_eq!(
        report,
        RevocationReport {
            revoked: 0,
            refused: 3,
            unreached: 0
        }
    );
    assert!(sandbox.is_valid_token("token-0"));
}

#[tokio::test]
async fn a_provider_that_does_not_answer_costs_the_deadline_once() {
    let unreached = RevocationReport {
        unreached: 50,
        ..RevocationReport::default()
    };
    for fault in [Fault::Hang, Fault::Slow, Fault::Down] {
        let sandbox = sandbox_with_tokens(50);
        sandbox.set_fault("*", fault);
        assert_eq!(
            end(&sandbox.url(), "sandbox-secret", tokens(50)).await,
            unreached,
            "{fault:?}"
        );
    }
    let dripping = format!("http://{}", provider(drip));
    assert_eq!(
        end(&dripping, "sandbox-secret", tokens(50)).await,
        unreached
    );
    assert_eq!(
        end("https://ims.invalid", "sandbox-secret", tokens(50)).await,
        unreached
    );
    assert_eq!(
        end("http://ims.test", "sandbox-secret", tokens(50)).await,
        unreached
    );
}

#[tokio::test]
async fn eight_tokens_at_a_slow_provider_take_as_long_as_one() {
    let sandbox = sandbox_with_tokens(8);
    sandbox.set_fault("*", Fault::Slow);
    let deadline = Duration::from_millis(3900);
    let report = end_within(deadline, &sandbox.url(), "sandbox-secret", tokens(8)).await;
    assert_eq!(
        report,
        RevocationReport {
            revoked: 8,
            ..RevocationReport::default()
        }
    );
}

#[tokio::test]
async fn a_provider_that_answers_nonsense_has_revoked_nothing() {
    let sandbox = sandbox_with_tokens(4);
    for fault in [Fault::ServerError, Fault::Huge] {
        sandbox.set_fault("*", fault);
        let report = end(&sandbox.url(), "sandbox-secret", tokens(4)).await;
        assert_eq!(
            report,
            RevocationReport {
                refused: 4,
                ..RevocationReport::default()
            }
        );
    }
}

#[tokio::test]
async fn without_tokens_nobody_is_asked() {
    let sandbox = sandbox_with_tokens(0);
    let report = end(&sandbox.url(), "sandbox-secret", Vec::new()).await;
    assert_eq!(report, RevocationReport::default());
    assert!(sandbox.log().is_empty());
}
