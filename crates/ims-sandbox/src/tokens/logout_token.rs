//! Logout tokens (OpenID Connect Back-Channel Logout 1.0, section 2.4).

use jiff::Timestamp;
use serde_json::{Map, json};

use super::Draft;

/// The event that makes a token a logout token.
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// How long one holds, in seconds.
const LIFETIME_SECONDS: i64 = 120;

/// Whose session is over, and which.
pub(crate) struct Over<'a> {
    pub(crate) subject: &'a str,
    /// One session of theirs; without it, all of them.
    pub(crate) session: Option<&'a str>,
}

impl Draft {
    /// The logout token with this `jti`.
    pub(crate) fn logout_token(
        issuer: &str,
        client_id: &str,
        over: &Over<'_>,
        id: &str,
        now: Timestamp,
    ) -> Self {
        let mut claims = Map::new();
        let mut set = |name: &str, value| claims.insert(name.to_owned(), value);
        set("iss", json!(issuer));
        set("aud", json!(client_id));
        set("sub", json!(over.subject));
        set("iat", json!(now.as_second()));
        set("exp", json!(now.as_second() + LIFETIME_SECONDS));
        set("jti", json!(id));
        set("events", json!({ EVENT: {} }));
        if let Some(session) = over.session {
            set("sid", json!(session));
        }
        Self::new("logout+jwt", claims)
    }
}
