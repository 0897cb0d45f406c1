//! A client and its browser.

use data_encoding::BASE64URL_NOPAD;
use ims_sandbox::{Options, Person, Sandbox};
use reqwest::{Client, Response, StatusCode, header::LOCATION, redirect::Policy};
use serde_json::Value;
use sha2::{Digest, Sha256};
use url::Url;

pub(crate) const REDIRECT_URI: &str = "https://shop.test/callback";
pub(crate) const VERIFIER: &str = "a-verifier-of-more-than-forty-three-characters";
pub(crate) const NONCE: &str = "the-nonce";
pub(crate) const STATE: &str = "the-state";

/// Which of the two providers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum At {
    Ims,
    OpenId,
}

impl At {
    pub(crate) fn authorize(self) -> &'static str {
        match self {
            Self::Ims => "/ims/authorize/v2",
            Self::OpenId => "/oidc/authorize",
        }
    }

    pub(crate) fn token(self) -> &'static str {
        match self {
            Self::Ims => "/ims/token",
            Self::OpenId => "/oidc/token",
        }
    }
}

pub(crate) struct Actor {
    pub(crate) sandbox: Sandbox,
    http: Client,
}

pub(crate) type Callback = Vec<(String, String)>;

impl Actor {
    pub(crate) fn start(options: Options) -> Self {
        Self {
            sandbox: Sandbox::start(options).unwrap(),
            http: Client::builder()
                .redirect(Policy::none())
                .no_proxy()
                .build()
                .unwrap(),
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.sandbox.url())
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.http.get(self.url(path)).send().await.unwrap()
    }

    /// As a browser opens a page: led on once where the provider has it at another address.
    pub(crate) async fn get_page(&self, path: &str) -> Response {
        let answer = self.get(path).await;
        match answer.headers().get("location") {
            Some(location) => self.get(location.to_str().unwrap()).await,
            None => answer,
        }
    }

    pub(crate) async fn get_with_cookie(&self, path: &str, cookie: &str) -> Response {
        let request = self.http.get(self.url(path)).header("cookie", cookie);
        request.send().await.unwrap()
    }

    pub(crate) async fn get_with_token(&self, path: &str, token: &str) -> Response {
        let request = self.http.get(self.url(path)).bearer_auth(token);
        request.send().await.unwrap()
    }

    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)]) -> Response {
        let request = self.http.post(self.url(path)).form(form);
        request.send().await.unwrap()
    }

    pub(crate) async fn post_with_basic(
        &self,
        path: &str,
        secret: &str,
        form: &[(&str, &str)],
    ) -> Response {
        let request = self.http.post(self.url(path)).form(form);
        let request = request.basic_auth("sandbox-client", Some(secret));
        request.send().await.unwrap()
    }

    /// As the client, which proves who it is in the form.
    pub(crate) async fn post_as_client(&self, path: &str, form: &[(&str, &str)]) -> Response {
        let credentials = [
            ("client_id", "sandbox-client"),
            ("client_secret", "sandbox-secret"),
        ];
        self.post(path, &[&credentials, form].concat()).await
    }

    /// The path of a whole authorization request, with further parameters.
    pub(crate) fn request(at: At, further: &[(&str, &str)]) -> String {
        let challenge = BASE64URL_NOPAD.encode(&Sha256::digest(VERIFIER.as_bytes()));
        let parameters = [
            ("client_id", "sandbox-client"),
            ("redirect_uri", REDIRECT_URI),
            ("response_type", "code"),
            ("scope", "openid email profile"),
            ("state", STATE),
            ("nonce", NONCE),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ];
        let mut url = Url::parse("http://any").unwrap();
        url.set_path(at.authorize());
        url.query_pairs_mut()
            .extend_pairs(parameters)
            .extend_pairs(further);
        url.as_str().strip_prefix("http://any").unwrap().to_owned()
    }

    pub(crate) async fn authorize(&self, at: At, further: &[(&str, &str)]) -> Callback {
        read_callback(&self.get(&Self::request(at, further)).await)
    }

    pub(crate) async fn redeem(&self, at: At, code: &str) -> Response {
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", REDIRECT_URI),
            ("code_verifier", VERIFIER),
        ];
        self.post_as_client(at.token(), &form).await
    }

    pub(crate) async fn refresh(&self, at: At, token: &str) -> (StatusCode, Value) {
        let form = [("grant_type", "refresh_token"), ("refresh_token", token)];
        read(self.post_as_client(at.token(), &form).await).await
    }

    /// A whole sign-in: the token answer.
    pub(crate) async fn sign_in(&self, at: At, email: &str) -> Value {
        let callback = self.authorize(at, &[("login_hint", email)]).await;
        let answer = self.redeem(at, find(&callback, "code").unwrap()).await;
        assert_eq!(answer.status(), StatusCode::OK);
        answer.json().await.unwrap()
    }

    pub(crate) async fn is_active(&self, token: &str) -> bool {
        let form = [("token", token)];
        let answer = self.post_as_client("/oidc/introspect", &form).await;
        let said: Value = answer.json().await.unwrap_or_default();
        said["active"] == true
    }
}

/// Ann, a verified member and admin, and Bob, who is nothing of it.
pub(crate) fn ann_and_bob() -> Options {
    let ann = Person {
        groups: vec!["admins".to_owned()],
        ..Person::with_email("ann@shop.test")
    };
    let bob = Person {
        member: false,
        email_verified: false,
        organizations: vec!["FEDCBA9876543210FEDCBA98".to_owned()],
        ..Person::with_email("bob@shop.test")
    };
    Options {
        people: vec![ann, bob],
        ..Options::default()
    }
}

pub(crate) fn read_callback(answer: &Response) -> Callback {
    let location = answer.headers()[LOCATION].to_str().unwrap();
    let url = Url::parse(location).unwrap();
    assert!(location.starts_with(REDIRECT_URI), "{location}");
    url.query_pairs().into_owned().collect()
}

/// The parameter, if it is there exactly once.
pub(crate) fn find<'a>(callback: &'a Callback, name: &str) -> Option<&'a str> {
    let mut found = callback.iter().filter(|(given, _)| given == name);
    match (found.next(), found.next()) {
        (Some((_, value)), None) => Some(value),
        _ => None,
    }
}

pub(crate) async fn read(answer: Response) -> (StatusCode, Value) {
    let status = answer.status();
    (status, answer.json().await.unwrap())
}
