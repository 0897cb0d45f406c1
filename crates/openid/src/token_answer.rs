//! What a token endpoint answers (RFC 6749, sections 5.1 and 5.2).
//!
//! "No" is told from "cannot": a refusal in the protocol's words is an answer, everything else an
//! outage. Words that the provider makes up are never repeated.

use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use serde_json::{Map, Value};

use crate::{
    answer::Answer, claims::text, failure::Failure, provider::Tokens, refusal::Refusal, strict_json,
};

pub(crate) const PLACE: &str = "to the token request";

/// What came for a code or a refresh token.
pub(crate) struct TokenAnswer {
    pub(crate) access: SecretString,
    pub(crate) lifetime: Option<SignedDuration>,
    pub(crate) refresh: Option<SecretString>,
    pub(crate) id: Option<SecretString>,
    /// What the clock there shows.
    pub(crate) date: Option<Timestamp>,
}

impl TokenAnswer {
    /// Reads an answer to a code or refresh token.
    pub(crate) fn read(answer: &Answer) -> Result<Self, Failure> {
        if let Some(word) = refusal_word(answer) {
            return Err(match word.as_str() {
                "invalid_grant" => Refusal::Code,
                "invalid_client" | "unauthorized_client" => Refusal::Client,
                _ => Refusal::TokenEndpoint,
            }
            .into());
        }
        if answer.status == 401 {
            return Err(Refusal::Client.into());
        }
        let members = answer.members(PLACE)?;
        // Adobe's elder endpoints leave the type out.
        let is_bearer = |kind: &str| kind.eq_ignore_ascii_case("bearer");
        if members.contains_key("token_type")
            && !text(&members, "token_type").is_some_and(is_bearer)
        {
            return Err(Refusal::TokenType.into());
        }
        Ok(Self {
            access: secret(&members, "access_token").ok_or(Refusal::NoAccessToken)?,
            lifetime: lifetime(&members),
            refresh: secret(&members, "refresh_token"),
            id: secret(&members, "id_token"),
            date: answer.date,
        })
    }
}

impl TokenAnswer {
    /// What to keep of it. Without a new refresh or ID token the earlier ones stay.
    pub(crate) fn into_tokens(self, now: Timestamp, earlier: Option<&Tokens>) -> Tokens {
        let lifetime = self.lifetime;
        Tokens {
            access: self.access,
            expires_at: lifetime.and_then(|lifetime| now.checked_add(lifetime).ok()),
            refresh: self.refresh.or_else(|| earlier?.refresh.clone()),
            id: self.id.or_else(|| earlier?.id.clone()),
        }
    }
}

/// The `error` of an answer that refuses in the protocol's words.
pub(crate) fn refusal_word(answer: &Answer) -> Option<String> {
    if !answer.is_client_error() {
        return None;
    }
    let members = strict_json::object(&answer.body).ok()?;
    text(&members, "error").map(str::to_owned)
}

/// A token that can be sent on in a header.
fn secret(members: &Map<String, Value>, name: &str) -> Option<SecretString> {
    let token = text(members, name)?;
    let sendable = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
    sendable.then(|| token.to_owned().into())
}

/// Seconds; some providers put them in a text.
fn lifetime(members: &Map<String, Value>) -> Option<SignedDuration> {
    let value = members.get("expires_in")?;
    let seconds = value.as_i64().or_else(|| value.as_str()?.parse().ok())?;
    (seconds > 0).then(|| SignedDuration::from_secs(seconds))
}
