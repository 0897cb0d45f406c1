//! Cookies: their names, and the strict reading and writing of them (RFC 6265bis). A cookie that
//! is malformed, doubled or oversized is as good as none: it never opens a door and never leads
//! to an error.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;

/// Longest value of ours: a session id has 43 characters.
const LONGEST_VALUE: usize = 64;

/// More than this in all cookie headers together is not read at all, in bytes.
const LONGEST_HEADERS: usize = 16 * 1024;

/// The cookies that we set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cookie {
    /// The session's id.
    Session,
    /// What the sign-in form's key belongs to, before there is a session.
    Form,
    /// What the browser is recognised by at the next sign-in; kept when it is closed.
    KnownBrowser,
    /// When the person signed in before this session, in seconds since 1970; for display alone.
    PreviousSignIn,
    /// The language chosen with the switch.
    Language,
    /// What a way to the provider belongs to, until it is back.
    Provider,
    /// A sign-in that owes a second factor.
    PendingSignIn,
}

impl Cookie {
    /// The name. `__Host-` binds a cookie to this very host and to HTTPS: no sibling and no
    /// plain-HTTP page can set it.
    fn name(self, secure: bool) -> &'static str {
        match (self, secure) {
            (Self::Session, true) => "__Host-postern",
            (Self::Session, false) => "postern",
            (Self::Form, true) => "__Host-postern-form",
            (Self::Form, false) => "postern-form",
            (Self::KnownBrowser, true) => "__Host-postern-browser",
            (Self::KnownBrowser, false) => "postern-browser",
            (Self::PreviousSignIn, true) => "__Host-postern-previous",
            (Self::PreviousSignIn, false) => "postern-previous",
            (Self::Language, true) => "__Host-postern-language",
            (Self::Language, false) => "postern-language",
            (Self::Provider, true) => "__Host-postern-provider",
            (Self::Provider, false) => "postern-provider",
            (Self::PendingSignIn, true) => "__Host-postern-pending",
            (Self::PendingSignIn, false) => "postern-pending",
        }
    }

    /// The value that the browser sent, if it sent exactly one that could be ours.
    pub(crate) fn read(self, headers: &HeaderMap, secure: bool) -> Option<String> {
        let sent = headers.get_all(header::COOKIE);
        if sent.iter().map(HeaderValue::len).sum::<usize>() > LONGEST_HEADERS {
            return None;
        }
        let name = self.name(secure).as_bytes();
        let mut values = sent
            .iter()
            .flat_map(|value| value.as_bytes().split(|byte| *byte == b';'))
            .map(<[u8]>::trim_ascii)
            .filter_map(|pair| pair.strip_prefix(name)?.strip_prefix(b"="));
        let value = values.next()?;
        if values.next().is_some() || value.is_empty() || value.len() > LONGEST_VALUE {
            return None;
        }
        let is_ours = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        value
            .iter()
            .all(is_ours)
            .then(|| String::from_utf8_lossy(value).into_owned())
    }

    /// Sets the cookie until the browser is closed, or for as long as browsers keep one.
    pub(crate) fn set(self, response: &mut Response, value: &str, secure: bool) {
        let age = match self {
            // 400 days, the most that RFC 6265bis allows; what it is worth, the store decides.
            Self::KnownBrowser => "; Max-Age=34560000",
            // As long as a way to the provider, or to a second factor, may take.
            Self::Provider | Self::PendingSignIn => "; Max-Age=600",
            _ => "",
        };
        self.append(response, value, age, secure);
    }

    /// Sets the cookie for 180 days.
    pub(crate) fn keep(self, response: &mut Response, value: &str, secure: bool) {
        self.append(response, value, "; Max-Age=15552000", secure);
    }

    /// Clears the cookie, with the very attributes it was set with.
    pub(crate) fn clear(self, response: &mut Response, secure: bool) {
        self.append(response, "", "; Max-Age=0", secure);
    }

    fn append(self, response: &mut Response, value: &str, age: &str, secure: bool) {
        let name = self.name(secure);
        let secure = if secure { "; Secure" } else { "" };
        let cookie = format!("{name}={value}; Path=/{age}{secure}; HttpOnly; SameSite=Lax");
        if let Ok(mut cookie) = HeaderValue::try_from(cookie) {
            cookie.set_sensitive(true);
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&[u8]]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header::COOKIE, HeaderValue::from_bytes(line).unwrap());
        }
        Cookie::Session.read(&headers, true)
    }

    #[test]
    fn one_cookie_among_others_is_read() {
        let read = read(&[
            b"a=b; __Host-postern=abc-_9; postern=no",
            b"__Host-postern-form=x",
        ]);
        assert_eq!(read.as_deref(), Some("abc-_9"));
    }

    #[test]
    fn v09_what_is_malformed_doubled_or_oversized_is_no_cookie() {
        let long = [b"__Host-postern=".as_slice(), &[b'a'; 65]].concat();
        let huge = [
            b"__Host-postern=abc; x=".as_slice(),
            &[b'a'; LONGEST_HEADERS],
        ]
        .concat();
        let cases: [&[&[u8]]; 10] = [
            &[],
            &[b"__Host-postern"],
            &[b"__Host-postern="],
            &[b"__Host-postern=\xff\xfe"],
            &[b"__Host-postern=a b"],
            &[b"__Host-postern=\"abc\""],
            &[b"__Host-postern=abc; __Host-postern=abc"],
            &[b"__Host-postern=abc", b"__Host-postern=def"],
            &[&long],
            &[&huge],
        ];
        for lines in cases {
            assert_eq!(read(lines), None, "{lines:?}");
        }
    }

    #[test]
    fn an_insecure_cookie_is_not_taken_for_a_secure_one() {
        assert_eq!(read(&[b"postern=abc"]), None);
    }
}
