//! One way to the provider and back. The state comes back with the browser and is known to
//! nobody else; with what only this browser has, it gives the nonce and the PKCE verifier, so that
//! neither is stored anywhere.

use crate::app::App;
use crate::error::ServiceError;
use crate::random;
use data_encoding::BASE64URL_NOPAD;
use domain::identity::Action;
use jiff::SignedDuration;
use secrecy::{ExposeSecret, SecretString};

/// How long a way may take.
pub const LIFETIME: SignedDuration = SignedDuration::from_mins(10);

/// What a sign-in is stored as; a confirmation is stored as its action.
const SIGN_IN: &str = "sign_in";

/// What somebody goes to the provider for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Errand {
    /// To sign in.
    SignIn,
    /// To show once more who they are, before this.
    Confirm(Action),
}

impl Errand {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::SignIn => SIGN_IN,
            Self::Confirm(action) => action.code(),
        }
    }

    pub(super) fn from_code(code: &str) -> Option<Self> {
        match code {
            SIGN_IN => Some(Self::SignIn),
            other => Action::from_code(other).map(Self::Confirm),
        }
    }
}

/// A random value for a URL or a cookie: 256 bits.
pub(super) fn new_secret() -> Result<SecretString, ServiceError> {
    Ok(BASE64URL_NOPAD.encode(&random::bytes::<32>()?).into())
}

/// What a state is stored as.
pub(super) fn state_hash(app: &App, state: &str) -> String {
    digest(app, "provider-state", &[state])
}

/// What the browser is stored as.
pub(super) fn browser_hash(app: &App, browser: &SecretString) -> String {
    digest(app, "provider-browser", &[browser.expose_secret()])
}

/// What comes back in the ID token.
pub(super) fn nonce(app: &App, state: &str, browser: &SecretString) -> String {
    digest(app, "provider-nonce", &[state, browser.expose_secret()])
}

/// What the code is redeemed with: 64 characters that RFC 7636 allows.
pub(super) fn verifier(app: &App, state: &str, browser: &SecretString) -> SecretString {
    digest(app, "provider-verifier", &[state, browser.expose_secret()]).into()
}

fn digest(app: &App, purpose: &str, parts: &[&str]) -> String {
    let text = format!("{purpose}:{}", parts.join(":"));
    app.keyring().keyed_digest(text.as_bytes())
}
