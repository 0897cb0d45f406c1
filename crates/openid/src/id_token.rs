//! What must be true of an ID token (OpenID Connect Core 1.0, section 3.1.3.7).
//!
//! Its signature holds already; here it is asked whether it was made for us, now, for this attempt
//! and about somebody. Times are compared with a leeway of a minute. Beyond that, an answer whose
//! own `Date` is as far off tells that the clocks disagree, so the operator reads the true reason.

use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::Algorithm;
use serde_json::{Map, Value};

use crate::{
    algorithm,
    claims::{audience, subject, text},
    moments::{NoTime, Seconds},
    refusal::Refusal,
};

/// How far clocks may differ.
pub(crate) const LEEWAY: SignedDuration = SignedDuration::from_secs(60);
/// A token comes straight from the provider, so one from long ago is another's.
const OLDEST: SignedDuration = SignedDuration::from_mins(10);

/// What an ID token is compared with.
pub(crate) struct Expected<'a> {
    pub(crate) issuer: &'a str,
    pub(crate) client_id: &'a str,
    /// None for a token that renews an earlier one: no attempt stands behind it.
    pub(crate) nonce: Option<&'a str>,
    pub(crate) access_token: &'a str,
    /// When a fresh sign-in was asked for, if it was.
    pub(crate) signed_in_since: Option<Timestamp>,
    pub(crate) now: Timestamp,
    /// The provider's clock, as the answer that brought the token shows it.
    pub(crate) date: Option<Timestamp>,
}

/// Whether a token of this `typ` can be an ID token: it is none of the kinds that have a type of
/// their own, an access token or a logout token.
pub(crate) fn check_kind(kind: Option<&str>) -> Result<(), Refusal> {
    match kind {
        None | Some("jwt") => Ok(()),
        Some(_) => Err(Refusal::IdTokenType),
    }
}

impl Expected<'_> {
    /// Asks everything of verified claims.
    pub(crate) fn check(
        &self,
        claims: &Map<String, Value>,
        algorithm: Algorithm,
    ) -> Result<(), Refusal> {
        self.check_parties(claims)?;
        subject(claims).ok_or(Refusal::IdTokenSubject)?;
        self.check_times(claims)
            .map_err(|refusal| self.true_reason(refusal))?;
        if self.nonce.is_some() && text(claims, "nonce") != self.nonce {
            return Err(Refusal::IdTokenNonce);
        }
        match claims.get("at_hash") {
            Some(hash) if !self.is_hash(hash, algorithm) => Err(Refusal::IdTokenAccessHash),
            _ => self.check_sign_in(claims),
        }
    }

    fn check_parties(&self, claims: &Map<String, Value>) -> Result<(), Refusal> {
        if text(claims, "iss") != Some(self.issuer) {
            return Err(Refusal::IdTokenIssuer);
        }
        let audience = audience(claims);
        if !audience.contains(&self.client_id) {
            return Err(Refusal::IdTokenAudience);
        }
        match claims.get("azp") {
            Some(party) if party != self.client_id => Err(Refusal::IdTokenAuthorizedParty),
            None if audience.len() > 1 => Err(Refusal::IdTokenAuthorizedParty),
            _ => Ok(()),
        }
    }

    fn check_times(&self, claims: &Map<String, Value>) -> Result<(), Refusal> {
        let now = self.now;
        let issued = Seconds::claim(claims, "iat")
            .ok()
            .flatten()
            .ok_or(Refusal::IdTokenNoIssueTime)?;
        let expires = Seconds::claim(claims, "exp")
            .ok()
            .flatten()
            .ok_or(Refusal::IdTokenNoExpiry)?;
        if issued.duration_since(now) > LEEWAY {
            return Err(Refusal::IdTokenFuture);
        }
        if now.duration_since(expires) >= LEEWAY {
            return Err(Refusal::IdTokenExpired);
        }
        if now.duration_since(issued) > OLDEST + LEEWAY {
            return Err(Refusal::IdTokenStale);
        }
        match Seconds::claim(claims, "nbf") {
            Ok(Some(start)) if start.duration_since(now) > LEEWAY => Err(Refusal::IdTokenNotYet),
            Err(NoTime) => Err(Refusal::IdTokenNotYet),
            Ok(_) => Ok(()),
        }
    }

    fn check_sign_in(&self, claims: &Map<String, Value>) -> Result<(), Refusal> {
        let Some(since) = self.signed_in_since else {
            return Ok(());
        };
        let at = signed_in_at(claims).ok_or(Refusal::IdTokenNoAuthTime)?;
        let missing = since.duration_since(at);
        if missing <= LEEWAY {
            return Ok(());
        }
        // The token was issued for this very answer, so its own time shows the clock there too.
        let issued = Seconds::claim(claims, "iat").ok().flatten();
        let age = issued.map(|issued| self.now.duration_since(issued));
        if age.is_some_and(|age| age > LEEWAY && missing - age <= LEEWAY) {
            return Err(Refusal::ClockAhead);
        }
        Err(Refusal::IdTokenAuthTime)
    }

    fn is_hash(&self, hash: &Value, algorithm: Algorithm) -> bool {
        hash.as_str()
            .is_some_and(|hash| algorithm::is_half_hash(algorithm, self.access_token, hash))
    }

    /// A time that seems wrong is right by the provider's clock, if the clocks are that far apart.
    fn true_reason(&self, refusal: Refusal) -> Refusal {
        let ahead = self.date.map(|date| self.now.duration_since(date));
        match (refusal, ahead) {
            (Refusal::IdTokenFuture | Refusal::IdTokenNotYet, Some(ahead)) if -ahead > LEEWAY => {
                Refusal::ClockBehind
            }
            (Refusal::IdTokenExpired | Refusal::IdTokenStale, Some(ahead)) if ahead > LEEWAY => {
                Refusal::ClockAhead
            }
            _ => refusal,
        }
    }
}

/// When the person signed in at the provider, where it says so.
pub(crate) fn signed_in_at(claims: &Map<String, Value>) -> Option<Timestamp> {
    Seconds::claim(claims, "auth_time").ok().flatten()
}
