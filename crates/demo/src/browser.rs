//! A browser as far as the sign-in page can tell: it keeps cookies, sends a page's form back with
//! its hidden key, names its origin, and follows the redirect. And a client of the web API.

use crate::cast::Person;
use crate::expectation::{Mismatch, expect};
use reqwest::header::{COOKIE, HeaderMap, LOCATION, ORIGIN, SET_COOKIE};
use reqwest::redirect::Policy;
use std::collections::BTreeMap;
use std::time::Duration;

/// Nothing on this machine takes longer.
const PATIENCE: Duration = Duration::from_secs(10);

/// A browser with a cookie jar of its own.
pub(crate) struct Browser {
    client: reqwest::Client,
    origin: String,
    home: String,
    cookies: BTreeMap<String, String>,
}

/// What the server answered.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    /// The status.
    pub(crate) status: u16,
    /// The whole text.
    pub(crate) body: String,
    location: Option<String>,
}

impl Browser {
    /// A browser for the Admin at `origin` with this front name.
    pub(crate) fn new(origin: &str, front_name: &str) -> Result<Self, Mismatch> {
        let client = reqwest::Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .tls_certs_only([])
            .timeout(PATIENCE)
            .build()?;
        Ok(Self {
            client,
            origin: origin.to_owned(),
            home: format!("/{front_name}"),
            cookies: BTreeMap::new(),
        })
    }

    /// Opens the Admin: the sign-in page, or the page that says who is signed in.
    pub(crate) async fn open_admin(&mut self) -> Result<Page, Mismatch> {
        let request = self.client.get(format!("{}{}", self.origin, self.home));
        self.send(request.header("sec-fetch-site", "none")).await
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
        let key = page.between("name=\"form_key\" value=\"", "\"");
        let key = key.ok_or_else(|| Mismatch::new("a form for a password", page.shown()))?;
        let fields = [
            ("form_key", key),
            ("login[username]", person.username),
            ("login[password]", password),
        ];
        let request = self
            .client
            .post(format!("{}{}", self.origin, self.home))
            .header(ORIGIN, &self.origin)
            .header("sec-fetch-site", "same-origin")
            .form(&fields);
        let answer = self.send(request).await?;
        match &answer.location {
            Some(location) if answer.status == 303 => {
                let request = self.client.get(format!("{}{location}", self.origin));
                self.send(request.header("sec-fetch-site", "same-origin"))
                    .await
            }
            _ => Ok(answer),
        }
    }

    /// Asks the web API for an admin token, as a script would.
    pub(crate) async fn ask_for_token(
        &mut self,
        person: &Person,
        password: &str,
    ) -> Result<Page, Mismatch> {
        let body = serde_json::json!({ "username": person.username, "password": password });
        let url = format!("{}/rest/V1/integration/admin/token", self.origin);
        let request = self.client.post(url).json(&body);
        self.send(request).await
    }

    /// Puts a cookie into the jar.
    pub(crate) fn keep_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    async fn send(&mut self, request: reqwest::RequestBuilder) -> Result<Page, Mismatch> {
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
        Ok(Page {
            status: answer.status().as_u16(),
            location: location.map(ToOwned::to_owned),
            body: answer.text().await?,
        })
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

impl Page {
    /// The page must have this status and hold all of these texts.
    pub(crate) fn expect(&self, status: u16, texts: &[&str]) -> Result<(), Mismatch> {
        let holds = self.status == status && texts.iter().all(|text| self.body.contains(text));
        expect(
            &format!("{status} with \"{}\"", texts.join("\", \"")),
            holds,
            &self.shown(),
        )
    }

    /// The page must be the one that says that `person` is signed in.
    pub(crate) fn expect_signed_in(&self, person: &Person, with: &str) -> Result<(), Mismatch> {
        let name = format!("{} {}", person.first_name, person.last_name);
        self.expect(200, &["You are signed in", &name, with])
    }

    /// The status and what a person would read, for a mismatch.
    fn shown(&self) -> String {
        let mut text = String::new();
        let mut is_tag = false;
        for letter in self.body.chars() {
            match letter {
                '<' => is_tag = true,
                '>' => {
                    is_tag = false;
                    text.push(' ');
                }
                _ if !is_tag => text.push(letter),
                _ => {}
            }
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        format!("{} {}", self.status, words.join(" "))
    }

    fn between(&self, before: &str, after: &str) -> Option<&str> {
        let (_, rest) = self.body.split_once(before)?;
        rest.split_once(after).map(|(found, _)| found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(status: u16, body: &str) -> Page {
        Page {
            status,
            body: body.to_owned(),
            location: None,
        }
    }

    #[test]
    fn a_page_that_is_not_as_told_is_shown_as_a_person_reads_it() {
        let page = page(403, "<h1 class=\"x\">Sign In</h1>\n<p>Please  wait</p>");
        let mismatch = page.expect(200, &["You are signed in"]).unwrap_err();
        assert_eq!(mismatch.expected, "200 with \"You are signed in\"");
        assert_eq!(mismatch.came, "403 Sign In Please wait");
    }

    #[test]
    fn both_the_status_and_every_text_count() {
        let page = page(200, "one two");
        assert!(page.expect(200, &["one", "two"]).is_ok());
        assert!(page.expect(200, &["one", "three"]).is_err());
        assert!(page.expect(401, &["one"]).is_err());
    }

    #[test]
    fn cookies_are_kept_until_the_server_clears_them() {
        let mut browser = Browser::new("http://127.0.0.1:1", "back").unwrap();
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
