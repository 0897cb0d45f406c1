//! What a page says of a factor that was refused.

use crate::pages;
use crate::problem::Problem;
use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};
use service::second_factor::FactorRefused;
use service::words::Words;

/// A refusal as a page tells it.
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    notice: String,
    /// Seconds until it is worth trying again.
    retry_after: Option<i64>,
}

impl Refusal {
    /// With a sentence that needs no more.
    pub(super) fn plain(status: StatusCode, notice: String) -> Self {
        Self {
            status,
            notice,
            retry_after: None,
        }
    }

    /// Too early, and until when.
    pub(super) fn until(words: Words, key: &'static str, until: Timestamp, now: Timestamp) -> Self {
        let left = until.duration_since(now);
        Self {
            status: StatusCode::TOO_MANY_REQUESTS,
            notice: words.tell(key, &[("time", span(words, left).into())]),
            retry_after: Some(left.as_secs().max(1)),
        }
    }

    /// What the use case has against it; `wrong` is the sentence for a wrong code of this page.
    pub(super) fn of(
        words: Words,
        refused: &FactorRefused,
        wrong: &'static str,
        now: Timestamp,
    ) -> Self {
        let off =
            |key, by: SignedDuration| words.tell(key, &[("time", span(words, by.abs()).into())]);
        let (status, notice) = match refused {
            FactorRefused::Locked(until) => {
                return Self::until(words, "second_factor-locked", *until, now);
            }
            FactorRefused::WrongCode => (StatusCode::UNAUTHORIZED, words.say(wrong)),
            FactorRefused::ClockIsOff(by) if by.is_negative() => (
                StatusCode::UNAUTHORIZED,
                off("second_factor-clock_behind", *by),
            ),
            FactorRefused::ClockIsOff(by) => (
                StatusCode::UNAUTHORIZED,
                off("second_factor-clock_ahead", *by),
            ),
            FactorRefused::UsedCode => (
                StatusCode::UNAUTHORIZED,
                words.say("second_factor-used_code"),
            ),
            FactorRefused::Closed => (StatusCode::FORBIDDEN, words.say("second_factor-closed")),
            FactorRefused::Stale => (StatusCode::FORBIDDEN, words.say("page-stale")),
            FactorRefused::Key(code) => (StatusCode::UNAUTHORIZED, words.say(of_key(code))),
            FactorRefused::ClonedKey => (StatusCode::UNAUTHORIZED, words.say("key-cloned")),
            _ => (StatusCode::FORBIDDEN, words.say("second_factor-refused")),
        };
        Self::plain(status, notice)
    }

    /// What is against a key that was to be set up.
    pub(super) fn of_new_key(words: Words, refused: &FactorRefused) -> Self {
        let (status, key) = match refused {
            FactorRefused::Stale => (StatusCode::FORBIDDEN, "page-stale"),
            FactorRefused::Key(code) => (StatusCode::UNPROCESSABLE_ENTITY, of_new_key(code)),
            FactorRefused::InvalidName => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "second_factor-own_name_wrong",
            ),
            _ => (StatusCode::UNPROCESSABLE_ENTITY, "key-set_up_refused"),
        };
        Self::plain(status, words.say(key))
    }

    /// What is said of it.
    pub(super) fn notice(&self) -> &str {
        &self.notice
    }

    /// Says when to come back, to who reads headers.
    pub(super) fn mark(&self, response: &mut Response) {
        if let Some(seconds) = self.retry_after {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
    }
}

/// A page with the status of what was refused on it.
pub(super) fn page(
    template: &impl Template,
    refusal: Option<&Refusal>,
) -> Result<Response, Problem> {
    let status = refusal.map_or(StatusCode::OK, |refusal| refusal.status);
    let mut response = pages::page(status, template)?;
    if let Some(refusal) = refusal {
        refusal.mark(&mut response);
    }
    Ok(response)
}

/// The sentence about a key that was refused by this code.
fn of_key(code: &str) -> &'static str {
    match code {
        "key.unknown" => "key-unknown",
        "key.user_presence" | "key.user_verification" => "key-unverified",
        _ => of_ceremony(code).unwrap_or("key-refused"),
    }
}

/// The same for one that was to be set up.
fn of_new_key(code: &str) -> &'static str {
    match code {
        "key.known" => "key-known",
        "key.too_many" => "key-set_up_many",
        "key.model" | "key.attestation" | "key.attestation_format" => "key-set_up_model",
        "key.user_presence" | "key.user_verification" => "key-unverified",
        _ => of_ceremony(code).unwrap_or("key-set_up_refused"),
    }
}

/// What is about when and where a key was asked, and not about the key.
pub(in crate::pages) fn of_ceremony(code: &str) -> Option<&'static str> {
    match code {
        "key.challenge" | "key.expired" | "key.purpose" | "key.replayed" => Some("page-stale"),
        "key.cross_origin" | "key.no_domain" | "key.origin" | "key.relying_party"
        | "key.top_origin" | "key.wrong_domain" => Some("key-elsewhere"),
        _ => None,
    }
}

/// A span in whole minutes, or hours where it is long; never less than it is.
fn span(words: Words, span: SignedDuration) -> String {
    let minutes = (span.as_secs() + 59) / 60;
    let (key, count) = match minutes {
        ..120 => ("minutes", minutes.max(1)),
        _ => ("hours", (minutes + 59) / 60),
    };
    words.tell(key, &[("count", count.into())])
}
