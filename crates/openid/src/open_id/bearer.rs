//! Access tokens that API clients bring (RFC 9068 and RFC 7662).
//!
//! A JWT is verified first, which costs the provider nothing; then the provider is asked whether it
//! still honours it. An opaque token can only be asked about, and must have been issued to us: one
//! that was issued to another application of the same provider opens nothing here.

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use super::{OpenId, metadata::Metadata};
use crate::{
    algorithm,
    bearer::{self, Life},
    claims::{VerifiedBearer, audience, subject, text},
    failure::Failure,
    jwt::Jwt,
    moments::Seconds,
    refusal::Refusal,
};

type Claims = Map<String, Value>;

impl OpenId {
    pub(crate) async fn read_bearer(
        &self,
        token: &SecretString,
        now: Timestamp,
    ) -> Result<VerifiedBearer, Failure> {
        bearer::check_form(token.expose_secret())?;
        let metadata = self.metadata().await?;
        let mut sources = Vec::new();
        if Jwt::is_meant(token.expose_secret()) {
            sources.push(self.verify_bearer(&metadata, token).await?);
        }
        if let Some(own) = sources.first() {
            times(own, now)?;
        }
        self.ask_about(&metadata, token, &mut sources).await?;
        let own = sources.first().ok_or(Refusal::BearerUnverifiable)?;
        let life = times(own, now)?;
        self.check_second_factor(own)?;
        let subject = subject(own).ok_or(Refusal::BearerSubject)?.to_owned();
        let speaks_of = |source: &Claims| text(source, "sub").is_none_or(|it| it == subject);
        if !sources.iter().all(speaks_of) {
            return Err(Refusal::BearerSubject.into());
        }
        Ok(VerifiedBearer {
            person: self.identity(&subject, None, sources)?,
            issued_at: life.issued_at,
            expires_at: life.expires_at,
        })
    }

    /// The claims of a token that is a JWT.
    async fn verify_bearer(
        &self,
        metadata: &Metadata,
        token: &SecretString,
    ) -> Result<Claims, Failure> {
        let token = Jwt::parse(token.expose_secret(), &algorithm::ACCEPTED)?;
        let kind = token.header.kind.clone();
        let claims = self.keys.verify(&metadata.keys, token).await?;
        // Elder providers call every token `JWT`, so others must be known by what only they have.
        let is_another = ["nonce", "at_hash", "events"]
            .iter()
            .any(|name| claims.contains_key(*name));
        match kind.as_deref() {
            Some("at+jwt") => (),
            Some("jwt") if !is_another => (),
            _ => return Err(Refusal::BearerType.into()),
        }
        if text(&claims, "iss") != Some(self.issuer()) {
            return Err(Refusal::BearerIssuer.into());
        }
        if !audience(&claims).contains(&self.registration.client_id.as_str()) {
            return Err(Refusal::BearerAudience.into());
        }
        Ok(claims)
    }

    /// Adds what the provider says about the token.
    async fn ask_about(
        &self,
        metadata: &Metadata,
        token: &SecretString,
        sources: &mut Vec<Claims>,
    ) -> Result<(), Failure> {
        let mut is_access_token = false;
        if let Some(url) = &metadata.introspection {
            let told = self.introspect(metadata, url, token).await?;
            let told = told.ok_or(Refusal::BearerRevoked)?;
            if sources.is_empty() && !self.is_for_us(&told) {
                return Err(Refusal::BearerAudience.into());
            }
            if is_another_kind(&told) {
                return Err(Refusal::BearerType.into());
            }
            is_access_token = !sources.is_empty() || text(&told, "token_type").is_some();
            sources.push(told);
        } else if sources.is_empty() || metadata.userinfo.is_none() {
            return Err(Refusal::BearerUnverifiable.into());
        }
        let Some(url) = &metadata.userinfo else {
            return match is_access_token {
                true => Ok(()),
                false => Err(Refusal::BearerType.into()),
            };
        };
        match self.userinfo_of_anybody(url, token).await {
            Ok(claims) => sources.push(claims),
            // Without the scope `openid` it is not told about, though honoured.
            Err(Failure::Refused(Refusal::ProfileDenied)) if is_access_token => (),
            Err(Failure::Refused(Refusal::ProfileDenied)) if metadata.introspection.is_some() => {
                return Err(Refusal::BearerType.into());
            }
            Err(Failure::Refused(Refusal::ProfileDenied)) => {
                return Err(Refusal::BearerRevoked.into());
            }
            Err(failure) => return Err(failure),
        }
        Ok(())
    }

    fn is_for_us(&self, told: &Claims) -> bool {
        let client_id = self.registration.client_id.as_str();
        text(told, "client_id") == Some(client_id) || audience(told).contains(&client_id)
    }
}

/// Refresh tokens are active too (RFC 7662, section 2.2), and open nothing here: whoever had one
/// would need no client secret any more. Where no type is told, only the userinfo endpoint knows.
fn is_another_kind(told: &Claims) -> bool {
    let kind = told.get("token_type").filter(|kind| !kind.is_null());
    kind.is_some_and(|kind| {
        let names = ["bearer", "access_token"];
        !kind
            .as_str()
            .is_some_and(|kind| names.iter().any(|name| kind.eq_ignore_ascii_case(name)))
    })
}

fn times(claims: &Claims, now: Timestamp) -> Result<Life, Refusal> {
    let time = |name| {
        let time = Seconds::claim(claims, name).ok().flatten();
        time.ok_or(Refusal::BearerTimes)
    };
    bearer::life(time("iat")?, time("exp")?, now)
}
