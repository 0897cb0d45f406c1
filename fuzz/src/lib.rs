//! A provider of which every answer can be chosen. Nobody is asked: what the targets of `openid`
//! say goes through the relying party's one door as if it had come from the network.

use std::{fmt::Display, sync::LazyLock};

use data_encoding::BASE64URL_NOPAD;
use jiff::Timestamp;
use openid::{
    Client, Given, Limits, OpenIdOptions, Provider, ProviderUrl, Redemption, Registration,
    RequiredClaim, Tokens,
    ims::{Endpoints, Patterns},
};
use secrecy::SecretString;
use tokio::runtime::{Builder, Runtime};

pub const ISSUER: &str = "https://idp.test";
pub const CLIENT_ID: &str = "shop";
pub const SUBJECT: &str = "ann";
pub const NONCE: &str = "n-0S6_WzA2Mj";
pub const REDIRECT_URI: &str = "https://shop.test/callback";
/// 2027-01-15, 08:00 UTC.
pub const NOW: i64 = 1_800_000_000;
/// Of private keys that were thrown away.
pub const KEYS: &str = include_str!("../provider/keys.json");
/// The same, as Adobe publishes the keys of its access tokens.
pub const CERTIFICATE: &str = include_str!("../provider/certificate.pem");

const CLIENT_SECRET: &str = "p8e-never-told";

/// What a usual OpenID provider says of itself.
pub const DESCRIPTION: &str = r#"{
    "issuer": "https://idp.test",
    "authorization_endpoint": "https://idp.test/authorize",
    "token_endpoint": "https://idp.test/token",
    "jwks_uri": "https://idp.test/keys",
    "introspection_endpoint": "https://idp.test/introspect",
    "userinfo_endpoint": "https://idp.test/userinfo",
    "end_session_endpoint": "https://idp.test/end",
    "id_token_signing_alg_values_supported": ["RS256", "ES256", "EdDSA"]
}"#;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
});
static CLIENT: LazyLock<Client> = LazyLock::new(|| Client::new(Limits::default()));

/// An OpenID provider; `answer` says what there is at a path.
pub fn open_id(answer: impl Fn(&str) -> Given + Send + Sync + 'static) -> Provider {
    let options = OpenIdOptions {
        organization: Some(RequiredClaim {
            name: "groups".to_owned(),
            value: "shop".to_owned(),
        }),
        ..OpenIdOptions::default()
    };
    let issuer = ProviderUrl::parse(ISSUER).expect("an address");
    Provider::open_id(client(answer), issuer, registration(), options)
}

/// The same for Adobe.
pub fn adobe(answer: impl Fn(&str) -> Given + Send + Sync + 'static) -> Provider {
    let endpoints = Endpoints::new(Patterns::default());
    let organization = "0123456789ABCDEF01234567".to_owned();
    Provider::adobe(client(answer), endpoints, registration(), organization)
}

fn client(answer: impl Fn(&str) -> Given + Send + Sync + 'static) -> Client {
    CLIENT.answered_by(move |url| answer(url.as_url().path()))
}

fn registration() -> Registration {
    Registration {
        client_id: CLIENT_ID.to_owned(),
        client_secret: CLIENT_SECRET.into(),
    }
}

pub fn now() -> Timestamp {
    Timestamp::from_second(NOW).expect("a moment")
}

/// A code that came back with the browser.
pub fn redemption(code: &SecretString) -> Redemption<'_> {
    Redemption {
        code,
        redirect_uri: REDIRECT_URI,
        nonce: NONCE,
        verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
        signed_in_since: None,
    }
}

/// What is kept of a sign-in of before.
pub fn tokens(refresh: Option<SecretString>) -> Tokens {
    Tokens {
        access: "an-access-token".into(),
        expires_at: None,
        refresh,
        id: None,
    }
}

/// A usual answer.
pub fn found(body: &[u8]) -> Given {
    Given {
        status: 200,
        location: None,
        body: body.to_vec(),
    }
}

/// What there is where nothing is.
pub fn nothing() -> Given {
    Given {
        status: 404,
        ..found(b"")
    }
}

/// Runs to its end what waits for nobody.
pub fn run<T>(work: impl Future<Output = T>) -> T {
    RUNTIME.block_on(work)
}

/// A compact token.
pub fn token(header: &[u8], claims: &[u8], signature: &[u8]) -> String {
    [header, claims, signature]
        .map(|part| BASE64URL_NOPAD.encode(part))
        .join(".")
}

/// No provider writes into a message, and none tells our secret.
pub fn assert_plain(error: impl Display) {
    let text = error.to_string();
    assert!(!text.chars().any(char::is_control), "{text:?}");
    assert!(!text.contains(CLIENT_SECRET));
}
