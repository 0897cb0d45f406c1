//! A page as a person sees it: what it says, where it came from, and where its button leads.

use crate::cast::Person;
use crate::expectation::{Mismatch, expect};
use reqwest::Url;

/// What the server answered.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    /// The status.
    pub(crate) status: u16,
    /// Where it came from, after every redirect.
    pub(crate) address: Url,
    /// The whole text.
    pub(crate) body: String,
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
        let username = format!("<dd>{}</dd>", person.username);
        self.expect(200, &["You are signed in", &username, with])
    }

    /// The value of a hidden field; nothing where there is none.
    pub(crate) fn hidden(&self, name: &str) -> Option<&str> {
        self.between(&format!("name=\"{name}\" value=\""), "\"")
    }

    /// Where the page's one button that is a link leads.
    pub(crate) fn button(&self) -> Result<Url, Mismatch> {
        let link = self.between("class=\"button\" href=\"", "\"");
        let link = link.ok_or_else(|| Mismatch::new("a button that leads on", self.shown()))?;
        let link = link.replace("&#38;", "&").replace("&amp;", "&");
        Ok(self.address.join(&link)?)
    }

    /// The status and what a person would read, for a mismatch.
    pub(crate) fn shown(&self) -> String {
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
            address: Url::parse("http://127.0.0.1:1/back/here?x=1").unwrap(),
            body: body.to_owned(),
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
    fn a_button_leads_where_its_link_says_seen_from_the_page() {
        let button = page(
            200,
            "<a class=\"button\" href=\"/there?a=1&#38;b=2\">Go</a>",
        )
        .button();
        let there = "http://127.0.0.1:1/there?a=1&b=2";
        assert_eq!(button.unwrap().as_str(), there);
        let none = page(200, "<a href=\"/there\">Go</a>").button();
        assert_eq!(none.unwrap_err().expected, "a button that leads on");
    }
}
