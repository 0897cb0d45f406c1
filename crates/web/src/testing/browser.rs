//! Somebody's browser, or a program: what it sends, and what it keeps.

use super::{Answer, Shop};
use crate::router;
use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, Response, StatusCode};
use domain::puzzle;
use service::app::App;
use service::node::Node;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tower::ServiceExt;

/// A browser: it keeps cookies, and sends the headers that browsers send.
pub(crate) struct Browser {
    app: App,
    node: Arc<Node>,
    router: Router,
    cookies: BTreeMap<String, String>,
    headers: BTreeMap<&'static str, String>,
}

impl Browser {
    /// One that comes to the door of a shop, and has been nowhere yet.
    pub(super) fn at(shop: &Shop) -> Self {
        let headers = [("host", "shop.test"), ("sec-fetch-site", "same-origin")];
        Self {
            app: shop.app.clone(),
            node: Arc::clone(&shop.node),
            router: router(shop.door()),
            cookies: BTreeMap::new(),
            headers: headers.map(|(name, value)| (name, value.to_owned())).into(),
        }
    }

    pub(crate) fn set_header(&mut self, name: &'static str, value: &str) {
        self.headers.insert(name, value.to_owned());
    }

    pub(crate) fn remove_header(&mut self, name: &'static str) {
        self.headers.remove(name);
    }

    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    pub(crate) fn forget_cookie(&mut self, name: &str) {
        self.cookies.remove(name);
    }

    pub(crate) fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, "", String::new()).await
    }

    /// Sends a form; field names and values are encoded here.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let encode = |text: &str| -> String {
            text.bytes()
                .map(|byte| match byte {
                    b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
                    _ => format!("%{byte:02X}"),
                })
                .collect()
        };
        let pairs: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .collect();
        self.send(
            Method::POST,
            path,
            "application/x-www-form-urlencoded",
            pairs.join("&"),
        )
        .await
    }

    pub(crate) async fn send_json(&mut self, path: &str, media_type: &str, body: &str) -> Answer {
        self.send(Method::POST, path, media_type, body.to_owned())
            .await
    }

    /// Opens the sign-in page, fills in the form and sends it; once more where it comes back with a
    /// puzzle.
    pub(crate) async fn sign_in(&mut self, username: &str, password: &str) -> Answer {
        let page = self.get("/back").await;
        let fields = [("login[username]", username), ("login[password]", password)];
        let answer = self.fill_in(&page, "/back", &fields).await;
        match answer.status() {
            StatusCode::TOO_MANY_REQUESTS => self.fill_in(&answer, "/back", &fields).await,
            _ => answer,
        }
    }

    /// Whether somebody is signed in.
    pub(crate) async fn is_in(&mut self) -> bool {
        let page = self.get("/back/security/session/activity/").await;
        page.status() == StatusCode::OK
    }

    /// Sends a form of a page with its hidden fields, as the script does: puzzles are solved.
    pub(crate) async fn fill_in(
        &mut self,
        page: &Answer,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let puzzle = page.hidden("puzzle").map(|puzzle| puzzle::solve(&puzzle));
        let own = [
            "form_key",
            "back",
            "kept",
            "owner",
            "confirmation_id",
            "tfat",
            "proposal",
        ];
        let own = own.map(|name| (name, page.hidden(name).unwrap_or_default()));
        let mut all: Vec<(&str, &str)> = own
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        if let Some(answer) = &puzzle {
            all.push(("puzzle", &answer.puzzle));
            all.push(("solution", &answer.solution));
        }
        all.extend(fields);
        self.post(path, &all).await
    }

    pub(crate) async fn send(
        &mut self,
        method: Method,
        path: &str,
        media_type: &str,
        body: String,
    ) -> Answer {
        // Without a database the lease cannot be renewed.
        let _ = self.node.renew(&self.app).await;
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        if !media_type.is_empty() {
            request = request.header("content-type", media_type);
        }
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if !cookies.is_empty() {
            request = request.header("cookie", cookies.join("; "));
        }
        let request = request.body(Body::from(body)).unwrap();
        let answering = self.router.clone().oneshot(request);
        let response = tokio::select! {
            response = answering => response.unwrap(),
            () = self.keep_renewing() => unreachable!("a node renews for ever"),
        };
        self.keep_cookies(&response);
        Answer::read(response).await
    }

    /// As a running node does, five times a second.
    async fn keep_renewing(&self) {
        loop {
            tokio::time::sleep(Duration::from_millis(200)).await;
            let _ = self.node.renew(&self.app).await;
        }
    }

    fn keep_cookies(&mut self, response: &Response<Body>) {
        for cookie in response.headers().get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            let (name, rest) = cookie.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            if cookie.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}
