//! What the stand-in knows: its client, its people, the codes and tokens it has given out.
//!
//! A code is taken once, a token holds until it is logged out. The routes ask here and keep nothing.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use data_encoding::HEXLOWER;
use secrecy::ExposeSecret;

use crate::{
    fault::Fault,
    options::Options,
    person::Person,
    request_log::{LogEntry, RequestLog, RequestNumber},
};

/// The one provider behind all routes.
pub(crate) type SharedProvider = Arc<Provider>;

/// The path that stands for all of the provider's paths in [`Provider::set_fault`].
const EVERY_PATH: &str = "*";

pub(crate) struct Provider {
    options: Options,
    memory: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    codes: HashMap<String, Person>,
    tokens: HashMap<String, Person>,
    revoked: usize,
    faults: HashMap<String, Fault>,
    log: RequestLog,
}

impl Provider {
    pub(crate) fn new(options: Options) -> Self {
        Self {
            options,
            memory: Mutex::default(),
        }
    }

    /// Nothing here leaves the memory half changed, so a panic elsewhere is no reason to stop.
    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn knows_client(&self, client_id: &str) -> bool {
        self.options.client_id == client_id
    }

    pub(crate) fn is_client_secret(&self, secret: &str) -> bool {
        self.options.client_secret.expose_secret() == secret
    }

    pub(crate) fn is_organization(&self, organization_id: &str) -> bool {
        self.options.organization_id == organization_id
    }

    /// Where a sign-in ends: as asked if that is registered, else at the first registered URI.
    pub(crate) fn landing<'a>(&'a self, asked: &'a str) -> &'a str {
        let registered = &self.options.redirect_uris;
        if registered.iter().any(|uri| asked.starts_with(uri.as_str())) {
            return asked;
        }
        registered.first().map_or(asked, String::as_str)
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

    pub(crate) fn issue_code(&self, person: &Person) -> Result<String, getrandom::Error> {
        let code = random_name("code")?;
        self.memory().codes.insert(code.clone(), person.clone());
        Ok(code)
    }

    pub(crate) fn take_code(&self, code: &str) -> Option<Person> {
        self.memory().codes.remove(code)
    }

    pub(crate) fn issue_token(&self, person: &Person) -> Result<String, getrandom::Error> {
        let token = random_name("token")?;
        self.admit_token(&token, person);
        Ok(token)
    }

    pub(crate) fn admit_token(&self, token: &str, person: &Person) {
        self.memory()
            .tokens
            .insert(token.to_owned(), person.clone());
    }

    pub(crate) fn find_token(&self, token: &str) -> Option<Person> {
        self.memory().tokens.get(token).cloned()
    }

    /// Whether there was such a token.
    pub(crate) fn revoke_token(&self, token: &str) -> bool {
        let mut memory = self.memory();
        let known = memory.tokens.remove(token).is_some();
        memory.revoked += usize::from(known);
        known
    }

    pub(crate) fn revoked(&self) -> usize {
        self.memory().revoked
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

fn random_name(kind: &str) -> Result<String, getrandom::Error> {
    let mut bytes = [0; 24];
    getrandom::fill(&mut bytes)?;
    Ok(format!("sandbox-{kind}-{}", HEXLOWER.encode(&bytes)))
}
