//! Telling the client, without a browser, that somebody has signed out
//! (OpenID Connect Back-Channel Logout 1.0, section 2.5).

use std::time::Duration;

use crate::{issue::IssueError, provider::Provider};

/// How long the client may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why a logout token could not be sent.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// Nobody has this mail address.
    #[error("there is no person {0}")]
    NoSuchPerson(String),
    /// There is no key or no random number.
    #[error("cannot make a logout token: {0}")]
    Token(String),
    /// The client gave no answer.
    #[error("the client did not answer: {0}")]
    NoAnswer(#[from] reqwest::Error),
}

impl From<IssueError> for SendError {
    fn from(error: IssueError) -> Self {
        Self::Token(error.to_string())
    }
}

pub(crate) fn logout_token(
    provider: &Provider,
    email: &str,
    session: Option<&str>,
) -> Result<String, SendError> {
    let person = provider
        .find_person(Some(email))
        .ok_or_else(|| SendError::NoSuchPerson(email.to_owned()))?;
    Ok(provider.logout_token(person, session)?)
}

/// The status of the client's answer.
pub(crate) async fn send(url: &str, token: &str) -> Result<u16, SendError> {
    let client = reqwest::Client::builder()
        .no_proxy()
        .timeout(PATIENCE)
        .build()?;
    let answer = client
        .post(url)
        .form(&[("logout_token", token)])
        .send()
        .await?;
    Ok(answer.status().as_u16())
}
