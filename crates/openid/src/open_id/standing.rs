//! Whether a sign-in of before still stands.
//!
//! ```text
//! refresh token          redeemed: the provider renews it, or has ended it
//! no refresh token       introspection where it is offered, then userinfo
//! no answer, or nonsense a failure: nothing is known, the caller waits
//! ```
//!
//! A claim that stands for the organization must be found again. Where only the ID token has it, the
//! provider must issue a new one with each renewal. Of a claim that stands for a role the caller
//! decides.

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};

use super::{OpenId, metadata::Metadata, person::USERINFO};
use crate::{
    answer::{Oddity, Unexpected},
    claims::{VerifiedIdentity, text},
    failure::Failure,
    provider::{Standing, Tokens},
    refusal::Refusal,
    token_answer::{PLACE, TokenAnswer},
};

const REVOKED: &str = "token.revoked";
const EXPIRED: &str = "token.expired";

type Person = Option<Box<VerifiedIdentity>>;

impl OpenId {
    pub(crate) async fn check(
        &self,
        tokens: &Tokens,
        subject: &str,
        now: Timestamp,
    ) -> Result<Standing, Failure> {
        let metadata = self.metadata().await?;
        match &tokens.refresh {
            Some(refresh) => self.renew(&metadata, tokens, refresh, subject, now).await,
            None if tokens.expires_at.is_some_and(|end| end <= now) => {
                Ok(Standing::Revoked(EXPIRED))
            }
            None => self.ask(&metadata, tokens, subject).await,
        }
    }

    async fn renew(
        &self,
        metadata: &Metadata,
        tokens: &Tokens,
        refresh: &SecretString,
        subject: &str,
        now: Timestamp,
    ) -> Result<Standing, Failure> {
        let form = [
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh.expose_secret()),
        ];
        let answer = self.post(metadata, &metadata.token, &form, PLACE).await?;
        let renewal = match TokenAnswer::read(&answer) {
            Err(Failure::Refused(Refusal::Code)) => return Ok(Standing::Revoked(REVOKED)),
            // It refuses us or the request; of the person it says nothing.
            Err(Failure::Refused(_)) => {
                let oddity = Oddity::Status(answer.status);
                return Err(answer.unexpected(PLACE, oddity).into());
            }
            other => other?,
        };
        let person = self.renewed_person(metadata, &renewal, subject, now).await;
        let renewed = Some(renewal.into_tokens(now, Some(tokens)));
        match person {
            Ok(person) => Ok(Standing::Valid { person, renewed }),
            // The tokens were exchanged: to lose the new ones over this would end the session.
            Err(failure) if is_undecided(&failure) => Ok(Standing::Valid {
                person: None,
                renewed,
            }),
            Err(failure) => Ok(Standing::Revoked(failure.code())),
        }
    }

    async fn renewed_person(
        &self,
        metadata: &Metadata,
        renewal: &TokenAnswer,
        subject: &str,
        now: Timestamp,
    ) -> Result<Person, Failure> {
        let (mut id_token, mut others) = (None, Vec::new());
        if renewal.id.is_some() {
            let expected = self.expected(renewal, now);
            let claims = self.read_id_token(metadata, renewal, &expected).await?;
            if text(&claims, "sub") != Some(subject) {
                return Err(Refusal::ProfileOther.into());
            }
            id_token = Some(claims);
        }
        if let Some(url) = &metadata.userinfo {
            others.push(self.userinfo(url, &renewal.access, subject).await?);
        }
        if id_token.is_none() && others.is_empty() {
            return Ok(None);
        }
        Ok(Some(Box::new(self.identity(subject, id_token, others)?)))
    }

    async fn ask(
        &self,
        metadata: &Metadata,
        tokens: &Tokens,
        subject: &str,
    ) -> Result<Standing, Failure> {
        let mut sources = Vec::new();
        if let Some(url) = &metadata.introspection {
            let Some(claims) = self.introspect(metadata, url, &tokens.access).await? else {
                return Ok(Standing::Revoked(REVOKED));
            };
            if text(&claims, "sub").is_some_and(|named| named != subject) {
                return Ok(Standing::Revoked(Refusal::ProfileOther.code()));
            }
            sources.push(claims);
        }
        if let Some(url) = &metadata.userinfo {
            match self.userinfo(url, &tokens.access, subject).await {
                Ok(claims) => sources.push(claims),
                Err(Failure::Refused(Refusal::ProfileDenied)) => {
                    return Ok(Standing::Revoked(REVOKED));
                }
                // An answer about nobody is none, such as that of a proxy in between.
                Err(Failure::Refused(Refusal::ProfileSubject)) => {
                    return Err(Failure::Unexpected(Unexpected {
                        host: url.host(),
                        place: USERINFO,
                        oddity: Oddity::NotJson,
                    }));
                }
                Err(Failure::Refused(refusal)) => return Ok(Standing::Revoked(refusal.code())),
                Err(failure) => return Err(failure),
            }
        }
        if sources.is_empty() {
            return Ok(Standing::Valid {
                person: None,
                renewed: None,
            });
        }
        Ok(match self.identity(subject, None, sources) {
            Ok(person) => Standing::Valid {
                person: Some(Box::new(person)),
                renewed: None,
            },
            Err(refusal) => Standing::Revoked(refusal.code()),
        })
    }
}

/// Whether a renewal left open who the person is: the provider could not say, a key is unknown for
/// the moment in which keys change, or the clocks disagree, which is nobody's sign-out.
fn is_undecided(failure: &Failure) -> bool {
    let Failure::Refused(refusal) = failure else {
        return true;
    };
    refusal.is_about_provider()
        || matches!(
            refusal,
            Refusal::TokenUnknownKey
                | Refusal::ProfileSubject
                | Refusal::IdTokenFuture
                | Refusal::IdTokenNotYet
                | Refusal::IdTokenExpired
                | Refusal::IdTokenStale
                | Refusal::ClockAhead
                | Refusal::ClockBehind
        )
}
