//! A browser as far as the sign-in page and Adobe can tell: it keeps cookies, sends a page's form
//! back with its hidden fields, names its origin, and follows redirects. And a client of the web API.

mod adobe_id;
mod page;

pub(crate) use page::Page;

use crate::cast::Person;
use crate::expectation::Mismatch;
use reqwest::Url;
use reqwest::header::{COOKIE, HeaderMap, LOCATION, ORIGIN, SET_COOKIE};
use reqwest::redirect::Policy;
use std::collections::BTreeMap;
use std::time::Duration;

/// Nothing on this machine takes longer.
const PATIENCE: Duration = Duration::from_secs(10);

/// More redirects than this in a row lead nowhere.
const MOST_REDIRECTS: usize = 10;

/// A browser with a cookie jar of its own, which all ports of the machine share, as in any browser.
pub(crate) struct Browser {
    client: reqwest::Client,
    admin: Url,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    /// A browser for the Admin at this address.
    pub(crate) fn new(admin: &str) -> Result<Self, Mismatch> {
        let client = reqwest::Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .tls_certs_only([])
            .timeout(PATIENCE)
            .build()?;
        Ok(Self {
            client,
            admin: Url::parse(admin)?,
            cookies: BTreeMap::new(),
        })
    }

    /// Opens the Admin: the sign-in page, or the page that says who is signed in.
    pub(crate) async fn open_admin(&mut self) -> Result<Page, Mismatch> {
        self.get(self.admin.clone(), "none").await
    }

    /// Opens the Admin, fills the password form in, and sends it.
    pub(crate) async fn sign_in(
        &mut self,
        person: &Person,
        password: &str,
    ) -> Result<Page, Mismatch> {
        let page = self.open_admin().await?;
        self.fill_in(&page, person, password).await
    }

    /// Fills in the form of a page that may have been open for a while, and sends it.
    pub(crate) async fn fill_in(
        &mut self,
        page: &Page,
        person: &Person,
        password: &str,
    ) -> Result<Page, Mismatch> {
        let key = page.hidden("form_key");
        let key = key.ok_or_else(|| Mismatch::new("a form for a password", page.shown()))?;
        let fields = [
            ("form_key", key),
            ("login[username]", person.username),
            ("login[password]", password),
        ];
        self.send_form(self.admin.clone(), &fields).await
    }

    /// Asks the web API for an admin token, as a script would.
    pub(crate) async fn ask_for_token(
        &mut self,
        person: &Person,
        password: &str,
    ) -> Result<Page, Mismatch> {
        let body = serde_json::json!({ "username": person.username, "password": password });
        let address = self.admin.join("/rest/V1/integration/admin/token")?;
        let request = self.client.post(address.clone()).json(&body);
        self.send(request, address).await.map(|(page, _)| page)
    }

    async fn get(&mut self, address: Url, from: &str) -> Result<Page, Mismatch> {
        let request = self.client.get(address.clone());
        let request = request.header("sec-fetch-site", from);
        let answer = self.send(request, address).await?;
        self.follow(answer).await
    }

    /// Sends a form to where its own page came from.
    async fn send_form(&mut self, address: Url, fields: &[(&str, &str)]) -> Result<Page, Mismatch> {
        let request = self
            .client
            .post(address.clone())
            .header(ORIGIN, address.origin().ascii_serialization())
            .header("sec-fetch-site", "same-origin")
            .form(fields);
        let answer = self.send(request, address).await?;
        self.follow(answer).await
    }

    /// Goes where an answer leads, until one does not.
    async fn follow(&mut self, mut answer: (Page, Option<Url>)) -> Result<Page, Mismatch> {
        for _ in 0..MOST_REDIRECTS {
            let (page, Some(next)) = answer else {
                return Ok(answer.0);
            };
            // Another port is another origin and the same site.
            let from = match page.address.origin() == next.origin() {
                true => "same-origin",
                false => "same-site",
            };
            let request = self.client.get(next.clone());
            answer = self
                .send(request.header("sec-fetch-site", from), next)
                .await?;
        }
        Err(Mismatch::new("a page", "one redirect after the other"))
    }

    /// The answer, and where it leads.
    async fn send(
        &mut self,
        request: reqwest::RequestBuilder,
        address: Url,
    ) -> Result<(Page, Option<Url>), Mismatch> {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let answer = request.header(COOKIE, cookies.join("; ")).send().await?;
        self.take_cookies(answer.headers());
        let location = answer
            .headers()
            .get(LOCATION)
            .and_then(|value| value.to_str().ok());
        let next = location.map(|next| address.join(next)).transpose()?;
        let page = Page {
            status: answer.status().as_u16(),
            address,
            body: answer.text().await?,
        };
        Ok((page, next))
    }

    fn take_cookies(&mut self, headers: &HeaderMap) {
        let set = headers
            .get_all(SET_COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok());
        for cookie in set {
            let (pair, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
            let Some((name, value)) = pair.split_once('=') else {
                continue;
            };
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_are_kept_until_the_server_clears_them() {
        let mut browser = Browser::new("http://127.0.0.1:1/back").unwrap();
        let mut headers = HeaderMap::new();
        headers.append(SET_COOKIE, "a=1; Path=/; HttpOnly".parse().unwrap());
        headers.append(SET_COOKIE, "b=2; Path=/".parse().unwrap());
        browser.take_cookies(&headers);
        headers.clear();
        headers.append(SET_COOKIE, "a=; Path=/; Max-Age=0".parse().unwrap());
        browser.take_cookies(&headers);
        assert_eq!(
            browser.cookies.into_iter().collect::<Vec<_>>(),
            [("b".into(), "2".into())]
        );
    }
}
