//! The codes and tokens that were given out.
//!
//! A code is taken once and within a minute; a refresh token once. Whatever comes a second time was
//! stolen by one of the two who brought it, so everything of its grant ends (RFC 9700, 2.2.2).

use std::{collections::HashMap, sync::Arc};

use jiff::{SignedDuration, Timestamp};

use crate::{clock::later, grant::Grant, realm::Realm};

/// How long a code holds.
const CODE_LIFETIME: SignedDuration = SignedDuration::from_secs(60);

#[derive(Default)]
pub(crate) struct Grants {
    codes: HashMap<String, Once>,
    refresh_tokens: HashMap<String, Once>,
    access_tokens: HashMap<String, Access>,
    revoked: usize,
}

/// Something that can be taken once.
struct Once {
    grant: Arc<Grant>,
    expires_at: Timestamp,
    taken: bool,
}

struct Access {
    grant: Arc<Grant>,
    expires_at: Timestamp,
}

/// Why a code or a refresh token is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotTaken {
    /// There never was such a one, or it was revoked.
    Unknown,
    /// It was taken before, and everything that came of it has ended now.
    Used,
    /// It came too late.
    Expired,
}

impl Grants {
    pub(crate) fn keep_code(&mut self, code: String, grant: Arc<Grant>, now: Timestamp) {
        let once = Once::new(grant, later(now, CODE_LIFETIME));
        self.codes.insert(code, once);
    }

    pub(crate) fn take_code(
        &mut self,
        realm: Realm,
        code: &str,
        now: Timestamp,
    ) -> Result<Arc<Grant>, NotTaken> {
        let taken = take(&mut self.codes, realm, code, now);
        self.punish(taken)
    }

    pub(crate) fn keep_refresh_token(&mut self, token: String, grant: Arc<Grant>) {
        let once = Once::new(grant, Timestamp::MAX);
        self.refresh_tokens.insert(token, once);
    }

    pub(crate) fn take_refresh_token(
        &mut self,
        realm: Realm,
        token: &str,
        now: Timestamp,
    ) -> Result<Arc<Grant>, NotTaken> {
        let taken = take(&mut self.refresh_tokens, realm, token, now);
        self.punish(taken)
    }

    pub(crate) fn keep_access_token(
        &mut self,
        token: String,
        grant: Arc<Grant>,
        expires_at: Timestamp,
    ) {
        let access = Access { grant, expires_at };
        self.access_tokens.insert(token, access);
    }

    /// The grant behind an access token that holds.
    pub(crate) fn find_access_token(&self, token: &str, now: Timestamp) -> Option<Arc<Grant>> {
        let access = self.access_tokens.get(token)?;
        (now < access.expires_at).then(|| Arc::clone(&access.grant))
    }

    /// When an access token runs out.
    pub(crate) fn expiry(&self, token: &str) -> Option<Timestamp> {
        self.access_tokens
            .get(token)
            .map(|access| access.expires_at)
    }

    /// Ends one access token, or a refresh token with all that came of it (RFC 7009, section 2.1).
    /// What it stood for, if there was such a token.
    pub(crate) fn revoke(&mut self, token: &str) -> Option<Arc<Grant>> {
        let ended = if let Some(access) = self.access_tokens.remove(token) {
            access.grant
        } else {
            let grant = self.refresh_tokens.remove(token)?.grant;
            self.end(|other| Arc::ptr_eq(other, &grant));
            grant
        };
        self.revoked += 1;
        Some(ended)
    }

    /// Ends every code and token whose grant is meant.
    pub(crate) fn end(&mut self, meant: impl Fn(&Arc<Grant>) -> bool) {
        self.codes.retain(|_, once| !meant(&once.grant));
        self.refresh_tokens.retain(|_, once| !meant(&once.grant));
        self.access_tokens.retain(|_, access| !meant(&access.grant));
    }

    /// How many tokens were revoked one by one.
    pub(crate) fn revoked(&self) -> usize {
        self.revoked
    }

    fn punish(
        &mut self,
        taken: Result<Arc<Grant>, (NotTaken, Option<Arc<Grant>>)>,
    ) -> Result<Arc<Grant>, NotTaken> {
        taken.map_err(|(reason, replayed)| {
            if let Some(grant) = replayed {
                self.refresh_tokens
                    .retain(|_, once| !Arc::ptr_eq(&once.grant, &grant));
                self.access_tokens
                    .retain(|_, access| !Arc::ptr_eq(&access.grant, &grant));
            }
            reason
        })
    }
}

impl Once {
    fn new(grant: Arc<Grant>, expires_at: Timestamp) -> Self {
        Self {
            grant,
            expires_at,
            taken: false,
        }
    }
}

/// The grant, or why not and the grant that has to end for it.
fn take(
    kept: &mut HashMap<String, Once>,
    realm: Realm,
    name: &str,
    now: Timestamp,
) -> Result<Arc<Grant>, (NotTaken, Option<Arc<Grant>>)> {
    let once = kept
        .get_mut(name)
        .filter(|once| once.grant.realm == realm)
        .ok_or((NotTaken::Unknown, None))?;
    if once.taken {
        return Err((NotTaken::Used, Some(Arc::clone(&once.grant))));
    }
    if once.expires_at <= now {
        return Err((NotTaken::Expired, None));
    }
    once.taken = true;
    Ok(Arc::clone(&once.grant))
}
