//! A shop with the integration on, and programs that call it.

use crate::testing::Shop;
use crate::web_api::authenticate;
use commerce::configuration::{CLIENT_ID, CLIENT_SECRET, OPENID_ISSUER, ORGANIZATION_ID};
use domain::session::KnownMode;
use domain::sign_in_mode::SignInMode;
use ims_sandbox::{Options, Person, Sandbox};
use jiff::SignedDuration;
use reqwest::header::LOCATION;
use reqwest::redirect::Policy;
use serde_json::Value;
use url::Url;

const REDIRECT_URI: &str = "https://shop.test/back";

pub(super) const MINUTE: SignedDuration = SignedDuration::from_mins(1);
pub(super) const EMAIL: &str = "ann@luma.test";

/// Which provider a shop is set up with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Realm {
    Adobe,
    OpenId,
}

/// A shop with the integration on, and a stand-in whose clock is the shop's.
pub(super) struct Stage {
    pub(super) shop: Shop,
    pub(super) sandbox: Sandbox,
    realm: Realm,
}

impl Stage {
    pub(super) async fn new(realm: Realm) -> Self {
        Self::with(realm, Shop::sqlite().await).await
    }

    pub(super) async fn with(realm: Realm, shop: Shop) -> Self {
        let sandbox = Sandbox::start(Options {
            jwt_access_tokens: true,
            people: vec![
                Person::with_email("ann@luma.test"),
                Person::with_email("eve@luma.test"),
            ],
            ..Options::default()
        })
        .unwrap();
        sandbox.set_time(shop.app.now());
        for name in ["imsUrl", "organizationMembershipUrl", "certificateUrl"] {
            let path = format!("adobe_ims/integration/{name}");
            shop.set(&path, &sandbox.url()).await;
        }
        for (path, value) in [
            (ORGANIZATION_ID, "0123456789ABCDEF01234567"),
            (CLIENT_ID, "sandbox-client"),
            (CLIENT_SECRET, "sandbox-secret"),
        ] {
            let nonce = random_nonce();
            let sealed = shop.app.keyring().encrypt(value.as_bytes(), nonce);
            shop.set(path, &sealed).await;
        }
        if realm == Realm::OpenId {
            shop.set(OPENID_ISSUER, &sandbox.open_id_issuer()).await;
        }
        let stage = Self {
            shop,
            sandbox,
            realm,
        };
        stage.switch_to(SignInMode::AdobeIms).await;
        stage
    }

    /// Switches as the command does: earlier tokens of Commerce's are void, the provider's gone.
    pub(super) async fn switch_to(&self, mode: SignInMode) {
        let now = self.shop.app.now();
        let mut connection = self.shop.app.database().connection().await.unwrap();
        let record = store::sign_in_mode::find(&mut connection).await.unwrap();
        let record = record.unwrap();
        let next = record.switched_to(mode, None, now, "test");
        store::admin_tokens::void_all(&mut connection, now)
            .await
            .unwrap();
        store::adobe_tokens::erase(&mut connection).await.unwrap();
        let done = store::sign_in_mode::replace(&mut connection, &next, record.epoch).await;
        assert!(done.unwrap());
    }

    pub(super) fn wait(&self, span: SignedDuration) {
        self.shop.wait(span);
        self.sandbox.advance_clock(span);
    }

    /// A token as a program gets it that its owner has signed in for.
    pub(super) async fn token_of(&self, email: &str) -> String {
        let client = reqwest::Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .build()
            .unwrap();
        let (authorize, token) = match self.realm {
            Realm::Adobe => ("/ims/authorize/v2", "/ims/token"),
            Realm::OpenId => ("/oidc/authorize", "/oidc/token"),
        };
        let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        let answer = client
            .get(format!("{}{authorize}", self.sandbox.url()))
            .query(&[
                ("client_id", "sandbox-client"),
                ("redirect_uri", REDIRECT_URI),
                ("response_type", "code"),
                ("scope", "openid email profile"),
                ("state", "s"),
                ("nonce", "n"),
                ("code_challenge", challenge),
                ("code_challenge_method", "S256"),
                ("login_hint", email),
            ])
            .send()
            .await
            .unwrap();
        let location = answer.headers()[LOCATION].to_str().unwrap();
        let location = Url::parse(location).unwrap();
        let (_, code) = location.query_pairs().find(|it| it.0 == "code").unwrap();
        let answer = client
            .post(format!("{}{token}", self.sandbox.url()))
            .form(&[
                ("grant_type", "authorization_code"),
                ("client_id", "sandbox-client"),
                ("client_secret", "sandbox-secret"),
                ("redirect_uri", REDIRECT_URI),
                ("code", &code),
                (
                    "code_verifier",
                    "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
                ),
            ])
            .send()
            .await
            .unwrap();
        let answer: Value = answer.json().await.unwrap();
        answer["access_token"].as_str().unwrap().to_owned()
    }

    pub(super) async fn call(&self, token: &str) -> Result<String, &'static str> {
        let header = format!("Bearer {token}");
        let known = self.known().await;
        let caller = authenticate(&self.shop.app, Some(&header), known).await;
        let caller = caller.unwrap().map_err(|refused| refused.code())?;
        assert_eq!(caller.role.name, "Administrators");
        Ok(caller.admin.username)
    }

    pub(super) async fn known(&self) -> KnownMode {
        let (record, mode) = crate::switch::current(&self.shop.app).await.unwrap();
        KnownMode::Leased {
            mode,
            epoch: record.epoch,
        }
    }

    /// How often the stand-in was asked anything since last time.
    pub(super) fn questions(&self) -> usize {
        self.sandbox.log().len()
    }

    pub(super) async fn rows(&self) -> usize {
        let sql = "SELECT access_token_hash FROM `#admin_adobe_ims_webapi`";
        self.shop.texts(sql).await.len()
    }
}

fn random_nonce() -> [u8; 12] {
    crate::random::bytes().unwrap()
}

pub(super) fn ann() -> Result<String, &'static str> {
    Ok("ann".to_owned())
}
