//! What comes back from the door, and how a test reads it.

use axum::body::{Body, to_bytes};
use axum::http::{Response, StatusCode};
use std::fmt;

/// What came back. Printed, it is what a person would see: status, where they are sent, and text.
pub(crate) struct Answer {
    response: Response<()>,
    pub(crate) body: String,
}

impl Answer {
    pub(super) async fn read(response: Response<Body>) -> Self {
        let (head, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Self {
            response: Response::from_parts(head, ()),
            body: String::from_utf8(body.to_vec()).unwrap(),
        }
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// Status and body, for what programs are told.
    pub(crate) fn told(&self) -> (u16, &str) {
        (self.status().as_u16(), &self.body)
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.response
            .headers()
            .get(name)
            .map(|value| value.to_str().unwrap())
    }

    /// These headers, one a line, as far as they are there.
    pub(crate) fn header_lines(&self, names: &[&str]) -> String {
        let lines = names
            .iter()
            .filter_map(|name| Some(format!("{name}: {}\n", self.header(name)?)));
        lines.collect()
    }

    /// The value of a hidden field of the page's main part.
    pub(crate) fn hidden(&self, name: &str) -> Option<String> {
        let main = self.body.split_once("<main").map_or("", |(_, main)| main);
        let main = main.split_once("</main>").map_or("", |(main, _)| main);
        let (_, rest) = main.split_once(&format!("type=\"hidden\" name=\"{name}\" value=\""))?;
        Some(rest.split_once('"')?.0.to_owned())
    }

    /// What stands between two markers in the body.
    pub(crate) fn between(&self, before: &str, after: &str) -> String {
        let found = self
            .body
            .split_once(before)
            .and_then(|(_, rest)| rest.split_once(after));
        found
            .unwrap_or_else(|| panic!("no {before} in {}", self.body))
            .0
            .to_owned()
    }

    /// The text of the page, without its markup; form fields and buttons in brackets.
    pub(crate) fn text(&self) -> String {
        let body = self
            .body
            .split_once("<body>")
            .map_or(self.body.as_str(), |(_, body)| body);
        // The bar and the switch between languages are the same everywhere.
        let body = body.split_once("</header>").map_or(body, |(_, page)| page);
        let body = body.split_once("<footer>").map_or(body, |(page, _)| page);
        let marked = body
            .replace("<button type=\"submit\">", "[button] ")
            .replace("<button class=\"quiet\" type=\"submit\">", "[button] ")
            .replace("<input id=\"", "[field] <");
        let mut text = String::new();
        for piece in marked.split('<') {
            let (tag, content) = piece.split_once('>').unwrap_or(("", piece));
            if ["/h1", "/p", "/label", "/button", "/div", "input", "/dt"].contains(&tag) {
                text.push('\n');
            }
            text.push_str(&content.replace("&#39;", "'"));
        }
        let lines: Vec<&str> = text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        lines.join("\n")
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.status())?;
        write!(
            f,
            "{}",
            self.header_lines(&["content-type", "location", "retry-after"])
        )?;
        let is_page = self
            .header("content-type")
            .is_some_and(|kind| kind.starts_with("text/html"));
        write!(
            f,
            "\n{}",
            if is_page {
                self.text()
            } else {
                self.body.clone()
            }
        )
    }
}
