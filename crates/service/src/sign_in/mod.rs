//! Signing in with a Commerce password. What refuses here refuses at every door: page and web API
//! call the same [`password::check`]. The session that follows is [`crate::session`]'s.

pub mod admin_token;
mod conclusion;
pub mod forgot_password;
pub mod housekeeping;
pub mod identity;
pub mod known_browser;
pub mod overview;
pub mod password;
mod policy;
pub mod reset_password;
pub mod throttle;
