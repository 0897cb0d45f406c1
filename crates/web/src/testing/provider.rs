//! A shop whose integration is on with the stand-in, and the way of a browser there and back.

use super::{Answer, Browser, Shop};
use domain::sign_in_mode::SignInMode;
use ims_sandbox::{Options, Person, Sandbox};
use jiff::SignedDuration;
use secrecy::ExposeSecret;

/// Where the shop is, for the provider.
const SHOP: &str = "https://shop.test";

/// Which of the stand-in's two providers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Adobe,
    OpenId,
}

/// A shop and its provider, whose clocks agree.
pub(crate) struct Integrated {
    pub(crate) shop: Shop,
    pub(crate) sandbox: Sandbox,
}

impl Integrated {
    /// With `ann@shop.test` known at the provider.
    pub(crate) async fn open(kind: Kind) -> Self {
        Self::with(kind, Options::default()).await
    }

    pub(crate) async fn with(kind: Kind, options: Options) -> Self {
        let shop = Shop::open().await;
        let client = (
            options.organization_id.clone(),
            options.client_id.clone(),
            options.client_secret.expose_secret().to_owned(),
        );
        let sandbox = Sandbox::start(options).unwrap();
        sandbox.set_time(shop.app.now());
        let integrated = Self { shop, sandbox };
        integrated.configure(kind, client).await;
        integrated.shop.switch_to(SignInMode::AdobeIms).await;
        integrated
    }

    async fn configure(&self, kind: Kind, client: (String, String, String)) {
        let shop = &self.shop;
        let (organization, id, secret) = client;
        for (name, value) in [
            ("organization_id", organization),
            ("api_key", id),
            ("private_key", secret),
        ] {
            let sealed = shop.app.keyring().encrypt(value.as_bytes(), [9; 12]);
            shop.set(&format!("adobe_ims/integration/{name}"), &sealed)
                .await;
        }
        let url = self.sandbox.url();
        for name in ["imsUrl", "organizationMembershipUrl", "certificateUrl"] {
            shop.set(&format!("adobe_ims/integration/{name}"), &url)
                .await;
        }
        if kind == Kind::OpenId {
            let issuer = self.sandbox.open_id_issuer();
            shop.set("postern/openid/issuer", &issuer).await;
        }
        shop.set("web/secure/base_url", &format!("{SHOP}/")).await;
    }

    /// Lets time pass, here and there.
    pub(crate) fn wait(&self, span: SignedDuration) {
        self.shop.wait(span);
        self.sandbox.advance_clock(span);
    }

    /// Follows where the provider leads, from an address of its own back to one of ours. Where it
    /// asks who one is, the person is `ann@shop.test`.
    pub(crate) async fn at_provider(&self, address: &str) -> String {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        let mut answer = client.get(address).send().await.unwrap();
        let own_page = answer.headers().get("location").filter(|location| {
            // IMS asks at another address, an OpenID provider where the request came to.
            location.as_bytes().starts_with(b"/")
        });
        if answer.status() == 200 || own_page.is_some() {
            let who = [("person", "ann@shop.test")];
            answer = client.post(address).form(&who).send().await.unwrap();
        }
        let location = answer.headers().get("location");
        let location = location.map(|value| value.to_str().unwrap().to_owned());
        let location = location.unwrap_or_else(|| panic!("no way back from {address}"));
        location.strip_prefix(SHOP).unwrap_or(&location).to_owned()
    }

    /// The whole way: the button, the provider, the callback. Returns the callback's answer.
    pub(crate) async fn sign_in(&self, browser: &mut Browser) -> Answer {
        let begun = browser.get("/back/admin/auth/adobe").await;
        let there = begun
            .header("location")
            .unwrap_or_else(|| panic!("{begun}"));
        let back = self.at_provider(there).await;
        browser.get(&back).await
    }

    /// The code of the last refusal that was written down.
    pub(crate) async fn last_refusal(&self) -> Option<String> {
        let sql = "SELECT detail FROM #postern_audit_event \
                   WHERE kind = 'provider_sign_in_refused' ORDER BY id DESC LIMIT 1";
        let mut connection = self.shop.app.database().connection().await.unwrap();
        let row = connection.fetch_optional(sql, Vec::new()).await.unwrap()?;
        let detail: serde_json::Value = serde_json::from_str(&row.text(0).unwrap()).unwrap();
        detail["reason"].as_str().map(str::to_owned)
    }
}

/// Somebody at the provider with this address.
pub(crate) fn person(email: &str) -> Person {
    Person::with_email(email)
}
