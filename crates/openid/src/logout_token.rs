//! What must be true of a logout token (OpenID Connect Back-Channel Logout 1.0, section 2.6).
//!
//! It arrives from the network and not in answer to anything, so it must be just issued, have a name
//! that can be remembered, and be nothing else: an ID token, which has a nonce, signs nobody out.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};

use crate::{
    claims::{LogoutToken, audience, subject, text},
    id_token::LEEWAY,
    moments::Seconds,
    refusal::Refusal,
};

const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// Two minutes, as the specification advises, the leeway of the clocks included.
const OLDEST: SignedDuration = SignedDuration::from_secs(120);
/// As long as any column that keeps it.
const LONGEST_ID: usize = 255;

/// The type is recommended and not demanded: elder providers say `JWT` or nothing. Then the event
/// alone tells, which no other kind of token has.
pub(crate) fn check_kind(kind: Option<&str>) -> Result<(), Refusal> {
    match kind {
        Some("logout+jwt" | "jwt") | None => Ok(()),
        Some(_) => Err(Refusal::LogoutType),
    }
}

/// Reads verified claims.
pub(crate) fn read(
    claims: &Map<String, Value>,
    issuer: &str,
    client_id: &str,
    now: Timestamp,
) -> Result<LogoutToken, Refusal> {
    if text(claims, "iss") != Some(issuer) {
        return Err(Refusal::LogoutIssuer);
    }
    if !audience(claims).contains(&client_id) {
        return Err(Refusal::LogoutAudience);
    }
    if claims.contains_key("nonce") {
        return Err(Refusal::LogoutNonce);
    }
    let event = claims.get("events").and_then(|events| events.get(EVENT));
    if !event.is_some_and(Value::is_object) {
        return Err(Refusal::LogoutEvent);
    }
    let expires_at = check_times(claims, now)?;
    let short = |text: &&str| (1..=LONGEST_ID).contains(&text.len());
    let id = text(claims, "jti")
        .filter(short)
        .ok_or(Refusal::LogoutNoId)?;
    let session = text(claims, "sid").filter(short).map(str::to_owned);
    let subject = subject(claims).map(str::to_owned);
    if subject.is_none() && session.is_none() {
        return Err(Refusal::LogoutNobody);
    }
    Ok(LogoutToken {
        subject,
        session,
        id: id.to_owned(),
        expires_at,
    })
}

fn check_times(claims: &Map<String, Value>, now: Timestamp) -> Result<Timestamp, Refusal> {
    let time = |name| Seconds::claim(claims, name).ok().flatten();
    let issued = time("iat").ok_or(Refusal::LogoutIssueTime)?;
    if issued.duration_since(now) > LEEWAY || now.duration_since(issued) > OLDEST {
        return Err(Refusal::LogoutIssueTime);
    }
    let expires = time("exp").ok_or(Refusal::LogoutExpired)?;
    if now.duration_since(expires) >= LEEWAY {
        return Err(Refusal::LogoutExpired);
    }
    // From then on it is refused as too old everywhere, whatever it says itself.
    Ok(issued.checked_add(OLDEST + LEEWAY).unwrap_or(expires))
}
