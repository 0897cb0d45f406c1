//! Access tokens that API clients bring from Adobe.
//!
//! They are JWTs of Adobe's own kind: signed by a certificate (`x5u`), with `created_at` and
//! `expires_in` as texts of milliseconds. Each is verified here, then asked about at IMS: whether it
//! holds, whose it is, and whether they belong to the organization, which Commerce does not ask.

use jiff::Timestamp;
use jsonwebtoken::Algorithm;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use super::adobe::{Adobe, Validity};
use crate::{
    bearer::{self, Life},
    claims::{VerifiedBearer, text},
    failure::Failure,
    jwt::Jwt,
    moments::{Milliseconds, NoTime},
    refusal::Refusal,
};

impl Adobe {
    pub(crate) async fn read_bearer(
        &self,
        token: &SecretString,
        now: Timestamp,
    ) -> Result<VerifiedBearer, Failure> {
        bearer::check_form(token.expose_secret())?;
        let claims = self.verify_access_token(token.expose_secret(), now).await?;
        let life = self.check_claims(&claims, now)?;
        match self.validate(token).await? {
            Validity::Holds { subject } => check_same(&claims, subject.as_deref())?,
            Validity::Ended => return Err(Refusal::BearerRevoked.into()),
        }
        let person = self.profile(token).await?;
        check_same(&claims, Some(&person.subject))?;
        self.check_membership(token).await?;
        Ok(VerifiedBearer {
            person,
            issued_at: life.issued_at,
            expires_at: life.expires_at,
        })
    }

    async fn verify_access_token(
        &self,
        token: &str,
        now: Timestamp,
    ) -> Result<Map<String, Value>, Failure> {
        let token = Jwt::parse(token, &[Algorithm::RS256])?;
        let name = token.header.certificate.clone().unwrap_or_default();
        let url = self
            .endpoints
            .certificate(&name)?
            .ok_or(Refusal::TokenCertificateName)?;
        let certificate = self.certificates.get(&name, url, now).await?;
        Ok(token.verified([&certificate.key])?)
    }

    fn check_claims(&self, claims: &Map<String, Value>, now: Timestamp) -> Result<Life, Refusal> {
        if text(claims, "type") != Some("access_token") {
            return Err(Refusal::BearerType);
        }
        let client_id = &self.registration.client_id;
        if claims.get("client_id").is_some_and(|it| it != client_id) {
            return Err(Refusal::BearerAudience);
        }
        let (issued, expires) = lifetime(claims).map_err(|NoTime| Refusal::BearerTimes)?;
        bearer::life(issued, expires, now)
    }
}

/// From when until when a token says that it holds.
pub(super) fn lifetime(claims: &Map<String, Value>) -> Result<(Timestamp, Timestamp), NoTime> {
    let issued = Milliseconds::claim(claims, "created_at")?.moment()?;
    let span = Milliseconds::claim(claims, "expires_in")?.span();
    let expires = issued.checked_add(span).map_err(|_| NoTime)?;
    Ok((issued, expires))
}

fn check_same(claims: &Map<String, Value>, subject: Option<&str>) -> Result<(), Refusal> {
    match (text(claims, "user_id"), subject) {
        (Some(own), Some(told)) if own != told => Err(Refusal::BearerSubject),
        _ => Ok(()),
    }
}
