//! Somebody at a browser, as far as programs can be one: it keeps cookies, says where a form came
//! from, and follows no redirect by itself.

use super::nginx::NODE_HEADER;
use reqwest::header::{COOKIE, HeaderMap, HeaderValue, LOCATION, SET_COOKIE};
use reqwest::{Certificate, Client, Method, redirect};
use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::time::Duration;
use tokio::runtime::Runtime;
use url::Url;

const PATIENCE: Duration = Duration::from_secs(30);

/// The most redirects from the button to the first page.
const LONGEST_WAY: usize = 6;

/// What a server answered.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Where it leads, as an address of its own.
    pub location: Option<Url>,
    /// The page.
    pub body: String,
}

/// The browser. Cookies belong to an origin, as those with `__Host-` do.
pub struct Visitor {
    runtime: Runtime,
    client: Client,
    origin: Url,
    cookies: BTreeMap<(String, String), String>,
    headers: HeaderMap,
    answered: Vec<usize>,
}

impl Visitor {
    pub(super) fn new(origin: String, certificate: Vec<u8>, from: Ipv4Addr) -> Self {
        let certificate = Certificate::from_pem(&certificate).expect("a certificate");
        let client = Client::builder()
            .tls_certs_only([certificate])
            .local_address(std::net::IpAddr::V4(from))
            .redirect(redirect::Policy::none())
            .timeout(PATIENCE)
            .build();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        Self {
            runtime: runtime.expect("a runtime"),
            client: client.expect("a client"),
            origin: Url::parse(&origin).expect("an origin"),
            cookies: BTreeMap::new(),
            headers: HeaderMap::new(),
            answered: Vec::new(),
        }
    }

    /// Sends this along with every request from now on.
    pub fn claim(&mut self, name: &'static str, value: &'static str) {
        self.headers.insert(name, HeaderValue::from_static(value));
    }

    /// The cookies as they are now, to be used later.
    pub fn cookies(&self) -> BTreeMap<(String, String), String> {
        self.cookies.clone()
    }

    /// Takes up cookies from before.
    pub fn take_cookies(&mut self, cookies: BTreeMap<(String, String), String>) {
        self.cookies = cookies;
    }

    /// Which of the nodes, 0 or 1, answered each request since this was last asked.
    pub fn answered(&mut self) -> Vec<usize> {
        std::mem::take(&mut self.answered)
    }

    /// Opens a path of the front door, or an address anywhere.
    pub fn open(&mut self, address: &str) -> Answer {
        self.send(Method::GET, address, &[])
    }

    /// Sends a form.
    pub fn post(&mut self, address: &str, form: &[(&str, &str)]) -> Answer {
        self.send(Method::POST, address, form)
    }

    /// Opens the sign-in page, fills it in and sends it.
    pub fn sign_in(&mut self, username: &str, password: &str) -> Answer {
        let page = self.open("/backstage/");
        assert_eq!(page.status, 200, "{}", page.body);
        self.fill_in(&page, username, password)
    }

    /// Sends the sign-in form of a page that is open.
    pub fn fill_in(&mut self, page: &Answer, username: &str, password: &str) -> Answer {
        let form = [
            ("form_key", page.hidden("form_key")),
            ("login[username]", username),
            ("login[password]", password),
        ];
        self.post("/backstage/", &form)
    }

    /// Signs in with the Adobe ID that the provider gives without asking.
    pub fn sign_in_with_adobe_id(&mut self) {
        let mut answer = self.open("/backstage/admin/auth/adobe");
        for _ in 0..LONGEST_WAY {
            let Some(location) = answer.location else {
                let is_in = answer.status == 200 && answer.body.contains("Adobe ID</dd>");
                assert!(is_in, "nobody is signed in: {}", answer.body);
                return;
            };
            answer = self.open(location.as_str());
        }
        panic!("no way ends after {LONGEST_WAY} redirects");
    }

    fn send(&mut self, method: Method, address: &str, form: &[(&str, &str)]) -> Answer {
        let address = self.origin.join(address).expect("an address");
        let of = address.origin().ascii_serialization();
        let mut request = self.client.request(method.clone(), address.clone());
        request = request.headers(self.headers.clone());
        if method == Method::POST {
            request = request.form(form).header("Origin", &of);
        }
        let cookies = self.cookies.iter().filter(|((owner, _), _)| *owner == of);
        let cookies: Vec<_> = cookies
            .map(|((_, name), value)| format!("{name}={value}"))
            .collect();
        if !cookies.is_empty() {
            request = request.header(COOKIE, cookies.join("; "));
        }
        let answered = self.runtime.block_on(async {
            let response = request.send().await.expect("an answer");
            let (status, headers) = (response.status(), response.headers().clone());
            (status, headers, response.text().await.expect("a page"))
        });
        let (status, headers, body) = answered;
        self.keep(&of, &headers);
        let node = headers.get(NODE_HEADER).and_then(|node| node.to_str().ok());
        self.answered
            .extend(node.and_then(|node| node.parse::<usize>().ok()));
        let location = headers.get(LOCATION).map(|value| {
            let value = value.to_str().expect("an address");
            address.join(value).expect("an address")
        });
        Answer {
            status: status.as_u16(),
            location,
            body,
        }
    }

    fn keep(&mut self, of: &str, headers: &HeaderMap) {
        for cookie in headers.get_all(SET_COOKIE) {
            let cookie = cookie.to_str().expect("a cookie");
            let (pair, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
            let (name, value) = pair.split_once('=').expect("a name and a value");
            let key = (of.to_owned(), name.to_owned());
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(&key);
            } else {
                self.cookies.insert(key, value.to_owned());
            }
        }
    }
}

impl Answer {
    /// The value of a hidden field.
    pub fn hidden(&self, name: &str) -> &str {
        let field = format!("name=\"{name}\" value=\"");
        let rest = self.body.split_once(&field).map(|(_, rest)| rest);
        let value = rest.and_then(|rest| rest.split_once('"'));
        value
            .unwrap_or_else(|| panic!("no field {name} in {}", self.body))
            .0
    }
}
