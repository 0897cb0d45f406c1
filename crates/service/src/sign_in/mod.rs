//! Signing in with a Commerce password. What refuses here refuses at every door: page and web API
//! call the same [`password::check`]. The session that follows is [`crate::session`]'s.

pub mod admin_token;
pub mod forgot_password;
pub mod password;
pub mod reset_password;
