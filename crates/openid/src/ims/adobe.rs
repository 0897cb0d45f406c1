//! Adobe IMS as a provider: what is asked of it about a token and its person.
//!
//! IMS answers in a way of its own where OpenID has userinfo and introspection: a profile, a place
//! that validates tokens, and one that says `true` to members of an organization. The sign-in itself
//! is in `sign_in`, API clients' tokens in `access_token`.

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use super::{Endpoints, certificate::Certificates};
use crate::{
    answer::Oddity,
    claims::{VerifiedIdentity, is_subject, text, verified_address},
    client::Client,
    failure::Failure,
    keys::Keys,
    provider::{Registration, Standing, Tokens},
    refusal::Refusal,
};

const PROFILE: &str = "to the profile request";
const MEMBERSHIP: &str = "to the membership request";
const VALIDATION: &str = "to the request whether a token holds";
const LOGOUT: &str = "to the logout request";

/// Adobe IMS and our registration there.
pub(crate) struct Adobe {
    pub(super) client: Client,
    pub(super) endpoints: Endpoints,
    pub(super) registration: Registration,
    pub(super) keys: Keys,
    pub(super) certificates: Certificates,
    organization_id: String,
}

/// What IMS says about a token.
pub(super) enum Validity {
    /// It holds, and is this person's, where IMS says whose.
    Holds {
        /// Whose.
        subject: Option<String>,
    },
    /// It does not.
    Ended,
}

impl Adobe {
    pub(crate) fn new(
        client: Client,
        endpoints: Endpoints,
        registration: Registration,
        organization_id: String,
    ) -> Self {
        Self {
            keys: Keys::new(client.clone()),
            certificates: Certificates::new(client.clone()),
            client,
            endpoints,
            registration,
            organization_id,
        }
    }

    pub(crate) fn issuer(&self) -> &str {
        self.endpoints.issuer()
    }

    /// Whose a token is.
    pub(super) async fn profile(&self, token: &SecretString) -> Result<VerifiedIdentity, Failure> {
        let url = self.endpoints.profile(&self.registration.client_id)?;
        let answer = self.client.get_with_token(&url, token, PROFILE).await?;
        if matches!(answer.status, 401 | 403) {
            return Err(Refusal::ProfileDenied.into());
        }
        let profile = answer.members(PROFILE)?;
        let subject = text(&profile, "userId")
            .filter(|subject| is_subject(subject))
            .ok_or(Refusal::ProfileSubject)?
            .to_owned();
        let address = verified_address(&profile, "emailVerified")
            .or_else(|| verified_address(&profile, "email_verified"));
        let name = |name| text(&profile, name).unwrap_or_default().to_owned();
        let (first_name, last_name) = (name("first_name"), name("last_name"));
        let person = VerifiedIdentity::from_claims(self.issuer(), &subject, address, profile);
        Ok(VerifiedIdentity {
            first_name,
            last_name,
            ..person
        })
    }

    /// Only the word `true` makes a member and only `false` makes none; all else is no answer.
    pub(super) async fn check_membership(&self, token: &SecretString) -> Result<(), Failure> {
        let url = self.endpoints.membership(&self.organization_id)?;
        let answer = self.client.get_with_token(&url, token, MEMBERSHIP).await?;
        match (answer.status, answer.body.as_slice()) {
            (200, b"true") => Ok(()),
            (200, b"false") => Err(Refusal::NotMember.into()),
            (200, _) => Err(answer.unexpected(MEMBERSHIP, Oddity::NotJson).into()),
            (status, _) => Err(answer.unexpected(MEMBERSHIP, Oddity::Status(status)).into()),
        }
    }

    /// Whether a token holds.
    pub(super) async fn validate(&self, token: &SecretString) -> Result<Validity, Failure> {
        let form = [
            ("token", token.expose_secret()),
            ("type", "access_token"),
            ("client_id", &self.registration.client_id),
        ];
        let url = self.endpoints.validate_token()?;
        let answer = self.client.post_form(&url, &form, VALIDATION).await?;
        let members = answer.members(VALIDATION)?;
        match members.get("valid") {
            Some(Value::Bool(true)) => Ok(Validity::Holds {
                subject: validated_subject(&members),
            }),
            Some(Value::Bool(false)) => Ok(Validity::Ended),
            _ => Err(answer.unexpected(VALIDATION, Oddity::NotJson).into()),
        }
    }

    pub(crate) async fn check(&self, tokens: &Tokens, subject: &str) -> Result<Standing, Failure> {
        match self.validate(&tokens.access).await? {
            Validity::Ended => return Ok(Standing::Revoked("token.revoked")),
            Validity::Holds {
                subject: Some(told),
            } if told != subject => return Ok(Standing::Revoked(Refusal::ProfileOther.code())),
            Validity::Holds { .. } => (),
        }
        match self.check_membership(&tokens.access).await {
            Ok(()) => Ok(Standing::Valid {
                person: None,
                renewed: None,
            }),
            Err(Failure::Refused(refusal)) => Ok(Standing::Revoked(refusal.code())),
            Err(failure) => Err(failure),
        }
    }

    /// Signs the token out at IMS.
    pub(crate) async fn revoke(&self, tokens: &Tokens) -> Result<(), Failure> {
        let form = [
            ("access_token", tokens.access.expose_secret()),
            ("client_id", &self.registration.client_id),
            (
                "client_secret",
                self.registration.client_secret.expose_secret(),
            ),
        ];
        let url = self.endpoints.logout()?;
        let answer = self.client.post_form(&url, &form, LOGOUT).await?;
        match answer.status {
            200 => Ok(()),
            status => Err(answer.unexpected(LOGOUT, Oddity::Status(status)).into()),
        }
    }
}

/// IMS repeats the token's claims beside its verdict.
fn validated_subject(members: &Map<String, Value>) -> Option<String> {
    let token = members.get("token")?.as_object()?;
    text(token, "user_id").map(str::to_owned)
}
