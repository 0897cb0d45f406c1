//! Who somebody is, from everything that the provider says about them.
//!
//! The ID token says it first and the userinfo endpoint adds to it, if it speaks of the same
//! subject. An address counts only with the word of the same source that it is verified.

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use super::{OpenId, metadata::Metadata};
use crate::{
    answer::Oddity,
    claims::{VerifiedIdentity, subject, text, verified_address},
    failure::Failure,
    provider_url::ProviderUrl,
    refusal::Refusal,
};

pub(super) const USERINFO: &str = "to the request for who has signed in";
const INTROSPECTION: &str = "to the introspection request";

type Claims = Map<String, Value>;

impl OpenId {
    /// Who signed in, from the claims of a checked ID token, if they belong to the organization.
    pub(super) async fn person(
        &self,
        metadata: &Metadata,
        claims: Claims,
        access_token: &SecretString,
    ) -> Result<VerifiedIdentity, Failure> {
        let subject = subject(&claims).ok_or(Refusal::IdTokenSubject)?.to_owned();
        let mut others = Vec::new();
        if let Some(url) = &metadata.userinfo {
            others.push(self.userinfo(url, access_token, &subject).await?);
        }
        Ok(self.identity(&subject, Some(claims), others)?)
    }

    /// Puts what the ID token says together with the other sources, the more trustworthy of those
    /// first.
    pub(super) fn identity(
        &self,
        subject: &str,
        id_token: Option<Claims>,
        others: Vec<Claims>,
    ) -> Result<VerifiedIdentity, Refusal> {
        let sources = || id_token.iter().chain(&others);
        if let Some(required) = &self.options.organization
            && !sources().any(|source| required.holds_in(source))
        {
            return Err(Refusal::NotMember);
        }
        let address = sources().find_map(|source| verified_address(source, "email_verified"));
        let others: Claims = others.into_iter().rev().flatten().collect();
        let mut together = others.clone();
        let beside_id_token = id_token.map(|claims| {
            together.extend(claims);
            others
        });
        Ok(VerifiedIdentity {
            beside_id_token,
            ..VerifiedIdentity::from_claims(self.issuer(), subject, address, together)
        })
    }

    /// What the provider says about the person of an access token; refused if it does not honour
    /// the token or speaks of somebody else.
    pub(super) async fn userinfo(
        &self,
        url: &ProviderUrl,
        access_token: &SecretString,
        expected: &str,
    ) -> Result<Claims, Failure> {
        let claims = self.userinfo_of_anybody(url, access_token).await?;
        if text(&claims, "sub") != Some(expected) {
            return Err(Refusal::ProfileOther.into());
        }
        Ok(claims)
    }

    /// The same, of whomever the token is.
    pub(super) async fn userinfo_of_anybody(
        &self,
        url: &ProviderUrl,
        access_token: &SecretString,
    ) -> Result<Claims, Failure> {
        let answer = self
            .client
            .get_with_token(url, access_token, USERINFO)
            .await?;
        if matches!(answer.status, 401 | 403) {
            return Err(Refusal::ProfileDenied.into());
        }
        let claims = answer.members(USERINFO)?;
        subject(&claims).ok_or(Refusal::ProfileSubject)?;
        Ok(claims)
    }

    /// What the provider says about an access token (RFC 7662), if it honours it.
    pub(super) async fn introspect(
        &self,
        metadata: &Metadata,
        url: &ProviderUrl,
        token: &SecretString,
    ) -> Result<Option<Claims>, Failure> {
        let form = [
            ("token", token.expose_secret()),
            ("token_type_hint", "access_token"),
        ];
        let answer = self.post(metadata, url, &form, INTROSPECTION).await?;
        let members = answer.members(INTROSPECTION)?;
        match members.get("active") {
            Some(Value::Bool(true)) => Ok(Some(members)),
            Some(Value::Bool(false)) => Ok(None),
            _ => Err(answer.unexpected(INTROSPECTION, Oddity::NotJson).into()),
        }
    }
}
