//! The end of tokens at the provider.
//!
//! Called after the switch is already made, so nothing here can stop the caller: whatever the
//! provider does, a report comes back within the deadline.

use std::time::Duration;

use futures_util::{StreamExt, stream};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use tokio::time::{Instant, timeout_at};

use super::endpoints::Endpoints;
use crate::{
    client::{CallFailed, Client},
    provider_url::ProviderUrl,
};

/// How many tokens are ended at the same time.
const CONCURRENCY: usize = 8;

/// What became of the tokens; the three numbers add up to how many there were.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RevocationReport {
    /// The provider confirmed that the token is ended.
    pub revoked: usize,
    /// The provider answered something else; most often it no longer knew the token.
    pub refused: usize,
    /// No answer before the deadline, or none at all: these tokens hold until they expire.
    pub unreached: usize,
}

/// Ends tokens at the provider, eight at a time, and returns within `deadline`.
///
/// Never fails: what could not be done is in the report. Without tokens nothing is built or opened.
pub async fn revoke(
    client: &Client,
    endpoints: &Endpoints,
    client_id: &str,
    client_secret: &SecretString,
    tokens: Vec<SecretString>,
    deadline: Duration,
) -> RevocationReport {
    let mut report = RevocationReport {
        unreached: tokens.len(),
        ..RevocationReport::default()
    };
    let end = Instant::now() + deadline;
    let (false, Ok(url)) = (tokens.is_empty(), endpoints.logout()) else {
        return report;
    };
    let outcomes = stream::iter(tokens)
        .map(|token| revoke_one(client, &url, client_id, client_secret, token))
        .buffer_unordered(CONCURRENCY);
    let mut outcomes = std::pin::pin!(outcomes);
    while let Ok(Some(outcome)) = timeout_at(end, outcomes.next()).await {
        match outcome {
            Outcome::Revoked => report.revoked += 1,
            Outcome::Refused => report.refused += 1,
            Outcome::Unreached => continue,
        }
        report.unreached -= 1;
    }
    report
}

enum Outcome {
    Revoked,
    Refused,
    Unreached,
}

#[derive(Serialize)]
struct LogoutRequest<'a> {
    access_token: &'a str,
    client_id: &'a str,
    client_secret: &'a str,
}

async fn revoke_one(
    client: &Client,
    url: &ProviderUrl,
    client_id: &str,
    client_secret: &SecretString,
    token: SecretString,
) -> Outcome {
    let form = LogoutRequest {
        access_token: token.expose_secret(),
        client_id,
        client_secret: client_secret.expose_secret(),
    };
    match client.post_form(url, &form, "to the logout request").await {
        Ok(answer) if answer.status == 200 => Outcome::Revoked,
        Ok(_) | Err(CallFailed::Unexpected(_)) => Outcome::Refused,
        Err(CallFailed::Unreachable(_)) => Outcome::Unreached,
    }
}
