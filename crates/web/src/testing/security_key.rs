//! A shop at a name that keys can be bound to, and the keys that its people have.

use super::{Answer, Browser, PASSWORD, Shop};
use axum::http::StatusCode;
use serde_json::Value;
use webauthn::testing::Authenticator;

/// Where a key is asked for.
pub(crate) const KEY: &str = "/back/tfa/u2f/auth/";
/// Where a key is set up on the way in.
pub(crate) const KEY_SET_UP: &str = "/back/tfa/u2f/configure/";

/// The name that keys are bound to, which browsers of the tests come to.
const DOMAIN: &str = "shop.test";

/// A new key, in a browser at the shop.
pub(crate) fn authenticator() -> Authenticator {
    Authenticator::new(DOMAIN, &format!("https://{DOMAIN}"))
}

impl Shop {
    /// A shop with Ann that asks for second factors and takes keys.
    pub(crate) async fn with_keys() -> (Self, u32) {
        let shop = Self::open().await;
        let ann = shop.ann().await;
        shop.ask_for_second_factors();
        shop.set("postern/passkey/rp_id", DOMAIN).await;
        for path in ["web/secure/base_url", "web/unsecure/base_url"] {
            shop.set(path, &format!("https://{DOMAIN}/")).await;
        }
        (shop, ann)
    }

    /// The page on which an admin sets a key up on the way in, in this browser.
    pub(crate) async fn key_set_up_page(&self, browser: &mut Browser, admin: u32) -> Answer {
        let username = self.admin_by_id(admin).await.username;
        browser.sign_in(&username, PASSWORD).await;
        let link = self.enrolment_link(admin).await;
        browser
            .get(&link.replace("tfa/tfa/index", "tfa/u2f/configure"))
            .await
    }

    /// Sets a key up for an admin, in this browser, which is signed in then.
    pub(crate) async fn set_up_key_in(&self, browser: &mut Browser, admin: u32) -> Authenticator {
        let page = self.key_set_up_page(browser, admin).await;
        let mut key = authenticator();
        let answer = key.create(&browser.key_options(&page).await);
        let fields = [("name", "Blue"), ("answer", answer.as_str())];
        let sheet = browser.fill_in(&page, KEY_SET_UP, &fields).await;
        assert_eq!(sheet.status(), StatusCode::OK, "{sheet}");
        key
    }

    /// The same in a browser of its own.
    pub(crate) async fn set_up_key(&self, admin: u32) -> Authenticator {
        self.set_up_key_in(&mut self.browser(), admin).await
    }
}

impl Browser {
    /// What a page's script fetches before it asks for a key.
    pub(crate) async fn fetch_options(&mut self, page: &Answer) -> Answer {
        let address = page.between("data-options=\"", "\"");
        self.fill_in(page, &address, &[]).await
    }

    /// What it is to ask.
    pub(crate) async fn key_options(&mut self, page: &Answer) -> String {
        let answer = self.fetch_options(page).await;
        assert_eq!(answer.status(), StatusCode::OK, "{}", answer.body);
        let mut answer: Value = serde_json::from_str(&answer.body).unwrap();
        answer["publicKey"].take().to_string()
    }
}
