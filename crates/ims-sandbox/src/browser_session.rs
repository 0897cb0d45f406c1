//! Who is signed in at the provider, by the browser's cookie.

use std::collections::HashMap;

use jiff::Timestamp;

use crate::person::Person;

/// That somebody is signed in here with one browser.
#[derive(Debug, Clone)]
pub(crate) struct BrowserSession {
    /// Its name to others (`sid`); never the cookie.
    pub(crate) id: String,
    pub(crate) person: Person,
    pub(crate) authenticated_at: Timestamp,
}

/// The sessions, by cookie.
#[derive(Default)]
pub(crate) struct BrowserSessions(HashMap<String, BrowserSession>);

impl BrowserSessions {
    pub(crate) fn open(&mut self, cookie: String, session: BrowserSession) {
        self.0.insert(cookie, session);
    }

    pub(crate) fn find(&self, cookie: &str) -> Option<&BrowserSession> {
        self.0.get(cookie)
    }

    /// The names of a person's sessions.
    pub(crate) fn of(&self, person: &Person) -> Vec<String> {
        self.0
            .values()
            .filter(|session| session.person == *person)
            .map(|session| session.id.clone())
            .collect()
    }

    pub(crate) fn end(&mut self, id: &str) {
        self.0.retain(|_, session| session.id != id);
    }

    pub(crate) fn end_all_of(&mut self, person: &Person) {
        self.0.retain(|_, session| session.person != *person);
    }
}
