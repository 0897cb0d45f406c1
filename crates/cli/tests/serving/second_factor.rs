//! Second factors on a real server: a new instance that sends no mail is entered with the link that
//! its installation told, and the integration suspends them and gives them back.

use crate::provider_away::enable;
use crate::server::{Server, disable, postern};
use domain::clock::{Clock, SystemClock};
use ims_sandbox::{Options, Sandbox};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

const PASSWORD: &str = "Before1234";
const SECRET: &str = "MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U";
const AUTHENTICATE: &str = "/rest/V1/tfa/provider/google/authenticate";

/// Makes an instance that asks for second factors; returns what a script is told.
fn install(root: &Path) -> Value {
    let password = format!("--admin-password={PASSWORD}");
    let told = postern(
        root,
        &[
            "setup:install",
            "--format=json",
            "--backend-frontname=backstage",
            "--admin-user=ann",
            "--admin-email=ann@shop.test",
            "--admin-firstname=Ada",
            "--admin-lastname=Admin",
            &password,
        ],
    );
    serde_json::from_str(&told).unwrap()
}

/// What an app that nobody here wrote shows, so many steps from now.
fn code(secret: &str, steps: i64) -> String {
    let time = SystemClock.now().as_second() + 30 * steps;
    let shown = Command::new("oathtool")
        .args(["--totp", "--base32", "--now", &format!("@{time}"), secret])
        .output()
        .expect("oathtool must be installed");
    assert!(shown.status.success(), "{shown:?}");
    String::from_utf8(shown.stdout).unwrap().trim().to_owned()
}

/// A browser, as far as it keeps cookies and sends forms.
struct Browser<'a> {
    server: &'a Server,
    cookies: BTreeMap<String, String>,
}

impl<'a> Browser<'a> {
    fn new(server: &'a Server) -> Self {
        let cookies = BTreeMap::new();
        Self { server, cookies }
    }

    fn get(&mut self, path: &str) -> String {
        self.send(("GET", path), "")
    }

    fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> String {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(fields);
        self.send(("POST", path), &body.finish())
    }

    fn sign_in(&mut self) -> String {
        let key = hidden(&self.get("/backstage"), "form_key");
        let fields = [
            ("form_key", key.as_str()),
            ("login[username]", "ann"),
            ("login[password]", PASSWORD),
        ];
        self.post("/backstage", &fields)
    }

    fn send(&mut self, request: (&str, &str), body: &str) -> String {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let form = ("application/x-www-form-urlencoded", body);
        let answer = self.server.send(request, &cookies.join("; "), form);
        let head = answer.split("\r\n\r\n").next().unwrap();
        for line in head.split("\r\n") {
            let Some(cookie) = line.strip_prefix("set-cookie: ") else {
                continue;
            };
            let (name, rest) = cookie.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        answer
    }
}

/// Where an answer sends a browser.
fn location(answer: &str) -> String {
    let (_, rest) = answer
        .split_once("\r\nlocation: ")
        .unwrap_or_else(|| panic!("no way on: {answer}"));
    let address = rest.split("\r\n").next().unwrap();
    assert!(address.starts_with("/backstage/"), "{address}");
    address.to_owned()
}

/// The value of a hidden field.
fn hidden(page: &str, name: &str) -> String {
    let marker = format!("type=\"hidden\" name=\"{name}\" value=\"");
    let (_, rest) = page
        .split_once(&marker)
        .unwrap_or_else(|| panic!("no {name}: {page}"));
    rest.split('"').next().unwrap().to_owned()
}

/// The key of an app that stands on a page.
fn secret(page: &str) -> String {
    let (_, rest) = page.split_once("<p class=\"secret\"><code>").unwrap();
    let groups = rest.split_once("</code>").unwrap().0;
    let letters = groups.replace("<span>", "").replace("</span>", "");
    letters.split_whitespace().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_instance_without_mail_is_entered_with_the_link_that_its_installation_told() {
    let shop = tempfile::tempdir().unwrap();
    let told = install(shop.path());
    let link = told["enrolment_link"].as_str().unwrap();
    let link = link.strip_prefix("http://localhost").unwrap();
    let server = Server::start(shop.path());
    let mut browser = Browser::new(&server);

    let without_password = browser.get(link);
    assert!(
        !without_password.contains("class=\"secret\""),
        "{without_password}"
    );
    location(&browser.sign_in());
    // Keys work at no bare address, so an app is all there is to choose.
    let way = location(&browser.get(link));
    assert!(way.starts_with("/backstage/tfa/google/"), "{way}");
    let page = browser.get(&way);
    let secret = secret(&page);
    let fields = ["form_key", "tfat", "proposal"].map(|name| (name, hidden(&page, name)));
    let code = code(&secret, 0);
    let mut fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    fields.push(("tfa_code", &code));
    let entered = browser.post("/backstage/tfa/google/configure/", &fields);
    assert!(browser.cookies.contains_key("postern"), "{entered}");

    let used = Browser::new(&server).get(link);
    assert!(!used.contains("class=\"secret\""), "{used}");
    let (status, body) = server.token("ann", PASSWORD);
    assert_eq!(status, 400, "{body}");
    assert!(
        body.contains(r#"{"active_providers":["google"]}"#),
        "{body}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_integration_suspends_second_factors_and_gives_them_back() {
    let shop = tempfile::tempdir().unwrap();
    install(shop.path());
    let secret_file = shop.path().join("secret");
    std::fs::write(&secret_file, SECRET).unwrap();
    let program = env!("CARGO_BIN_EXE_postern");
    let set = Command::new(program)
        .arg("--root")
        .arg(shop.path())
        .args(["security:tfa:google:set-secret", "ann", "-"])
        .stdin(std::fs::File::open(&secret_file).unwrap())
        .output()
        .unwrap();
    assert!(set.status.success(), "{set:?}");

    let server = Server::start(shop.path());
    // A step may go by between a code and its use.
    let window = "<?php\nreturn ['system' => ['default' => ['twofactorauth' => ['google' => [\
                  'otp_window' => '3']]]]];\n";
    std::fs::write(shop.path().join("app/etc/config.php"), window).unwrap();
    let authenticate = |otp: &str| {
        let body = json!({"username": "ann", "password": PASSWORD, "otp": otp});
        server.call(AUTHENTICATE, &body)
    };
    assert_eq!(server.token("ann", PASSWORD).0, 400);
    let (status, token) = authenticate(&code(SECRET, -1));
    assert_eq!(status, 200, "{token}");

    let provider = Sandbox::start(Options::default()).unwrap();
    enable(shop.path(), &provider, false);
    for (status, body) in [
        server.token("ann", PASSWORD),
        authenticate(&code(SECRET, 0)),
    ] {
        assert_eq!(status, 401, "{body}");
        assert!(
            body.contains("Please use Adobe IMS ACCESS_TOKEN."),
            "{body}"
        );
    }
    let status = postern(shop.path(), &["security:tfa:status", "--format=json"]);
    let survey: Value = serde_json::from_str(&status).unwrap();
    assert_eq!(survey["suspended"], true);
    assert_eq!(survey["admins"][0]["standing"], "enrolled");

    disable(shop.path());
    let (status, body) = server.token("ann", PASSWORD);
    assert_eq!(status, 400, "{body}");
    assert!(
        body.contains(r#"{"active_providers":["google"]}"#),
        "{body}"
    );
    let mut browser = Browser::new(&server);
    let way = location(&browser.sign_in());
    assert!(way.contains("/tfa/"), "{way}");
    assert!(!browser.cookies.contains_key("postern"), "the code is owed");
    let otp = code(SECRET, 0);
    let (status, token) = authenticate(&otp);
    assert_eq!(status, 200, "{token}");
    let (status, again) = authenticate(&otp);
    assert_eq!(
        (status, again.as_str()),
        (401, r#"{"message":"Invalid code."}"#)
    );

    postern(shop.path(), &["security:tfa:reset", "ann", "google"]);
    let (status, body) = server.token("ann", PASSWORD);
    assert_eq!(status, 400, "{body}");
    assert!(body.contains("Please check your email."), "{body}");
}
