//! The hidden key of forms. A form of a signed-in page carries a key of the session; the sign-in
//! form, before there is one, a key of a cookie of its own. So no other site can sign a browser
//! in or out, even where it could send the form (RFC 6749 section 10.12 calls the former login
//! CSRF). This stands behind the check of `Sec-Fetch-Site` and `Origin` in [`crate::routes`].

use crate::Door;
use crate::cookies::Cookie;
use crate::problem::Problem;
use crate::visitor::Visitor;
use axum::response::Response;
use secrecy::{ExposeSecret, SecretString};
use service::random;
use service::session;
use subtle::ConstantTimeEq;

/// The key of the sign-in form.
pub(crate) struct FormKey {
    cookie: SecretString,
    is_new: bool,
}

impl FormKey {
    /// The visitor's key, or a new one. All tabs of a browser share one.
    pub(crate) fn of(visitor: &Visitor) -> Result<Self, Problem> {
        if let Some(cookie) = &visitor.form_cookie {
            return Ok(Self {
                cookie: cookie.clone(),
                is_new: false,
            });
        }
        let cookie = SecretString::from(random::text(32, random::ALPHANUMERIC)?);
        Ok(Self {
            cookie,
            is_new: true,
        })
    }

    /// What the form carries.
    pub(crate) fn value(&self, door: &Door) -> String {
        session::form_token(&door.app, &self.cookie)
    }

    /// Sets the cookie that belongs to the key, where the browser does not have it yet.
    pub(crate) fn keep(&self, response: &mut Response, door: &Door) {
        if self.is_new {
            Cookie::Form.set(response, self.cookie.expose_secret(), door.secure_cookies);
        }
    }
}

/// Whether a sign-in form may be looked at. What sends neither `Origin` nor `Sec-Fetch-Site` is
/// no browser, and only a browser can be made to send a form that its user never saw.
pub(crate) fn is_of_visitor(door: &Door, visitor: &Visitor, key: &str) -> bool {
    match &visitor.form_cookie {
        Some(cookie) => is_of(door, cookie, key),
        None => !visitor.is_browser,
    }
}

/// Whether a form's key is that of a session, or of a form cookie.
pub(crate) fn is_of(door: &Door, id: &SecretString, key: &str) -> bool {
    session::form_token(&door.app, id)
        .as_bytes()
        .ct_eq(key.as_bytes())
        .into()
}

/// Whether a form is one of the pages of the visitor's session.
pub(crate) fn is_of_session(door: &Door, visitor: &Visitor, key: &str) -> bool {
    visitor
        .session_id
        .as_ref()
        .is_some_and(|id| is_of(door, id, key))
}

/// The key that forms of a signed-in page carry.
pub(crate) fn token(door: &Door, visitor: &Visitor) -> String {
    visitor
        .session_id
        .as_ref()
        .map(|id| session::form_token(&door.app, id))
        .unwrap_or_default()
}
