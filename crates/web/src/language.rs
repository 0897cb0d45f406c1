//! Which language a request asks for: by the cookie of the switch, or by the browser's own list.

use crate::cookies::Cookie;
use axum::http::{HeaderMap, header};
use service::words::Language;

/// More of `Accept-Language` than this is not read, in bytes: no person reads so many.
const LONGEST_LIST: usize = 256;

/// The language that was chosen with the switch on the pages.
pub(crate) fn chosen(headers: &HeaderMap, secure: bool) -> Option<Language> {
    Language::find(&Cookie::Language.read(headers, secure)?)
}

/// The language that the browser asks for.
pub(crate) fn of_browser(headers: &HeaderMap) -> Option<Language> {
    let list = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    Language::of_browser(list.get(..LONGEST_LIST).unwrap_or(list))
}

/// The language for who is not known.
pub(crate) fn of_request(headers: &HeaderMap, secure: bool) -> Language {
    chosen(headers, secure)
        .or_else(|| of_browser(headers))
        .unwrap_or_else(Language::english)
}
