//! What the stand-in gives out: sessions, codes and tokens.

use std::sync::Arc;

use jiff::SignedDuration;

use crate::{
    browser_session::BrowserSession,
    clock::later,
    grant::Grant,
    keys::KeyError,
    person::Person,
    provider::Provider,
    random_name::random_name,
    realm::Realm,
    tokens::{Draft, Ground, Over, lifetime_milliseconds},
    twist::{self, Twist},
};

/// Why nothing could be issued.
#[derive(Debug, thiserror::Error)]
pub(crate) enum IssueError {
    #[error("no random numbers: {0}")]
    Random(#[from] getrandom::Error),
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// The tokens of one answer.
pub(crate) struct Issued {
    pub(crate) access_token: String,
    pub(crate) refresh_token: Option<String>,
    pub(crate) id_token: Option<String>,
    pub(crate) scope: String,
    /// In milliseconds at IMS, in seconds elsewhere.
    pub(crate) expires_in: i64,
}

impl Provider {
    /// The person has just proved who they are. The session and its cookie.
    pub(crate) fn open_session(
        &self,
        person: &Person,
    ) -> Result<(BrowserSession, String), IssueError> {
        let cookie = random_name("cookie")?;
        let session = BrowserSession {
            id: random_name("session")?,
            person: person.clone(),
            authenticated_at: self.now(),
        };
        self.memory().sessions.open(cookie.clone(), session.clone());
        Ok((session, cookie))
    }

    pub(crate) fn issue_code(&self, grant: Grant) -> Result<String, IssueError> {
        let code = random_name("code")?;
        let realm = grant.realm;
        let mut memory = self.memory();
        let now = memory.now();
        memory.grants.keep_code(code.clone(), Arc::new(grant), now);
        drop(memory);
        if self.twist() == Some(Twist::ReplayedCode) {
            // Somebody else was faster.
            let _taken = self.memory().grants.take_code(realm, &code, now);
        }
        Ok(code)
    }

    /// The tokens that a code or a refresh token of this grant is worth.
    pub(crate) fn issue_tokens(&self, grant: &Arc<Grant>) -> Result<Issued, IssueError> {
        let access_token = self.access_token(grant)?;
        let id_token = self.id_token(grant, &access_token)?;
        let refresh_token = match grant.realm {
            Realm::Ims if !grant.has_scope("offline_access") => None,
            _ => Some(random_name("refresh")?),
        };
        let milliseconds = lifetime_milliseconds(grant.realm);
        let mut memory = self.memory();
        let expires_at = later(memory.now(), SignedDuration::from_millis(milliseconds));
        memory
            .grants
            .keep_access_token(access_token.clone(), Arc::clone(grant), expires_at);
        if let Some(token) = refresh_token.clone() {
            memory.grants.keep_refresh_token(token, Arc::clone(grant));
        }
        if let Some(token) = id_token.clone() {
            memory.id_tokens.insert(token, grant.session.clone());
        }
        Ok(Issued {
            access_token,
            refresh_token,
            id_token,
            scope: grant.scope.clone(),
            expires_in: match grant.realm {
                Realm::Ims => milliseconds,
                Realm::OpenId => milliseconds / 1000,
            },
        })
    }

    /// A logout token about this person, for one of their sessions or for all.
    pub(crate) fn logout_token(
        &self,
        person: &Person,
        session: Option<&str>,
    ) -> Result<String, IssueError> {
        let over = Over {
            subject: &person.user_id(),
            session,
        };
        let (issuer, id) = (self.issuer(Realm::OpenId), random_name("logout")?);
        let client_id = &self.options().client_id;
        let mut draft = Draft::logout_token(&issuer, client_id, &over, &id, self.said_now());
        if let Some(twist) = self.twist() {
            twist::logout_token(twist, &mut draft.claims);
        }
        self.sign(draft)
    }

    fn access_token(&self, grant: &Grant) -> Result<String, IssueError> {
        let id = random_name("token")?;
        if !self.options().jwt_access_tokens {
            return Ok(id);
        }
        let issuer = self.issuer(grant.realm);
        let key = self.keys.current()?;
        self.sign(Draft::access_token(self.ground(grant, &issuer), &id, &key))
    }

    fn id_token(&self, grant: &Grant, access_token: &str) -> Result<Option<String>, IssueError> {
        let offered = grant.realm == Realm::OpenId || self.options().ims_id_tokens;
        if !offered || !grant.has_scope("openid") {
            return Ok(None);
        }
        let issuer = self.issuer(grant.realm);
        let draft = Draft::id_token(self.ground(grant, &issuer), access_token);
        self.sign(draft).map(Some)
    }

    fn ground<'a>(&'a self, grant: &'a Grant, issuer: &'a str) -> Ground<'a> {
        Ground {
            issuer,
            client_id: &self.options().client_id,
            grant,
            now: self.said_now(),
            skew: self.skew(),
        }
    }

    fn sign(&self, mut draft: Draft) -> Result<String, IssueError> {
        if let Some(twist) = self.twist() {
            twist.spoil(&mut draft);
        }
        Ok(draft.sign(&self.keys)?)
    }
}
