//! What the stand-in knows: its client, its people, the sessions, codes and tokens it has given out.
//!
//! The routes ask here and keep nothing. What is issued and signed is in `issue`, what ends is in
//! `endings`.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::{SignedDuration, Timestamp};
use secrecy::ExposeSecret;

use crate::{
    browser_session::BrowserSessions,
    clock::{Clock, later},
    fault::Fault,
    grants::Grants,
    keys::Keys,
    options::Options,
    person::Person,
    realm::Realm,
    request_log::{LogEntry, RequestLog, RequestNumber},
    twist::Twist,
};

/// The one provider behind all routes.
pub(crate) type SharedProvider = Arc<Provider>;

/// The path that stands for all of the provider's paths in [`Provider::set_fault`].
const EVERY_PATH: &str = "*";

pub(crate) struct Provider {
    options: Options,
    url: String,
    pub(crate) keys: Keys,
    memory: Mutex<Memory>,
}

#[derive(Default)]
pub(crate) struct Memory {
    clock: Clock,
    pub(crate) sessions: BrowserSessions,
    pub(crate) grants: Grants,
    /// The session that each issued ID token is about.
    pub(crate) id_tokens: HashMap<String, String>,
    faults: HashMap<String, Fault>,
    twist: Option<Twist>,
    log: RequestLog,
}

impl Provider {
    /// `url` is what stands in front of every path.
    pub(crate) fn new(options: Options, url: String) -> Self {
        Self {
            options,
            url,
            keys: Keys::default(),
            memory: Mutex::default(),
        }
    }

    /// Nothing here leaves the memory half changed, so a panic elsewhere is no reason to stop.
    pub(crate) fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn options(&self) -> &Options {
        &self.options
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    pub(crate) fn issuer(&self, realm: Realm) -> String {
        realm.issuer(&self.url)
    }

    pub(crate) fn knows_client(&self, client_id: &str) -> bool {
        self.options.client_id == client_id
    }

    pub(crate) fn is_client_secret(&self, secret: &str) -> bool {
        self.options.client_secret.expose_secret() == secret
    }

    /// Whether the person belongs to the organization, ours or another one.
    pub(crate) fn is_member(&self, person: &Person, organization_id: &str) -> bool {
        (person.member && self.options.organization_id == organization_id)
            || person
                .organizations
                .iter()
                .any(|organization| organization == organization_id)
    }

    /// Where a sign-in ends. At IMS: as asked if that is registered, else at the first registered
    /// URI. At the plain OpenID provider: exactly as registered, or nowhere.
    pub(crate) fn landing<'a>(&'a self, realm: Realm, asked: &'a str) -> Option<&'a str> {
        let registered = &self.options.redirect_uris;
        if registered.is_empty() {
            return Some(asked);
        }
        match realm {
            Realm::Ims => registered
                .iter()
                .any(|uri| asked.starts_with(uri.as_str()))
                .then_some(asked)
                .or_else(|| registered.first().map(String::as_str)),
            Realm::OpenId => registered.iter().any(|uri| uri == asked).then_some(asked),
        }
    }

    /// The person with this mail address, or the first one when none is asked for.
    pub(crate) fn find_person(&self, email: Option<&str>) -> Option<&Person> {
        match email {
            None => self.options.people.first(),
            Some(email) => self
                .options
                .people
                .iter()
                .find(|person| person.email.eq_ignore_ascii_case(email)),
        }
    }

    /// Somebody else than this person, made up if nobody else is known.
    pub(crate) fn find_other_person(&self, person: &Person) -> Person {
        self.options
            .people
            .iter()
            .find(|other| *other != person)
            .cloned()
            .unwrap_or_else(|| Person::with_email("somebody.else@shop.test"))
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.memory().clock.now()
    }

    /// What time it is in what is issued.
    pub(crate) fn said_now(&self) -> Timestamp {
        later(self.now(), self.skew())
    }

    pub(crate) fn skew(&self) -> SignedDuration {
        self.twist().map_or(SignedDuration::ZERO, Twist::skew)
    }

    pub(crate) fn advance_clock(&self, by: SignedDuration) {
        self.memory().clock.advance(by);
    }

    pub(crate) fn twist(&self) -> Option<Twist> {
        self.memory().twist
    }

    pub(crate) fn set_twist(&self, twist: Option<Twist>) {
        if twist == Some(Twist::RotatedKey) {
            self.keys.rotate();
        }
        self.memory().twist = twist;
    }

    pub(crate) fn set_fault(&self, path: &str, fault: Fault) {
        self.memory().faults.insert(path.to_owned(), fault);
    }

    pub(crate) fn clear_faults(&self) {
        self.memory().faults.clear();
    }

    pub(crate) fn fault_at(&self, path: &str) -> Option<Fault> {
        let memory = self.memory();
        memory
            .faults
            .get(path)
            .or_else(|| memory.faults.get(EVERY_PATH))
            .copied()
    }

    /// Every path that misbehaves, in order.
    pub(crate) fn faults(&self) -> Vec<(String, Fault)> {
        let memory = self.memory();
        let mut faults: Vec<_> = memory
            .faults
            .iter()
            .map(|(path, fault)| (path.clone(), *fault))
            .collect();
        faults.sort_by(|one, other| one.0.cmp(&other.0));
        faults
    }

    pub(crate) fn begin_request(&self, method: &str, path: &str) -> RequestNumber {
        self.memory().log.begin(method, path)
    }

    pub(crate) fn log_token(&self, request: RequestNumber, token: &str) {
        self.memory().log.add_token(request, token);
    }

    pub(crate) fn log(&self) -> Vec<LogEntry> {
        self.memory().log.entries()
    }
}

impl Memory {
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }
}
