//! Signing in with a Commerce password, and the session that follows. What refuses here refuses
//! at every door: page and web API call the same [`password::check`].

pub mod admin_token;
pub mod forgot_password;
pub mod password;
pub mod reset_password;
pub mod session;
