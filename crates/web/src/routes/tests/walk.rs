//! Somebody who sends everything there is to an address, and looks whether it was good for anything.

use crate::testing::second_factor::AuthenticatorApp;
use crate::testing::{Answer, Browser, PASSWORD, Shop};
use axum::http::Method;

const NEW_PASSWORD: &str = "Herbst-2026!";

/// Who tries, each with the keys of their forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Visitor {
    /// A program that sends nothing that a browser would.
    Program,
    /// A browser that was given the sign-in form before.
    Browser,
    /// A browser in which Ann is signed in.
    Ann,
}

/// What a password can be good for.
#[derive(Debug, Default, PartialEq, Eq)]
struct Gains {
    hash: String,
    names: String,
    sessions: i64,
    mail: i64,
    confirmations: i64,
}

/// A shop that every address is tried in, and what there was before.
pub(super) struct Walk {
    pub(super) shop: Shop,
    ann: u32,
    link: String,
    before: Gains,
    form_cookie: String,
    form_key: String,
    app: Option<AuthenticatorApp>,
}

impl Walk {
    pub(super) async fn begin() -> Self {
        let shop = Shop::open().await;
        let ann = shop.ann().await;
        let settings = [
            ("admin/captcha/enable", "0"),
            ("admin/security/password_reset_protection_type", "0"),
            ("admin/security/admin_account_sharing", "1"),
        ];
        for (path, value) in settings {
            shop.set(path, value).await;
        }
        let mut browser = shop.browser();
        let form_key = browser.get("/back").await.hidden("form_key").unwrap();
        let form_cookie = browser.cookie("__Host-postern-form").unwrap().to_owned();
        let link = shop.reset_link(ann).await;
        let link = link.split_once('?').unwrap().1.to_owned();
        let before = Gains::of(&shop, ann).await;
        Self {
            shop,
            ann,
            link,
            before,
            form_cookie,
            form_key,
            app: None,
        }
    }

    /// The same in a shop that asks for second factors, where Ann has an app.
    pub(super) async fn begin_asking() -> Self {
        let mut walk = Self::begin().await;
        walk.shop.ask_for_second_factors();
        walk.app = Some(walk.shop.set_up_app(walk.ann).await);
        walk.put_back().await;
        walk
    }

    /// The code of Ann's app, which nobody has used yet.
    async fn code(&self) -> String {
        let Some(app) = &self.app else {
            return "000000".to_owned();
        };
        let unused = "UPDATE #postern_second_factor SET totp_step = NULL";
        self.shop.execute(unused).await;
        app.code(self.shop.app.now())
    }

    /// A browser of the visitor's, and the key of its forms.
    async fn come(&self, visitor: Visitor) -> (Browser, String) {
        let mut browser = self.shop.browser();
        let basic = "Basic YW5uOlNvbW1lci0yMDI0IQ==";
        match visitor {
            Visitor::Program => browser.remove_header("sec-fetch-site"),
            Visitor::Browser => browser.set_cookie("__Host-postern-form", &self.form_cookie),
            Visitor::Ann => {
                let id = self.shop.open_session(self.ann).await;
                browser.set_cookie("__Host-postern", &id);
            }
        }
        browser.set_header("authorization", basic);
        let key = match visitor {
            Visitor::Program => String::new(),
            Visitor::Browser => self.form_key.clone(),
            Visitor::Ann => self
                .shop
                .form_key_of(browser.cookie("__Host-postern").unwrap()),
        };
        (browser, key)
    }

    /// Sends everything there is to one address. Returns the answer, and whether it was worth it.
    pub(super) async fn attempt(
        &self,
        visitor: Visitor,
        method: &Method,
        address: &str,
        is_json: bool,
    ) -> (Answer, bool) {
        let (mut browser, key) = self.come(visitor).await;
        let before = Gains::of(&self.shop, self.ann).await;
        let session = browser.cookie("__Host-postern").map(str::to_owned);
        let otp = self.code().await;
        let (media_type, body) = match is_json {
            true => ("application/json", json(&otp)),
            false => ("application/x-www-form-urlencoded", form(&key, &otp)),
        };
        let address = format!("{address}?{}&{}", self.link, form(&key, &otp));
        let answer = browser
            .send(method.clone(), &address, media_type, body)
            .await;
        let after = Gains::of(&self.shop, self.ann).await;
        let is_opened = match browser.cookie("__Host-postern") {
            Some(id) => session.as_deref() != Some(id),
            None => false,
        };
        let is_token = answer.body.contains("\"eyJ");
        let is_gain = is_opened
            || is_token
            || after.hash != before.hash
            || after.names != before.names
            || after.sessions > before.sessions
            || after.mail > before.mail
            || after.confirmations > before.confirmations;
        (answer, is_gain)
    }

    /// As it was before the walk.
    pub(super) async fn put_back(&self) {
        for table in [
            "postern_session",
            "postern_mail",
            "postern_identity_confirmation",
            "postern_pending_sign_in",
            "postern_code_failure",
        ] {
            self.shop.execute(&format!("DELETE FROM #{table}")).await;
        }
        let hash = &self.before.hash;
        let sql = format!(
            "UPDATE #admin_user SET password = '{hash}', firstname = 'Ann', lastname = 'Smith', \
             failures_num = 0, lock_expires = NULL"
        );
        self.shop.execute(&sql).await;
        self.shop.execute("DELETE FROM #admin_passwords").await;
        self.shop
            .execute("DELETE FROM #oauth_token_request_log")
            .await;
        self.shop.reset_link(self.ann).await;
    }
}

impl Gains {
    async fn of(shop: &Shop, ann: u32) -> Self {
        let admin = shop.admin_by_id(ann).await;
        Self {
            hash: secrecy::ExposeSecret::expose_secret(&admin.password_hash).to_owned(),
            names: format!(
                "{} {} {} {:?} {}",
                admin.username, admin.first_name, admin.last_name, admin.email, admin.locale
            ),
            sessions: shop.count("postern_session").await,
            mail: shop.count("postern_mail").await,
            confirmations: shop.count("postern_identity_confirmation").await,
        }
    }
}

/// Every field that any form of ours or of Commerce's has for signing in or for a password.
fn form(key: &str, otp: &str) -> String {
    let fields = [
        ("form_key", key),
        ("login[username]", "ann"),
        ("login[password]", PASSWORD),
        ("username", "ann"),
        ("email", "ann@shop.test"),
        ("firstname", "Eve"),
        ("lastname", "Evil"),
        ("interface_locale", "en_US"),
        ("current_password", PASSWORD),
        ("password", NEW_PASSWORD),
        ("confirmation", NEW_PASSWORD),
        ("password_confirmation", NEW_PASSWORD),
        ("grant_type", "password"),
        ("client_id", "postern"),
        ("tfa_code", otp),
    ];
    let mut encoded = url::form_urlencoded::Serializer::new(String::new());
    encoded.extend_pairs(fields);
    encoded.finish()
}

fn json(otp: &str) -> String {
    serde_json::json!({
        "username": "ann",
        "password": PASSWORD,
        "current_password": PASSWORD,
        "otp": otp,
    })
    .to_string()
}
