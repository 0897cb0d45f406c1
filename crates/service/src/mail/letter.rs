//! A mail as its reader sees it. Text and HTML are made of the same parts, so that they cannot
//! tell different things.

use super::Letterhead;
use crate::error::ServiceError;
use crate::words::Words;
use askama::Template;

/// A mail before it is addressed.
pub struct Letter {
    words: Words,
    subject: String,
    parts: Vec<Part>,
    footer: String,
}

enum Part {
    Paragraph(String),
    Link { label: String, address: String },
    Button { label: String, address: String },
    Facts(Vec<(String, String)>),
}

#[derive(Template)]
#[template(path = "mail/letter.html")]
struct Html<'letter> {
    words: &'letter Words,
    subject: &'letter str,
    parts: &'letter [Part],
    footer: &'letter str,
}

#[derive(Template)]
#[template(path = "mail/letter.txt", escape = "none")]
struct Text<'letter> {
    parts: &'letter [Part],
    footer: &'letter str,
}

impl Letter {
    /// A letter without any parts yet.
    pub(super) fn new(words: Words, head: &Letterhead, subject: String) -> Self {
        let footer = words.tell("mail_letter-footer", &[("shop", head.shop().into())]);
        Self {
            words,
            subject,
            parts: Vec::new(),
            footer,
        }
    }

    /// Greets the reader.
    pub(super) fn greeting(self, name: &str) -> Self {
        let sentence = self
            .words
            .tell("mail_letter-greeting", &[("name", name.into())]);
        self.paragraph(sentence)
    }

    /// Adds a paragraph.
    pub(super) fn paragraph(mut self, sentence: String) -> Self {
        self.parts.push(Part::Paragraph(sentence));
        self
    }

    /// Adds a link, whose address is shown as well: paper cannot be clicked at.
    pub(super) fn link(mut self, label: String, address: String) -> Self {
        self.parts.push(Part::Link { label, address });
        self
    }

    /// Adds the one thing to do, as what looks like a button. Its address is shown as well.
    pub(super) fn button(mut self, label: String, address: String) -> Self {
        self.parts.push(Part::Button { label, address });
        self
    }

    /// Adds names with their values.
    pub(super) fn facts(mut self, facts: Vec<(String, String)>) -> Self {
        self.parts.push(Part::Facts(facts));
        self
    }

    /// The language it is written in.
    pub fn locale(&self) -> &'static str {
        self.words.language().code()
    }

    /// The subject, on one line whatever the names in it hold.
    pub fn subject(&self) -> String {
        one_line(&self.subject)
    }

    /// The body as text.
    pub fn text(&self) -> Result<String, ServiceError> {
        rendered(&Text {
            parts: &self.parts,
            footer: &self.footer,
        })
    }

    /// The body as HTML.
    pub fn html(&self) -> Result<String, ServiceError> {
        rendered(&Html {
            words: &self.words,
            subject: &self.subject,
            parts: &self.parts,
            footer: &self.footer,
        })
    }
}

fn rendered(template: &impl Template) -> Result<String, ServiceError> {
    template
        .render()
        .map_err(|error| ServiceError::Fault(format!("a mail could not be written: {error}")))
}

/// A text with a blank in place of each control character: a line break in a name must not begin
/// another header.
pub(super) fn one_line(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect()
}
