//! Signing in with a Commerce password, and the session that follows. What refuses here refuses
//! at every door: page and web API call the same [`password::check`].

pub mod admin_token;
mod conclusion;
pub mod housekeeping;
pub mod known_browser;
pub mod password;
mod policy;
pub mod reset_password;
pub mod session;
pub mod throttle;
