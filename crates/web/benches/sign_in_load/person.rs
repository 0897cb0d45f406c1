//! Somebody who is signed in and opens page after page, on a thread of their own.

use crate::shop::PASSWORD;
use reqwest::redirect::Policy;
use reqwest::{Client, header};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// How long they look at a page before they open the next.
const PAUSE: Duration = Duration::from_millis(5);

/// Somebody with a session.
#[derive(Clone)]
pub(crate) struct Person {
    page: String,
    cookie: String,
}

impl Person {
    pub(crate) async fn sign_in(address: SocketAddr) -> Self {
        let page = format!("http://{address}/back");
        let form = [("login[username]", "ann"), ("login[password]", PASSWORD)];
        let answer = client().post(&page).form(&form).send().await.unwrap();
        let cookies = answer.headers().get_all(header::SET_COOKIE);
        let cookies = cookies.iter().map(|cookie| cookie.to_str().unwrap());
        let cookie = cookies
            .filter_map(|cookie| cookie.split(';').next())
            .find(|cookie| cookie.starts_with("postern="));
        Self {
            page,
            cookie: cookie.unwrap().to_owned(),
        }
    }

    /// The same person at another server.
    pub(crate) fn at(&self, address: SocketAddr) -> Self {
        Self {
            page: format!("http://{address}/back"),
            cookie: self.cookie.clone(),
        }
    }

    /// Opens the page again and again for so long; returns how long each time took. That every
    /// answer is the page is part of what is measured.
    pub(crate) async fn visit_for(&self, span: Duration) -> Vec<Duration> {
        let person = self.clone();
        let visiting = move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            runtime.unwrap().block_on(person.visit(span))
        };
        tokio::task::spawn_blocking(visiting).await.unwrap()
    }

    async fn visit(self, span: Duration) -> Vec<Duration> {
        let client = client();
        let end = Instant::now() + span;
        let mut times = Vec::new();
        self.open(&client).await;
        while Instant::now() < end {
            tokio::time::sleep(PAUSE).await;
            let begun = Instant::now();
            let page = self.open(&client).await;
            times.push(begun.elapsed());
            assert!(page.contains("Ann Smith"), "refused: {}", title(&page));
        }
        times
    }

    /// The page that says who is signed in.
    pub(crate) async fn open(&self, client: &Client) -> String {
        let request = client.get(&self.page).header(header::COOKIE, &self.cookie);
        request.send().await.unwrap().text().await.unwrap()
    }
}

fn title(page: &str) -> &str {
    let (_, rest) = page.split_once("<title>").unwrap_or(("", page));
    rest.split('<').next().unwrap_or_default()
}

/// A client that goes nowhere by itself.
pub(crate) fn client() -> Client {
    Client::builder().redirect(Policy::none()).build().unwrap()
}
