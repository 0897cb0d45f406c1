//! Every route of the list, tried by strangers, by browsers and by who is signed in, with every
//! password that any door could ask for. The same walk is made while the integration is off, and
//! must then find the doors that take one: what it cannot open there, it could not miss here.

use super::{pages, provider_calls, web_api};
use crate::testing::{Answer, Browser, PASSWORD, Shop};
use axum::http::Method;
use std::collections::BTreeSet;

const NEW_PASSWORD: &str = "Herbst-2026!";

/// Addresses, and the words with which each refuses a password while the integration is on.
const PASSWORD_DOORS: [(&str, &str); 7] = [
    ("/back", "Please sign in with Adobe ID"),
    ("/back/admin", "Please sign in with Adobe ID"),
    (
        "/back/admin/auth/forgotpassword",
        "Please sign in with Adobe ID",
    ),
    (
        "/back/admin/auth/resetpasswordpost",
        "Please sign in with Adobe ID",
    ),
    ("/back/admin/system_account", "Please sign in with Adobe ID"),
    (
        "/rest/V1/integration/admin/token",
        "Admin token generation is disabled. Please use Adobe IMS ACCESS_TOKEN.",
    ),
    (
        "/rest/all/V1/integration/admin/token",
        "Admin token generation is disabled. Please use Adobe IMS ACCESS_TOKEN.",
    ),
];

/// Every address of the list, with something in the place of each part that varies.
fn addresses() -> Vec<String> {
    let routes = pages().into_iter().chain(provider_calls()).chain(web_api());
    let mut all = Vec::new();
    for route in routes {
        let address = route
            .path
            .replace("{front}", "back")
            .replace("{store}", "all")
            .replace("{file}", crate::assets::STYLESHEET.name());
        assert!(!address.contains('{'), "what stands for it: {address}");
        if route.has_slash {
            all.push(format!("{address}/"));
        }
        all.push(address);
    }
    all
}

/// Who tries, each with the keys of their forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Visitor {
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

struct Walk {
    shop: Shop,
    ann: u32,
    link: String,
    before: Gains,
    form_cookie: String,
    form_key: String,
}

impl Walk {
    async fn begin() -> Self {
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
        }
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
    async fn attempt(
        &self,
        visitor: Visitor,
        method: &Method,
        address: &str,
        is_json: bool,
    ) -> (Answer, bool) {
        let (mut browser, key) = self.come(visitor).await;
        let before = Gains::of(&self.shop, self.ann).await;
        let session = browser.cookie("__Host-postern").map(str::to_owned);
        let (media_type, body) = match is_json {
            true => ("application/json", json()),
            false => ("application/x-www-form-urlencoded", form(&key)),
        };
        let address = format!("{address}?{}&{}", self.link, form(&key));
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
    async fn put_back(&self) {
        for table in [
            "postern_session",
            "postern_mail",
            "postern_identity_confirmation",
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
fn form(key: &str) -> String {
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
        ("tfa_code", "000000"),
    ];
    let mut encoded = url::form_urlencoded::Serializer::new(String::new());
    encoded.extend_pairs(fields);
    encoded.finish()
}

fn json() -> String {
    serde_json::json!({
        "username": "ann",
        "password": PASSWORD,
        "current_password": PASSWORD,
        "otp": "000000",
    })
    .to_string()
}

const METHODS: [Method; 7] = [
    Method::GET,
    Method::HEAD,
    Method::POST,
    Method::PUT,
    Method::PATCH,
    Method::DELETE,
    Method::OPTIONS,
];

const VISITORS: [Visitor; 3] = [Visitor::Program, Visitor::Browser, Visitor::Ann];

#[tokio::test]
async fn v15_no_route_takes_a_password_while_the_integration_is_on() {
    let walk = Walk::begin().await;
    walk.shop.integrate_all().await;
    for address in addresses() {
        for method in METHODS {
            for visitor in VISITORS {
                for is_json in [false, true] {
                    let (answer, is_gain) = walk.attempt(visitor, &method, &address, is_json).await;
                    let what = format!("{method} {address} {visitor:?} {is_json}\n{answer}");
                    assert!(!is_gain, "{what}");
                    assert_ne!(answer.status(), 500, "{what}");
                }
            }
        }
        walk.put_back().await;
    }
}

#[tokio::test]
async fn v15_the_same_walk_finds_the_doors_while_it_is_off_and_each_of_them_names_it_while_on() {
    let walk = Walk::begin().await;
    let mut found = BTreeSet::new();
    for address in addresses() {
        for visitor in VISITORS {
            for is_json in [false, true] {
                let (_, is_gain) = walk
                    .attempt(visitor, &Method::POST, &address, is_json)
                    .await;
                if is_gain {
                    found.insert((address.clone(), is_json));
                    walk.put_back().await;
                }
            }
        }
    }
    let doors: BTreeSet<&str> = found
        .iter()
        .map(|(address, _)| address.trim_end_matches('/').trim_end_matches("/index"))
        .collect();
    let expected = PASSWORD_DOORS.iter().map(|(address, _)| *address).collect();
    assert_eq!(doors, expected);

    walk.shop.integrate_all().await;
    for (address, is_json) in &found {
        let is_account = address.contains("system_account");
        let visitor = if is_account {
            Visitor::Ann
        } else {
            Visitor::Program
        };
        let (answer, _) = walk
            .attempt(visitor, &Method::POST, address, *is_json)
            .await;
        let door = address.trim_end_matches('/').trim_end_matches("/index");
        let (_, words) = PASSWORD_DOORS
            .iter()
            .find(|(path, _)| *path == door)
            .unwrap();
        let status = if *is_json { 401 } else { 403 };
        assert_eq!(answer.status(), status, "{address}\n{answer}");
        assert!(answer.body.contains(words), "{address}\n{answer}");
    }
}

#[test]
fn v15_every_route_is_opened_from_the_list() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("routes.rs") && !path.ends_with("routes/tests.rs") {
                let source = std::fs::read_to_string(&path).unwrap();
                for opener in [".route(", ".route_service(", ".nest(", ".merge("] {
                    assert!(!source.contains(opener), "{opener} in {}", path.display());
                }
            }
        }
    }
}
