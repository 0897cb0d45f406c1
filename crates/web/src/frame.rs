//! What every page stands in: its language, the addresses below the front name, and the switch to
//! another language.

use crate::front::Front;
use crate::visitor::Visitor;
use domain::admin::Admin;
use service::words::{Language, Value, Words};

/// The frame of one page.
pub(crate) struct Frame<'a> {
    /// Addresses; none where the visitor does not know the front name.
    pub(crate) front: Option<&'a Front>,
    words: Words,
    /// Where the page stands, so that switching the language leads back to it.
    address: String,
}

impl<'a> Frame<'a> {
    /// The frame of a page for who is not signed in.
    pub(crate) fn new(front: &'a Front, visitor: &Visitor) -> Self {
        Self {
            front: Some(front),
            words: Words::of(visitor.language(None)),
            address: visitor.address.clone().unwrap_or_else(|| front.home()),
        }
    }

    /// The frame of a page for who is signed in, in their own language.
    pub(crate) fn signed_in(front: &'a Front, visitor: &Visitor, admin: &Admin) -> Self {
        Self {
            words: Words::of(visitor.language(Some(admin))),
            ..Self::new(front, visitor)
        }
    }

    /// The frame of a page that may stand outside the front name.
    pub(crate) fn of_problem(front: Option<&'a Front>, language: Language) -> Self {
        Self {
            front,
            words: Words::of(language),
            address: front.map(Front::home).unwrap_or_default(),
        }
    }

    /// The same, for a page that stands at `address` once it is opened anew.
    pub(crate) fn at(self, address: String) -> Self {
        Self { address, ..self }
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

    /// The title of a page that has to say what went wrong.
    pub(crate) fn title(&self, key: &str, is_refused: bool) -> String {
        let title = self.say(key);
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
}
