//! Signing in with Adobe ID.
//!
//! The authorization request is Commerce's own pattern with what it lacks put behind it: a nonce and
//! a PKCE challenge. IMS gives an ID token where it is configured to; then everything in it must
//! hold, and the profile must be of the same person.

use jiff::Timestamp;
use jsonwebtoken::Algorithm;
use secrecy::ExposeSecret;
use serde_json::{Map, Value};
use url::Url;

use super::{
    access_token::lifetime, adobe::Adobe, credentials::Trial, credentials::try_credentials,
    endpoints,
};
use crate::{
    answer::Oddity,
    claims::{VerifiedIdentity, subject, text},
    failure::Failure,
    id_token::{self, Expected, signed_in_at},
    jwt::Jwt,
    pkce,
    provider::{AuthorizationRequest, Prompt, Redemption, SignedIn, Tokens},
    refusal::Refusal,
    token_answer::{PLACE, TokenAnswer},
    trial::TrialRefused,
};

const AUTHORIZATION: &str = "to the authorization request";

/// What a sign-in asks Adobe for, in Commerce's order.
const SCOPES: [&str; 5] = ["AdobeID", "openid", "email", "profile", "org.read"];

impl Adobe {
    pub(crate) async fn try_credentials(
        &self,
        redirect_uri: &str,
        locale: &str,
    ) -> Result<(), TrialRefused> {
        let trial = Trial {
            client_id: &self.registration.client_id,
            client_secret: &self.registration.client_secret,
            redirect_uri,
            locale,
            scopes: &SCOPES,
        };
        Ok(try_credentials(&self.client, &self.endpoints, &trial).await?)
    }

    /// Where to send the browser, once that place has shown that it answers: a browser that is
    /// sent to a dead host shows a page that helps nobody.
    pub(crate) async fn authorize(
        &self,
        request: &AuthorizationRequest<'_>,
    ) -> Result<Url, Failure> {
        let address = |state| {
            self.endpoints.authorize(&endpoints::AuthorizationRequest {
                client_id: &self.registration.client_id,
                redirect_uri: request.redirect_uri,
                locale: request.locale,
                scopes: &SCOPES,
                state,
            })
        };
        let answer = self.client.get(&address("probe")?, AUTHORIZATION).await?;
        if answer.status >= 500 {
            let oddity = Oddity::Status(answer.status);
            return Err(answer.unexpected(AUTHORIZATION, oddity).into());
        }
        let mut url = address(request.state)?.as_url().clone();
        let challenge = pkce::challenge(request.verifier);
        add_missing(&mut url, "nonce", request.nonce);
        add_missing(&mut url, "code_challenge", &challenge);
        add_missing(&mut url, "code_challenge_method", "S256");
        if let Some(hint) = request.login_hint {
            add_missing(&mut url, "login_hint", hint);
        }
        match request.prompt {
            Prompt::SignIn => (),
            Prompt::OtherAccount => add_missing(&mut url, "prompt", "login"),
            Prompt::SignInAnew => {
                // The first is Commerce's own word for it, the second the standard's.
                add_missing(&mut url, "reauth", "check");
                add_missing(&mut url, "prompt", "login");
                add_missing(&mut url, "max_age", "0");
            }
        }
        Ok(url)
    }

    /// IMS does not name itself in callbacks; another name is another provider's all the same.
    pub(crate) fn check_callback_issuer(&self, named: Option<&str>) -> Result<(), Failure> {
        match named {
            Some(named) if named != self.issuer() => Err(Refusal::CallbackIssuer.into()),
            _ => Ok(()),
        }
    }

    pub(crate) async fn redeem(
        &self,
        redemption: &Redemption<'_>,
        now: Timestamp,
    ) -> Result<SignedIn, Failure> {
        let form = [
            ("grant_type", "authorization_code"),
            ("client_id", &self.registration.client_id),
            (
                "client_secret",
                self.registration.client_secret.expose_secret(),
            ),
            ("code", redemption.code.expose_secret()),
            ("redirect_uri", redemption.redirect_uri),
            ("code_verifier", redemption.verifier),
        ];
        let url = self.endpoints.token()?;
        let answer = self.client.post_form(&url, &form, PLACE).await?;
        let answer = TokenAnswer::read(&answer)?;
        let claims = self.read_id_token(&answer, redemption, now).await?;
        let profile = self.profile(&answer.access).await?;
        let person = with_id_token(profile, claims)?;
        self.check_membership(&answer.access).await?;
        let expires_at = expiry(answer.access.expose_secret());
        Ok(SignedIn {
            person,
            tokens: Tokens {
                expires_at,
                ..answer.into_tokens(now, None)
            },
        })
    }

    async fn read_id_token(
        &self,
        answer: &TokenAnswer,
        redemption: &Redemption<'_>,
        now: Timestamp,
    ) -> Result<Option<Map<String, Value>>, Failure> {
        let Some(token) = &answer.id else {
            return Ok(None);
        };
        let token = Jwt::parse(token.expose_secret(), &[Algorithm::RS256])?;
        id_token::check_kind(token.header.kind.as_deref())?;
        let algorithm = token.header.algorithm;
        let claims = self.keys.verify(&self.endpoints.keys()?, token).await?;
        let expected = Expected {
            issuer: self.issuer(),
            client_id: &self.registration.client_id,
            nonce: Some(redemption.nonce),
            access_token: answer.access.expose_secret(),
            signed_in_since: redemption.signed_in_since,
            now,
            date: answer.date,
        };
        expected.check(&claims, algorithm)?;
        Ok(Some(claims))
    }
}

/// Puts a parameter behind the pattern's own, unless the operator's pattern has it already.
fn add_missing(url: &mut Url, name: &str, value: &str) {
    if !url.query_pairs().any(|(there, _)| there == name) {
        url.query_pairs_mut().append_pair(name, value);
    }
}

/// The profile's person, with what only the ID token says.
fn with_id_token(
    mut person: VerifiedIdentity,
    claims: Option<Map<String, Value>>,
) -> Result<VerifiedIdentity, Refusal> {
    let Some(claims) = claims else {
        return Ok(person);
    };
    if subject(&claims) != Some(person.subject.as_str()) {
        return Err(Refusal::ProfileOther);
    }
    person.signed_in_at = signed_in_at(&claims);
    person.session = text(&claims, "sid").map(str::to_owned);
    person.claims.extend(claims);
    Ok(person)
}

/// When an access token runs out. The number beside it counts seconds at one of Adobe's endpoints
/// and milliseconds at another, so only the token's own word is taken, which says what it counts.
fn expiry(token: &str) -> Option<Timestamp> {
    let claims = Jwt::stored_claims(token)?;
    lifetime(&claims).ok().map(|(_, expires)| expires)
}
