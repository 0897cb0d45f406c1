//! Placeholder.

pub mod admin_token;
pub mod configuration;
pub mod email_address;
pub mod encryption;
pub mod password_hash;
pub mod password_rules;
pub mod php_array;
pub mod php_session;
pub mod redis_session;

mod php_text;
