//! The one HTTP client.
//!
//! It follows no redirect, waits no longer and reads no more than its [`Limits`], keeps no cookies,
//! and is built when the first request is made: a command that asks nobody pays nothing.
//! What may be asked at all is decided in `provider_url`.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use jiff::{Timestamp, fmt::rfc2822};
use reqwest::{
    RequestBuilder, Response,
    header::{CACHE_CONTROL, DATE, HeaderValue, LOCATION},
    redirect::Policy,
};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;

use crate::{
    answer::{Answer, Oddity, Unexpected},
    provider_url::ProviderUrl,
    unreachable::{Cause, Unreachable},
};

const USER_AGENT: &str = concat!("Postern/", env!("CARGO_PKG_VERSION"));

/// How long to wait and how much to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Time for name, connection and TLS.
    pub connect: Duration,
    /// Time for the whole exchange, the last byte of the answer included.
    pub total: Duration,
    /// Size of an answer's body in bytes.
    pub body: usize,
}

impl Default for Limits {
    /// 3 s to connect, 10 s in all, 256 KiB: several times what IMS needs on a bad day.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(3),
            total: Duration::from_secs(10),
            body: 256 * 1024,
        }
    }
}

/// Asks providers; clones share their connections.
#[derive(Clone)]
pub struct Client {
    limits: Limits,
    built: Arc<Built>,
    #[cfg(feature = "fuzzing")]
    pub(crate) given: Option<crate::given::Answers>,
}

/// Plain HTTP stays on this machine, so it needs no certificates and must not meet a proxy.
#[derive(Default)]
struct Built {
    plain: OnceLock<reqwest::Client>,
    encrypted: OnceLock<reqwest::Client>,
}

/// Why a request brought no usable answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallFailed {
    /// No answer.
    #[error(transparent)]
    Unreachable(#[from] Unreachable),
    /// An answer, but too large to look at.
    #[error(transparent)]
    Unexpected(#[from] Unexpected),
}

impl Client {
    /// A client with these limits. Nothing is opened, read or allocated for TLS yet.
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            built: Arc::default(),
            #[cfg(feature = "fuzzing")]
            given: None,
        }
    }

    /// `place` completes "gave no valid answer …" in the error.
    pub(crate) async fn get(
        &self,
        url: &ProviderUrl,
        place: &'static str,
    ) -> Result<Answer, CallFailed> {
        let request = self.built_for(url)?.get(url.as_url().clone());
        self.send(request, url, place).await
    }

    /// The same with an access token; `place` as in [`Client::get`].
    pub(crate) async fn get_with_token(
        &self,
        url: &ProviderUrl,
        token: &SecretString,
        place: &'static str,
    ) -> Result<Answer, CallFailed> {
        let request = self
            .built_for(url)?
            .get(url.as_url().clone())
            .bearer_auth(token.expose_secret());
        self.send(request, url, place).await
    }

    /// Posts a form; `place` as in [`Client::get`].
    pub(crate) async fn post_form<Form: Serialize + ?Sized>(
        &self,
        url: &ProviderUrl,
        form: &Form,
        place: &'static str,
    ) -> Result<Answer, CallFailed> {
        let request = self.built_for(url)?.post(url.as_url().clone()).form(form);
        self.send(request, url, place).await
    }

    /// The same with a user name and a password in front; `place` as in [`Client::get`].
    pub(crate) async fn post_form_as<Form: Serialize + ?Sized>(
        &self,
        url: &ProviderUrl,
        (user, password): (&str, &SecretString),
        form: &Form,
        place: &'static str,
    ) -> Result<Answer, CallFailed> {
        let request = self
            .built_for(url)?
            .post(url.as_url().clone())
            .basic_auth(user, Some(password.expose_secret()))
            .form(form);
        self.send(request, url, place).await
    }

    fn built_for(&self, url: &ProviderUrl) -> Result<&reqwest::Client, Unreachable> {
        let (cell, plain) = if url.is_plain() {
            (&self.built.plain, true)
        } else {
            (&self.built.encrypted, false)
        };
        if let Some(client) = cell.get() {
            return Ok(client);
        }
        // Without a single certificate authority on the machine, this is what fails.
        let client = build(self.limits, plain).map_err(|_| Unreachable {
            host: url.host(),
            cause: Cause::NoCertificateAuthorities,
        })?;
        Ok(cell.get_or_init(|| client))
    }

    async fn send(
        &self,
        request: RequestBuilder,
        url: &ProviderUrl,
        place: &'static str,
    ) -> Result<Answer, CallFailed> {
        #[cfg(feature = "fuzzing")]
        if let Some(answers) = &self.given {
            return Ok(answers(url).into_answer(url));
        }
        let unreachable = |error: reqwest::Error| Unreachable {
            host: url.host(),
            cause: Cause::of(&error, self.limits.connect, self.limits.total),
        };
        let mut response = request
            .header(CACHE_CONTROL, HeaderValue::from_static("no-cache"))
            .send()
            .await
            .map_err(unreachable)?;
        let mut answer = Answer {
            status: response.status().as_u16(),
            location: location(&response),
            date: date(&response),
            body: Vec::new(),
            host: url.host(),
        };
        while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
            if answer.body.len() + chunk.len() > self.limits.body {
                return Err(answer
                    .unexpected(place, Oddity::TooLarge(self.limits.body))
                    .into());
            }
            answer.body.extend_from_slice(&chunk);
        }
        Ok(answer)
    }
}

fn build(limits: Limits, plain: bool) -> reqwest::Result<reqwest::Client> {
    let builder = reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .redirect(Policy::none())
        .referer(false)
        .connect_timeout(limits.connect)
        .timeout(limits.total);
    if plain {
        builder.no_proxy().tls_certs_only([]).build()
    } else {
        builder.https_only(true).build()
    }
}

fn location(response: &Response) -> Option<String> {
    response
        .headers()
        .get(LOCATION)?
        .to_str()
        .ok()
        .map(str::to_owned)
}

/// The usual form of RFC 9110, section 5.6.7, is one of RFC 2822.
fn date(response: &Response) -> Option<Timestamp> {
    let text = response.headers().get(DATE)?.to_str().ok()?;
    rfc2822::DateTimeParser::new().parse_timestamp(text).ok()
}
