//! A provider and our registration there: everything that a sign-in, its session and its end ask
//! of it, whether it is Adobe IMS or an OpenID provider.

use std::{fmt, sync::Arc};

use crate::{
    claims::{LogoutToken, RequiredClaim, VerifiedBearer, VerifiedIdentity},
    client::Client,
    failure::Failure,
    ims::{Adobe, Endpoints},
    open_id::OpenId,
    provider_url::ProviderUrl,
    refusal::Refusal,
    trial::TrialRefused,
};
use jiff::Timestamp;
use secrecy::SecretString;
use url::Url;

/// How the provider knows us.
#[derive(Clone)]
pub struct Registration {
    /// The client ID.
    pub client_id: String,
    /// Its secret.
    pub client_secret: SecretString,
}

/// What is particular to one OpenID provider, where Adobe has a rule of its own.
#[derive(Clone, Debug, Default)]
pub struct OpenIdOptions {
    /// Scopes to ask for; `openid` is always among them.
    pub scopes: Vec<String>,
    /// The claim that stands for belonging to the organization; nothing where everybody whom the
    /// provider signs in belongs to it.
    pub organization: Option<RequiredClaim>,
    /// What shows that the person proved themself to the provider with a second factor: claims of
    /// the ID token such as `amr` or `acr`, of which one must hold; none where its word is enough.
    pub second_factor: Vec<RequiredClaim>,
    /// Whether it is shown the ID token of whoever signs out, in the browser's address: some know
    /// nobody without. Else the subject says whom it is about.
    pub id_token_hint: bool,
}

/// A provider. Cheap to clone; clones share what was learnt about it (its metadata and keys).
#[derive(Clone)]
pub struct Provider(Kind);

#[derive(Clone)]
enum Kind {
    Adobe(Arc<Adobe>),
    OpenId(Arc<OpenId>),
}

/// What sends a browser to the provider.
#[derive(Clone, Copy)]
pub struct AuthorizationRequest<'a> {
    /// Where the provider sends the browser back to.
    pub redirect_uri: &'a str,
    /// Locale such as `en_US`, for the provider's pages.
    pub locale: &'a str,
    /// Comes back with the code.
    pub state: &'a str,
    /// Comes back in the ID token.
    pub nonce: &'a str,
    /// The PKCE verifier; only its S256 challenge is sent.
    pub verifier: &'a str,
    /// What the person is asked for.
    pub prompt: Prompt,
    /// Whom to expect, as a mail address.
    pub login_hint: Option<&'a str>,
}

impl fmt::Debug for AuthorizationRequest<'_> {
    /// Without what must not be known outside of this attempt.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("AuthorizationRequest")
            .field("redirect_uri", &self.redirect_uri)
            .field("prompt", &self.prompt)
            .finish_non_exhaustive()
    }
}

/// What the provider is to ask of the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prompt {
    /// Whatever it finds necessary.
    SignIn,
    /// To choose another account than the one they are signed in with there.
    OtherAccount,
    /// To sign in anew, though they are signed in there.
    SignInAnew,
}

/// What a code is redeemed with.
pub struct Redemption<'a> {
    /// The code of the callback.
    pub code: &'a SecretString,
    /// The redirect URI of the request.
    pub redirect_uri: &'a str,
    /// The nonce of the request.
    pub nonce: &'a str,
    /// The PKCE verifier of the request.
    pub verifier: &'a str,
    /// For a fresh sign-in: when it was asked for. The person must have signed in at the provider
    /// since then, where it says when they did.
    pub signed_in_since: Option<Timestamp>,
}

/// What is kept of a sign-in to ask the provider about it later.
#[derive(Clone)]
pub struct Tokens {
    /// The access token.
    pub access: SecretString,
    /// When it runs out, where the provider says so.
    pub expires_at: Option<Timestamp>,
    /// The refresh token, where there is one.
    pub refresh: Option<SecretString>,
    /// The ID token, where there is one: the hint for signing out at the provider.
    pub id: Option<SecretString>,
}

/// Somebody has signed in at the provider.
pub struct SignedIn {
    /// Who.
    pub person: VerifiedIdentity,
    /// What to keep.
    pub tokens: Tokens,
}

/// What the provider says of tokens from before.
pub enum Standing {
    /// They hold.
    Valid {
        /// Who the person is now, where the provider was asked for it.
        person: Option<Box<VerifiedIdentity>>,
        /// New tokens in place of the old ones, where they were renewed.
        renewed: Option<Tokens>,
    },
    /// They do not, or the person belongs to the organization no more. The stable code of why.
    Revoked(&'static str),
}

impl Provider {
    /// Adobe IMS. `organization_id` is the 24 characters without `@AdobeOrg`.
    pub fn adobe(
        client: Client,
        endpoints: Endpoints,
        registration: Registration,
        organization_id: String,
    ) -> Self {
        let adobe = Adobe::new(client, endpoints, registration, organization_id);
        Self(Kind::Adobe(Arc::new(adobe)))
    }

    /// An OpenID provider, which describes itself below its issuer's address.
    pub fn open_id(
        client: Client,
        issuer: ProviderUrl,
        registration: Registration,
        options: OpenIdOptions,
    ) -> Self {
        let open_id = OpenId::new(client, issuer, registration, options);
        Self(Kind::OpenId(Arc::new(open_id)))
    }

    /// The issuer, as identities are kept under it: for Adobe the base address of IMS.
    pub fn issuer(&self) -> &str {
        match &self.0 {
            Kind::Adobe(adobe) => adobe.issuer(),
            Kind::OpenId(open_id) => open_id.issuer(),
        }
    }

    /// Tries the client ID and its secret without signing anybody in: at most three requests, each
    /// within the limits of the client. `locale` is what a sign-in would ask for, such as `en_US`.
    ///
    /// # Errors
    /// Unless the provider showed that they hold; where it can be told, also that the redirect URI
    /// is registered.
    pub async fn try_credentials(
        &self,
        redirect_uri: &str,
        locale: &str,
    ) -> Result<(), TrialRefused> {
        match &self.0 {
            Kind::Adobe(adobe) => adobe.try_credentials(redirect_uri, locale).await,
            Kind::OpenId(open_id) => open_id.try_credentials(redirect_uri, locale).await,
        }
    }

    /// Where to send the browser.
    pub async fn authorize(&self, request: &AuthorizationRequest<'_>) -> Result<Url, Failure> {
        match &self.0 {
            Kind::Adobe(adobe) => adobe.authorize(request).await,
            Kind::OpenId(open_id) => open_id.authorize(request).await,
        }
    }

    /// Whether the provider promises to name itself in the callback (RFC 9207), and, where
    /// `named` is what a callback names, whether that is right. To be asked before the code is used.
    pub async fn check_callback_issuer(&self, named: Option<&str>) -> Result<(), Failure> {
        match &self.0 {
            Kind::Adobe(adobe) => adobe.check_callback_issuer(named),
            Kind::OpenId(open_id) => open_id.check_callback_issuer(named).await,
        }
    }

    /// Turns a code into who has signed in. Every check of the protocol is made here, and that the
    /// person belongs to the organization.
    pub async fn redeem(
        &self,
        redemption: &Redemption<'_>,
        now: Timestamp,
    ) -> Result<SignedIn, Failure> {
        match &self.0 {
            Kind::Adobe(adobe) => adobe.redeem(redemption, now).await,
            Kind::OpenId(open_id) => open_id.redeem(redemption, now).await,
        }
    }

    /// Whether tokens still hold. `subject` is whose they are.
    pub async fn check(
        &self,
        tokens: &Tokens,
        subject: &str,
        now: Timestamp,
    ) -> Result<Standing, Failure> {
        match &self.0 {
            Kind::Adobe(adobe) => adobe.check(tokens, subject).await,
            Kind::OpenId(open_id) => open_id.check(tokens, subject, now).await,
        }
    }

    /// Ends the tokens at the provider.
    pub async fn revoke(&self, tokens: &Tokens) -> Result<(), Failure> {
        match &self.0 {
            Kind::Adobe(adobe) => adobe.revoke(tokens).await,
            Kind::OpenId(open_id) => open_id.revoke(tokens).await,
        }
    }

    /// Where to send the browser to sign out at the provider as well, if there is such a place.
    /// Adobe has none: its sign-out is the end of the token.
    pub async fn end_session_url(
        &self,
        tokens: &Tokens,
        post_logout_redirect_uri: &str,
    ) -> Result<Option<Url>, Failure> {
        match &self.0 {
            Kind::Adobe(_) => Ok(None),
            Kind::OpenId(open_id) => {
                open_id
                    .end_session_url(tokens, post_logout_redirect_uri)
                    .await
            }
        }
    }

    /// Checks a logout token (OpenID Connect Back-Channel Logout 1.0, section 2.6). Whether its
    /// `jti` was seen before is for the caller to find out. Adobe sends none.
    pub async fn read_logout_token(
        &self,
        token: &str,
        now: Timestamp,
    ) -> Result<LogoutToken, Failure> {
        match &self.0 {
            Kind::Adobe(_) => Err(Refusal::LogoutIssuer.into()),
            Kind::OpenId(open_id) => open_id.read_logout_token(token, now).await,
        }
    }

    /// Checks an access token that an API client brought: signature and times from the token
    /// itself, then with the provider that it holds, whose it is, and that they belong to the
    /// organization.
    pub async fn read_bearer(
        &self,
        token: &SecretString,
        now: Timestamp,
    ) -> Result<VerifiedBearer, Failure> {
        match &self.0 {
            Kind::Adobe(adobe) => adobe.read_bearer(token, now).await,
            Kind::OpenId(open_id) => open_id.read_bearer(token, now).await,
        }
    }
}
