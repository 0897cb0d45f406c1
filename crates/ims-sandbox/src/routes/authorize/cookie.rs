//! The cookie by which a browser is remembered.
//!
//! Cookies do not tell ports apart, so its name holds the port: two stand-ins on one machine, or the
//! client beside it, do not take each other's.

use axum::{
    http::{HeaderMap, HeaderName, header},
    response::AppendHeaders,
};

use crate::{browser_session::BrowserSession, provider::Provider};

/// The session that the browser's cookie names, if it holds.
pub(in crate::routes) fn find(provider: &Provider, headers: &HeaderMap) -> Option<BrowserSession> {
    let name = name(provider);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|cookies| cookies.to_str().ok())
        .flat_map(|cookies| cookies.split("; "))
        .filter_map(|cookie| cookie.split_once('='))
        .filter(|(given, _)| *given == name)
        .find_map(|(_, value)| provider.memory().sessions.find(value).cloned())
}

pub(super) fn set(provider: &Provider, value: &str) -> AppendHeaders<[(HeaderName, String); 1]> {
    let name = name(provider);
    let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax");
    AppendHeaders([(header::SET_COOKIE, cookie)])
}

fn name(provider: &Provider) -> String {
    let port = provider.url().rsplit(':').next().unwrap_or_default();
    format!("ims-sandbox-{port}")
}
