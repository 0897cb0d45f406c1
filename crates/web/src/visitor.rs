//! Who is at the door: what the browser sent that says so, and whom that makes them. Everything
//! here is input; only [`Visitor::current`] turns it into knowledge.

use crate::Door;
use crate::cookies::Cookie;
use crate::language;
use crate::problem::Problem;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Method, header};
use domain::admin::Admin;
use domain::session::EndReason;
use jiff::Timestamp;
use secrecy::SecretString;
use service::second_factor::pending::PendingId;
use service::session::{self, Current, Origin};
use service::words::Language;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// The sender of a request.
pub(crate) struct Visitor {
    /// The session id of the cookie, honoured or not.
    pub(crate) session_id: Option<SecretString>,
    /// What the browser is recognised by, if somebody has signed in with it.
    pub(crate) browser_id: Option<SecretString>,
    /// What the browser's ways to the provider belong to.
    pub(crate) provider_cookie: Option<SecretString>,
    /// The sign-in that still owes a second factor.
    pub(crate) pending: Option<PendingId>,
    /// What the sign-in form's key belongs to.
    pub(crate) form_cookie: Option<SecretString>,
    /// When this person signed in before the session, as the browser remembers it.
    pub(crate) previous_sign_in: Option<Timestamp>,
    /// Whether the request shows the marks of a browser.
    pub(crate) is_browser: bool,
    /// The language that was chosen with the switch, and the one that the browser asks for.
    chosen_language: Option<Language>,
    browser_language: Option<Language>,
    /// Path and query, where the page was opened and not sent as a form.
    pub(crate) page: Option<String>,
    /// The host that the browser says it came to, without a port; empty where it says none.
    pub(crate) host: String,
    /// Address of the browser.
    pub(crate) address: IpAddr,
    /// Address and name of the browser, for its owner to recognise.
    pub(crate) origin: Origin,
}

impl Visitor {
    /// The language to speak: the one chosen with the switch, else that of the person's account,
    /// else that of the browser.
    pub(crate) fn language(&self, admin: Option<&Admin>) -> Language {
        let own = || Language::of_commerce_locale(&admin?.locale);
        self.chosen_language
            .or_else(own)
            .or(self.browser_language)
            .unwrap_or_else(Language::english)
    }

    /// The session that the visitor is in, if it is honoured. Where the mode is not known, nobody
    /// can tell, and the answer is neither "yes" nor "no".
    pub(crate) async fn current(&self, door: &Door) -> Result<Option<Current>, Problem> {
        let known = door.lease.known();
        door.mode()?;
        let Some(id) = &self.session_id else {
            return Ok(None);
        };
        Ok(session::find(&door.app, id, known).await?.current())
    }

    /// Why the session that the visitor was in is over; told once.
    pub(crate) async fn why_ended(&self, door: &Door) -> Result<Option<EndReason>, Problem> {
        match &self.session_id {
            Some(id) => Ok(session::acknowledge(&door.app, id, door.lease.known()).await?),
            None => Ok(None),
        }
    }
}

impl FromRequestParts<Door> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, door: &Door) -> Result<Self, Infallible> {
        let headers = &parts.headers;
        let address = address(parts, door);
        let read = |cookie: Cookie| cookie.read(headers, door.secure_cookies);
        let previous = read(Cookie::PreviousSignIn).and_then(|seconds| seconds.parse().ok());
        Ok(Self {
            session_id: read(Cookie::Session).map(SecretString::from),
            browser_id: read(Cookie::KnownBrowser).map(SecretString::from),
            provider_cookie: read(Cookie::Provider).map(SecretString::from),
            pending: read(Cookie::PendingSignIn).map(|cookie| PendingId::of_cookie(cookie.into())),
            form_cookie: read(Cookie::Form).map(SecretString::from),
            previous_sign_in: previous.and_then(|second| Timestamp::from_second(second).ok()),
            is_browser: ["origin", "sec-fetch-site"]
                .iter()
                .any(|name| headers.contains_key(*name)),
            chosen_language: language::chosen(headers, door.secure_cookies),
            browser_language: language::of_browser(headers),
            page: (parts.method == Method::GET)
                .then(|| parts.uri.path_and_query())
                .flatten()
                .map(ToString::to_string),
            host: host(parts),
            address,
            origin: origin(headers, address),
        })
    }
}

/// The address of the browser; where the peer is not known, which only a test can bring about,
/// the address that is nobody's.
fn address(parts: &Parts, door: &Door) -> IpAddr {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip());
    door.trusted_proxies.client(peer, &parts.headers)
}

/// From the target of the request where that names one, as HTTP/2 has it, and else from the header.
fn host(parts: &Parts) -> String {
    let header = || parts.headers.get(header::HOST)?.to_str().ok();
    let authority = match parts.uri.authority() {
        Some(authority) => Some(authority.clone()),
        None => header().and_then(|host| host.parse::<Authority>().ok()),
    };
    authority.map_or(String::new(), |authority| authority.host().to_owned())
}

fn origin(headers: &HeaderMap, address: IpAddr) -> Origin {
    let user_agent = headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok());
    Origin {
        ip: address.to_string(),
        user_agent: user_agent.unwrap_or_default().to_owned(),
    }
}
