//! Signing in: with a Commerce password, or at the provider. What refuses here refuses at every
//! door: page and web API call the same [`password::check`], every callback the same
//! [`at_provider::finish`]. The session that follows is [`crate::session`]'s.

pub mod admin_token;
pub mod at_provider;
pub(crate) mod conclusion;
pub(crate) mod entrance;
pub mod forgot_password;
pub mod housekeeping;
pub mod identities;
pub mod identity;
pub mod known_browser;
pub(crate) mod network;
pub mod overview;
pub mod password;
pub mod person;
pub(crate) mod policy;
pub mod reset_password;
pub mod start_page;
pub mod throttle;
mod verified;

pub use verified::{NewGrant, Verified};
