//! A provider with which everything is well, to alter one thing of.
//!
//! Every door of the relying party can be gone through with it: `run` sets the provider up as the
//! world says and goes through the one that the world was made for.

use std::collections::BTreeMap;

use data_encoding::BASE64URL_NOPAD;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, EncodingKey, crypto};
use openid::{
    AuthorizationRequest, Client, Failure, Limits, OpenIdOptions, Prompt, Provider, ProviderUrl,
    Redemption, Registration, RequiredClaim, Tokens,
    ims::{Endpoints, Patterns},
};
use secrecy::SecretString;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{
    keys::{Key, RSA},
    play::{Canned, Play},
};

pub(crate) const CLIENT_ID: &str = "shop-door";
pub(crate) const CLIENT_SECRET: &str = "s3cret / with: all & kinds+of%20signs";
pub(crate) const REDIRECT_URI: &str = "https://shop.test/admin/adobe_ims_auth/oauth/imscallback/";
pub(crate) const SUBJECT: &str = "ann-0001";
pub(crate) const ACCESS_TOKEN: &str = "an-access-token";
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub(crate) const ORGANIZATION: &str = "0123456789ABCDEF01234567";
/// 2027-01-15, 08:00 UTC.
pub(crate) const NOW: i64 = 1_800_000_000;

/// What the relying party is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Door {
    SignIn,
    Callback,
    Logout,
    Bearer,
    OpaqueBearer,
    Revocation,
    AdobeSignIn,
    AdobeBearer,
}

/// Who signs the token.
#[derive(Clone)]
pub(crate) enum Signer {
    Key(&'static Key, Algorithm),
    Secret(Vec<u8>),
    Nobody,
}

pub(crate) struct World {
    pub(crate) door: Door,
    pub(crate) play: Play,
    pub(crate) metadata: Value,
    pub(crate) jwks: Value,
    pub(crate) header: Value,
    pub(crate) claims: Value,
    /// Alters the finished text of the claims.
    pub(crate) claims_text: fn(String) -> String,
    /// Alters the finished text of the header.
    pub(crate) header_text: fn(String) -> String,
    /// Alters the finished token.
    pub(crate) token_text: fn(String) -> String,
    pub(crate) signer: Signer,
    pub(crate) answer: Value,
    pub(crate) has_id_token: bool,
    pub(crate) userinfo: Value,
    pub(crate) introspection: Value,
    pub(crate) profile: Value,
    pub(crate) validation: Value,
    pub(crate) membership: &'static str,
    pub(crate) certificate: String,
    /// Answers in place of those that follow from the rest.
    pub(crate) pages: BTreeMap<&'static str, Canned>,
    pub(crate) date: &'static str,
    pub(crate) nonce: &'static str,
    pub(crate) signed_in_since: Option<Timestamp>,
    pub(crate) named: Option<String>,
    pub(crate) organization: Option<RequiredClaim>,
    pub(crate) second_factor: Vec<RequiredClaim>,
    pub(crate) id_token_hint: bool,
}

pub(crate) fn now() -> Timestamp {
    Timestamp::from_second(NOW).unwrap()
}

pub(crate) fn registration() -> Registration {
    Registration {
        client_id: CLIENT_ID.to_owned(),
        client_secret: CLIENT_SECRET.into(),
    }
}

pub(crate) fn tokens() -> Tokens {
    Tokens {
        access: ACCESS_TOKEN.into(),
        expires_at: None,
        refresh: None,
        id: None,
    }
}

pub(crate) fn half_hash(text: &str) -> String {
    BASE64URL_NOPAD.encode(&Sha256::digest(text.as_bytes())[..16])
}

fn metadata(base: &str) -> Value {
    json!({
        "issuer": format!("{base}/oidc"),
        "authorization_endpoint": format!("{base}/authorize"),
        "token_endpoint": format!("{base}/token"),
        "jwks_uri": format!("{base}/jwks"),
        "userinfo_endpoint": format!("{base}/userinfo"),
        "introspection_endpoint": format!("{base}/introspect"),
        "revocation_endpoint": format!("{base}/revoke"),
        "end_session_endpoint": format!("{base}/end"),
        "response_types_supported": ["code", "id_token"],
        "code_challenge_methods_supported": ["plain", "S256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "id_token_signing_alg_values_supported": ["RS256", "ES256", "EdDSA", "HS256", "none"],
        "authorization_response_iss_parameter_supported": true,
    })
}

fn header(door: Door) -> Value {
    match door {
        Door::Logout => json!({"alg": "RS256", "kid": "one", "typ": "logout+jwt"}),
        Door::Bearer => json!({"alg": "RS256", "kid": "one", "typ": "at+jwt"}),
        Door::AdobeBearer => json!({"alg": "RS256", "x5u": "ims-1.cer"}),
        _ => json!({"alg": "RS256", "kid": "one", "typ": "JWT"}),
    }
}

fn claims(door: Door, base: &str) -> Value {
    let issuer = format!("{base}/oidc");
    match door {
        Door::Logout => json!({
            "iss": issuer, "aud": CLIENT_ID, "sub": SUBJECT, "sid": "session-1", "jti": "bye-1",
            "iat": NOW - 5, "exp": NOW + 115,
            "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
        }),
        Door::Bearer => json!({
            "iss": issuer, "aud": [CLIENT_ID, "else"], "sub": SUBJECT, "client_id": "robot",
            "iat": NOW - 60, "exp": NOW + 3540, "groups": ["staff"],
        }),
        Door::AdobeBearer => json!({
            "type": "access_token", "client_id": CLIENT_ID, "user_id": SUBJECT,
            "created_at": format!("{}000", NOW - 60), "expires_in": "86400000",
        }),
        Door::AdobeSignIn => id_claims(base),
        _ => id_claims(&issuer),
    }
}

fn id_claims(issuer: &str) -> Value {
    json!({
        "iss": issuer, "aud": CLIENT_ID, "sub": SUBJECT, "nonce": "nonce-1", "iat": NOW - 2,
        "exp": NOW + 300, "auth_time": NOW - 10, "sid": "session-1", "groups": ["staff"],
        "at_hash": half_hash(ACCESS_TOKEN),
    })
}

impl World {
    /// All is well.
    pub(crate) async fn new(door: Door) -> Self {
        let play = Play::start().await;
        let base = play.base.clone();
        Self {
            door,
            metadata: metadata(&base),
            jwks: json!({"keys": [RSA.published("one")]}),
            header: header(door),
            claims: claims(door, &base),
            claims_text: |text| text,
            header_text: |text| text,
            token_text: |text| text,
            signer: Signer::Key(&RSA, Algorithm::RS256),
            answer: json!({
                "access_token": ACCESS_TOKEN, "token_type": "Bearer", "expires_in": 3600,
                "refresh_token": "a-refresh-token",
            }),
            has_id_token: true,
            userinfo: json!({
                "sub": SUBJECT, "email": "ann@shop.test", "email_verified": true,
                "given_name": "Ann", "family_name": "Lee",
            }),
            introspection: json!({
                "active": true, "sub": SUBJECT, "client_id": CLIENT_ID, "groups": ["staff"],
                "iat": NOW - 60, "exp": NOW + 3540,
            }),
            profile: json!({
                "userId": SUBJECT, "email": "ann@shop.test", "emailVerified": "true",
                "first_name": "Ann", "last_name": "Lee",
            }),
            validation: json!({"valid": true, "token": {"user_id": SUBJECT}}),
            membership: "true",
            certificate: RSA.certificate(2026, 2028),
            pages: BTreeMap::new(),
            date: "Fri, 15 Jan 2027 08:00:00 GMT",
            nonce: "nonce-1",
            signed_in_since: Some(now() - SignedDuration::from_secs(20)),
            named: Some(format!("{base}/oidc")),
            organization: Some(RequiredClaim {
                name: "groups".to_owned(),
                value: "staff".to_owned(),
            }),
            second_factor: Vec::new(),
            id_token_hint: false,
            play,
        }
    }

    /// The token in question.
    pub(crate) fn token(&self) -> String {
        let header = (self.header_text)(self.header.to_string());
        let claims = (self.claims_text)(self.claims.to_string());
        let encode = |text: String| BASE64URL_NOPAD.encode(text.as_bytes());
        let signed = format!("{}.{}", encode(header), encode(claims));
        let sign =
            |key: &EncodingKey, algorithm| crypto::sign(signed.as_bytes(), key, algorithm).unwrap();
        let signature = match &self.signer {
            Signer::Key(key, algorithm) => sign(&key.signing, *algorithm),
            Signer::Secret(secret) => sign(&EncodingKey::from_secret(secret), Algorithm::HS256),
            Signer::Nobody => String::new(),
        };
        (self.token_text)(format!("{signed}.{signature}"))
    }

    /// Writes down what the provider answers.
    pub(crate) fn set_up(&self) {
        let mut answer = self.answer.clone();
        if self.has_id_token {
            answer["id_token"] = json!(self.token());
        }
        let dated = Canned {
            headers: vec![("date", self.date.to_owned())],
            ..Canned::json(&answer)
        };
        let text = |text: &str| Canned {
            body: text.as_bytes().to_vec(),
            ..Canned::status(200)
        };
        let membership = format!("/{ORGANIZATION}@AdobeOrg/membership");
        for (path, canned) in [
            (
                "/oidc/.well-known/openid-configuration",
                Canned::json(&self.metadata),
            ),
            ("/jwks", Canned::json(&self.jwks)),
            ("/token", dated.clone()),
            ("/userinfo", Canned::json(&self.userinfo)),
            ("/introspect", Canned::json(&self.introspection)),
            ("/revoke", Canned::status(200)),
            ("/authorize", Canned::status(200)),
            ("/ims/keys", Canned::json(&self.jwks)),
            ("/ims/token", dated),
            ("/ims/profile/v1", Canned::json(&self.profile)),
            ("/ims/validate_token/v1", Canned::json(&self.validation)),
            ("/ims/logout/v1", Canned::status(200)),
            ("/keys/prod/ims-1.cer", text(&self.certificate)),
            (membership.as_str(), text(self.membership)),
        ] {
            self.play.on(path, canned);
        }
        for (path, canned) in &self.pages {
            self.play.on(path, canned.clone());
        }
    }

    pub(crate) fn open_id(&self) -> Provider {
        Provider::open_id(
            Client::new(Limits::default()),
            ProviderUrl::parse(&format!("{}/oidc", self.play.base)).unwrap(),
            registration(),
            OpenIdOptions {
                scopes: vec!["email".to_owned(), "openid".to_owned(), "groups".to_owned()],
                organization: self.organization.clone(),
                second_factor: self.second_factor.clone(),
                id_token_hint: self.id_token_hint,
            },
        )
    }

    pub(crate) fn adobe(&self) -> Provider {
        let endpoints = Endpoints::new(Patterns {
            ims_base: format!("{}/", self.play.base),
            membership_base: self.play.base.clone(),
            certificate_base: self.play.base.clone(),
            ..Patterns::default()
        });
        let client = Client::new(Limits::default());
        Provider::adobe(client, endpoints, registration(), ORGANIZATION.to_owned())
    }

    pub(crate) async fn redeem(&self, provider: &Provider) -> Result<openid::SignedIn, Failure> {
        let redemption = Redemption {
            code: &SecretString::from("code-1"),
            redirect_uri: REDIRECT_URI,
            nonce: self.nonce,
            verifier: VERIFIER,
            signed_in_since: self.signed_in_since,
        };
        provider.redeem(&redemption, now()).await
    }

    /// Goes through the door with a relying party that has learnt nothing yet.
    pub(crate) async fn run(&self) -> Result<(), Failure> {
        self.set_up();
        let (open_id, adobe) = (self.open_id(), self.adobe());
        let bearer = SecretString::from(self.token());
        match self.door {
            Door::SignIn => self.redeem(&open_id).await.map(drop),
            Door::AdobeSignIn => self.redeem(&adobe).await.map(drop),
            Door::Callback => open_id.check_callback_issuer(self.named.as_deref()).await,
            Door::Logout => {
                let token = self.token();
                open_id.read_logout_token(&token, now()).await.map(drop)
            }
            Door::Bearer => open_id.read_bearer(&bearer, now()).await.map(drop),
            Door::OpaqueBearer => {
                let token = SecretString::from("opaque-token");
                open_id.read_bearer(&token, now()).await.map(drop)
            }
            Door::AdobeBearer => adobe.read_bearer(&bearer, now()).await.map(drop),
            Door::Revocation => open_id.revoke(&tokens()).await,
        }
    }
}

pub(crate) fn request(prompt: Prompt) -> AuthorizationRequest<'static> {
    AuthorizationRequest {
        redirect_uri: REDIRECT_URI,
        locale: "nl_NL",
        state: "state-1",
        nonce: "nonce-1",
        verifier: VERIFIER,
        prompt,
        login_hint: None,
    }
}
