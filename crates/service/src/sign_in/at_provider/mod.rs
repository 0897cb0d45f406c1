//! Signing in, and showing once more who one is, at the provider: Adobe IMS or any OpenID
//! provider. [`begin`](begin()) sends the browser there, [`finish`](finish()) takes it back.
//!
//! ```text
//!  begin ──▶ provider ──▶ finish ─┬─ sign-in ──▶ whose account? ──▶ Verified ──▶ a session
//!    │ state, browser             │
//!    └── stored, taken once ──────┴─ confirmation ── the same person? ──▶ a confirmation's id
//! ```
//!
//! What refuses here refuses for the whole way; nothing of a refused one is left but its record.

mod attempt;
mod begin;
mod confirm;
mod enter;
mod finish;
mod refusal;

pub use attempt::{Errand, LIFETIME};
pub use begin::{Beginning, Begun, begin};
pub use finish::{Finished, Returned, finish};
pub use refusal::{ProviderRefused, Remedy};

use crate::app::App;
use crate::config::settings::Settings;
use crate::error::ServiceError;

/// Where the provider sends the browser back to; each errand has an address of its own.
fn redirect_uri(
    app: &App,
    configuration: &Settings,
    errand: Errand,
) -> Result<String, ServiceError> {
    let front_name = app.front_name()?;
    match errand {
        Errand::SignIn => configuration.redirect_uri(&front_name),
        Errand::Confirm(_) => configuration.confirmation_redirect_uri(&front_name),
    }
}

#[cfg(test)]
mod tests;
