//! How tokens and sessions end: one by one, by the person, or by the session.

use std::sync::Arc;

use jiff::Timestamp;

use crate::{grant::Grant, person::Person, provider::Provider, realm::Realm};

impl Provider {
    /// Takes a token that was made up elsewhere as one of IMS that holds for this person.
    pub(crate) fn admit_token(&self, token: &str, person: &Person) {
        let mut memory = self.memory();
        let grant = Grant {
            realm: Realm::Ims,
            person: person.clone(),
            session: String::new(),
            authenticated_at: memory.now(),
            redirect_uri: String::new(),
            scope: String::new(),
            nonce: None,
            challenge: None,
        };
        memory
            .grants
            .keep_access_token(token.to_owned(), Arc::new(grant), Timestamp::MAX);
    }

    /// The grant behind an access token of this realm that holds.
    pub(crate) fn find_token(&self, realm: Realm, token: &str) -> Option<Arc<Grant>> {
        let memory = self.memory();
        memory
            .grants
            .find_access_token(token, memory.now())
            .filter(|grant| grant.realm == realm)
    }

    /// Ends one token. What it stood for, if there was such a token.
    pub(crate) fn revoke_token(&self, token: &str) -> Option<Arc<Grant>> {
        self.memory().grants.revoke(token)
    }

    pub(crate) fn revoked(&self) -> usize {
        self.memory().grants.revoked()
    }

    /// The person is signed out everywhere.
    pub(crate) fn revoke_tokens_of(&self, person: &Person) {
        let mut memory = self.memory();
        memory.grants.end(|grant| grant.person == *person);
        memory.sessions.end_all_of(person);
    }

    /// One browser is signed out; the tokens of that session end with it.
    pub(crate) fn end_session(&self, id: &str) {
        let mut memory = self.memory();
        memory.grants.end(|grant| grant.session == id);
        memory.sessions.end(id);
    }
}
