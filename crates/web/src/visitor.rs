//! Who is at the door: what the browser sent that says so, and whom that makes them. Everything
//! here is input; only [`Visitor::current`] turns it into knowledge.

use crate::Door;
use crate::cookies::Cookie;
use crate::problem::Problem;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use jiff::Timestamp;
use secrecy::SecretString;
use service::sign_in::session::{self, Current, Origin};
use std::convert::Infallible;
use std::net::SocketAddr;

/// The sender of a request.
pub(crate) struct Visitor {
    /// The session id of the cookie, honoured or not.
    pub(crate) session_id: Option<SecretString>,
    /// What the browser is recognised by, if somebody has signed in with it.
    pub(crate) browser_id: Option<SecretString>,
    /// What the sign-in form's key belongs to.
    pub(crate) form_cookie: Option<SecretString>,
    /// When this person signed in before the session, as the browser remembers it.
    pub(crate) previous_sign_in: Option<Timestamp>,
    /// Whether the request shows the marks of a browser.
    pub(crate) is_browser: bool,
    /// Address of the peer and name of the browser. No forwarded address is believed yet: there
    /// is no list of proxies to believe it from.
    pub(crate) origin: Origin,
}

impl Visitor {
    /// The session that the visitor is in, if it is honoured. Where the mode is not known, nobody
    /// can tell, and the answer is neither "yes" nor "no".
    pub(crate) async fn current(&self, door: &Door) -> Result<Option<Current>, Problem> {
        let known = door.lease.known();
        door.mode()?;
        let Some(id) = &self.session_id else {
            return Ok(None);
        };
        Ok(session::find(&door.app, id, known).await?)
    }
}

impl FromRequestParts<Door> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, door: &Door) -> Result<Self, Infallible> {
        let headers = &parts.headers;
        let read = |cookie: Cookie| cookie.read(headers, door.secure_cookies);
        let previous = read(Cookie::PreviousSignIn).and_then(|seconds| seconds.parse().ok());
        Ok(Self {
            session_id: read(Cookie::Session).map(SecretString::from),
            browser_id: read(Cookie::KnownBrowser).map(SecretString::from),
            form_cookie: read(Cookie::Form).map(SecretString::from),
            previous_sign_in: previous.and_then(|second| Timestamp::from_second(second).ok()),
            is_browser: ["origin", "sec-fetch-site"]
                .iter()
                .any(|name| headers.contains_key(*name)),
            origin: origin(headers, parts.extensions.get()),
        })
    }
}

fn origin(headers: &HeaderMap, peer: Option<&ConnectInfo<SocketAddr>>) -> Origin {
    let user_agent = headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok());
    Origin {
        ip: peer
            .map(|ConnectInfo(peer)| peer.ip().to_string())
            .unwrap_or_default(),
        user_agent: user_agent.unwrap_or_default().to_owned(),
    }
}
