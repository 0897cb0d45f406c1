//! What every page stands in: its language, the addresses below the front name, and the switch to
//! another language.

use crate::front::Front;
use crate::moment::Moment;
use crate::visitor::Visitor;
use crate::{Door, form_key};
use domain::admin::Admin;
use jiff::Timestamp;
use service::session::Current;
use service::words::{Language, Value, Words};

/// What the bar at the head of a page needs of who is signed in.
pub(crate) struct Person {
    /// First and last name.
    pub(crate) full_name: String,
    /// The key of the page's forms.
    pub(crate) form_key: String,
    /// Whether the person may open any page at all.
    pub(crate) has_role: bool,
    /// Seconds until the session ends, unless it is used again.
    pub(crate) expires_in: i64,
}

/// The frame of one page.
pub(crate) struct Frame<'a> {
    /// Addresses; none where the visitor does not know the front name.
    pub(crate) front: Option<&'a Front>,
    /// Who is signed in.
    pub(crate) person: Option<Person>,
    /// Until when the session goes on at the most, while its provider gives no answer.
    grace_until: Option<Timestamp>,
    words: Words,
    /// Where the page stands, so that switching the language leads back to it.
    address: String,
}

impl<'a> Frame<'a> {
    /// The frame of a page for who is not signed in.
    pub(crate) fn new(front: &'a Front, visitor: &Visitor) -> Self {
        Self {
            front: Some(front),
            person: None,
            grace_until: None,
            words: Words::of(visitor.language(None)),
            address: visitor.page.clone().unwrap_or_else(|| front.home()),
        }
    }

    /// The frame of a page for who is known by the password alone, in their own language.
    pub(crate) fn half_way(front: &'a Front, visitor: &Visitor, admin: &Admin) -> Self {
        Self {
            words: Words::of(visitor.language(Some(admin))),
            ..Self::new(front, visitor)
        }
    }

    /// The frame of a page for who is signed in, in their own language.
    pub(crate) fn signed_in(
        front: &'a Front,
        visitor: &Visitor,
        door: &Door,
        current: &Current,
    ) -> Self {
        let admin = &current.admin;
        Self {
            person: Some(Person {
                full_name: admin.full_name(),
                form_key: form_key::token(door, visitor),
                has_role: admin.role.is_some(),
                expires_in: current.expires_at.duration_since(door.app.now()).as_secs(),
            }),
            grace_until: current.grace_until,
            words: Words::of(visitor.language(Some(admin))),
            ..Self::new(front, visitor)
        }
    }

    /// The frame of a page that may stand outside the front name.
    pub(crate) fn of_problem(front: Option<&'a Front>, language: Language) -> Self {
        Self {
            front,
            person: None,
            grace_until: None,
            words: Words::of(language),
            address: front.map(Front::home).unwrap_or_default(),
        }
    }

    /// The same, for a page that stands at `address` once it is opened anew.
    pub(crate) fn at(self, address: String) -> Self {
        Self { address, ..self }
    }

    /// What there is to know while the provider gives no answer.
    pub(crate) fn grace(&self) -> Option<String> {
        let until = Moment::new(self.grace_until?, self.words);
        Some(self.tell("page-grace", "until", until.text.as_str()))
    }

    pub(crate) fn words(&self) -> Words {
        self.words
    }

    /// A sentence of the page's language.
    pub(crate) fn say(&self, key: &str) -> String {
        self.words.say(key)
    }

    /// A sentence with one thing in it.
    pub(crate) fn tell<'v>(&self, key: &str, name: &str, value: impl Into<Value<'v>>) -> String {
        self.words.tell(key, &[(name, value.into())])
    }

    /// A sentence that names the provider: `adobe` where it is Adobe, and otherwise `other`, with
    /// what it is called.
    pub(crate) fn tell_at(&self, provider: Option<&str>, adobe: &str, other: &str) -> String {
        match provider {
            Some(name) => self.tell(other, "provider", name),
            None => self.say(adobe),
        }
    }

    /// The title of a page that has to say what went wrong.
    pub(crate) fn title(&self, key: &str, is_refused: bool) -> String {
        self.mark(self.say(key), is_refused)
    }

    /// The same for a title that stands already.
    pub(crate) fn mark(&self, title: String, is_refused: bool) -> String {
        if is_refused {
            return self.tell("page-error-title", "title", title);
        }
        title
    }

    /// The language of the page.
    pub(crate) fn language(&self) -> Language {
        self.words.language()
    }

    /// The languages that one can switch to.
    pub(crate) fn other_languages(&self) -> Vec<Language> {
        Language::all()
            .filter(|language| *language != self.language())
            .collect()
    }

    /// Where the page stands.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// The pages that the bar at the head leads to, each with its name.
    pub(crate) fn pages(&self) -> Vec<(String, String)> {
        let Some(front) = self.front else {
            return Vec::new();
        };
        vec![
            (front.home(), self.say("home-title")),
            (front.account(), self.say("account-title")),
            (front.sessions(), self.say("sessions-title")),
        ]
    }

    /// Whether the page stands at this address.
    pub(crate) fn is_at(&self, address: &str) -> bool {
        let path = self.address.split('?').next().unwrap_or_default();
        path.trim_end_matches('/') == address.trim_end_matches('/')
    }
}
