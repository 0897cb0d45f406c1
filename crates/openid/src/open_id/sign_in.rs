//! From the button to who has signed in: the authorization code flow with PKCE.

use std::collections::BTreeSet;

use jiff::Timestamp;
use secrecy::ExposeSecret;
use serde_json::{Map, Value};
use url::Url;

use super::{OpenId, metadata::Metadata};
use crate::{
    failure::Failure,
    id_token::{self, Expected},
    jwt::Jwt,
    pkce,
    provider::{AuthorizationRequest, Prompt, Redemption, SignedIn},
    refusal::Refusal,
    token_answer::{PLACE, TokenAnswer},
};

/// How old a fresh sign-in may be for the provider, in seconds. It makes it say `auth_time`, by which
/// the sign-in is judged here. Not 0: some take that for no number, and others, by whose clock a
/// moment has passed, ask for the password again and again.
const FRESH_SECONDS: &str = "10";

impl OpenId {
    pub(crate) async fn authorize(
        &self,
        request: &AuthorizationRequest<'_>,
    ) -> Result<Url, Failure> {
        let metadata = self.metadata().await?;
        let mut url = metadata.authorization.as_url().clone();
        let locale = request.locale.replace('_', "-");
        let mut query = url.query_pairs_mut();
        query
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.registration.client_id)
            .append_pair("redirect_uri", request.redirect_uri)
            .append_pair("scope", &self.scope())
            .append_pair("state", request.state)
            .append_pair("nonce", request.nonce)
            .append_pair("code_challenge", &pkce::challenge(request.verifier))
            .append_pair("code_challenge_method", "S256")
            .append_pair("ui_locales", &locale);
        if let Some(hint) = request.login_hint {
            query.append_pair("login_hint", hint);
        }
        let prompt = match request.prompt {
            Prompt::SignIn => None,
            Prompt::OtherAccount if metadata.knows_prompt("select_account") => {
                Some("select_account")
            }
            Prompt::OtherAccount => Some("login"),
            Prompt::SignInAnew => {
                query.append_pair("max_age", FRESH_SECONDS);
                metadata.knows_prompt("login").then_some("login")
            }
        };
        let classes = self.context_classes();
        if !classes.is_empty() {
            query.append_pair("acr_values", &classes);
        }
        if let Some(prompt) = prompt {
            query.append_pair("prompt", prompt);
        }
        drop(query);
        Ok(url)
    }

    /// `openid` first and everything once, as configured.
    fn scope(&self) -> String {
        let mut seen = BTreeSet::new();
        let configured = self.options.scopes.iter().map(String::as_str);
        let scopes: Vec<_> = ["openid"]
            .into_iter()
            .chain(configured)
            .filter(|scope| seen.insert(*scope))
            .collect();
        scopes.join(" ")
    }

    /// The context classes (OpenID Connect Core, section 2) of which one must be reached, so that the
    /// provider asks for what it would be refused without.
    fn context_classes(&self) -> String {
        let wanted = self.options.second_factor.iter();
        let classes: Vec<_> = wanted
            .filter(|claim| claim.name == "acr")
            .map(|claim| claim.value.as_str())
            .collect();
        classes.join(" ")
    }

    /// Whether a token says that the person has shown a second factor, where that is asked for. What
    /// does not say so is taken for the weakest.
    pub(super) fn check_second_factor(&self, claims: &Map<String, Value>) -> Result<(), Refusal> {
        let wanted = &self.options.second_factor;
        let is_shown = wanted.is_empty() || wanted.iter().any(|claim| claim.holds_in(claims));
        is_shown.then_some(()).ok_or(Refusal::SecondFactorMissing)
    }

    pub(crate) async fn check_callback_issuer(&self, named: Option<&str>) -> Result<(), Failure> {
        match named {
            Some(named) if named == self.issuer() => Ok(()),
            Some(_) => Err(Refusal::CallbackIssuer.into()),
            None if self.metadata().await?.names_itself => Err(Refusal::CallbackNoIssuer.into()),
            None => Ok(()),
        }
    }

    pub(crate) async fn redeem(
        &self,
        redemption: &Redemption<'_>,
        now: Timestamp,
    ) -> Result<SignedIn, Failure> {
        let metadata = self.metadata().await?;
        let form = [
            ("grant_type", "authorization_code"),
            ("code", redemption.code.expose_secret()),
            ("redirect_uri", redemption.redirect_uri),
            ("code_verifier", redemption.verifier),
        ];
        let answer = self.post(&metadata, &metadata.token, &form, PLACE).await?;
        let answer = TokenAnswer::read(&answer)?;
        let expected = Expected {
            nonce: Some(redemption.nonce),
            signed_in_since: redemption.signed_in_since,
            ..self.expected(&answer, now)
        };
        let claims = self.read_id_token(&metadata, &answer, &expected).await?;
        self.check_second_factor(&claims)?;
        let person = self.person(&metadata, claims, &answer.access).await?;
        Ok(SignedIn {
            person,
            tokens: answer.into_tokens(now, None),
        })
    }

    /// What every ID token of an answer is compared with.
    pub(super) fn expected<'a>(&'a self, answer: &'a TokenAnswer, now: Timestamp) -> Expected<'a> {
        Expected {
            issuer: self.issuer(),
            client_id: &self.registration.client_id,
            nonce: None,
            access_token: answer.access.expose_secret(),
            signed_in_since: None,
            now,
            date: answer.date,
        }
    }

    /// The claims of the ID token, of which everything is checked.
    pub(super) async fn read_id_token(
        &self,
        metadata: &Metadata,
        answer: &TokenAnswer,
        expected: &Expected<'_>,
    ) -> Result<Map<String, Value>, Failure> {
        let token = answer.id.as_ref().ok_or(Refusal::NoIdToken)?;
        let token = Jwt::parse(token.expose_secret(), &metadata.algorithms)?;
        id_token::check_kind(token.header.kind.as_deref())?;
        let algorithm = token.header.algorithm;
        let claims = self.keys.verify(&metadata.keys, token).await?;
        expected.check(&claims, algorithm)?;
        Ok(claims)
    }
}
