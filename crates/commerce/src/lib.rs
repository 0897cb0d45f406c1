//! Commerce's own formats, pure: what PHP wrote is read here, and what is written here PHP reads.

pub mod admin_token;
pub mod configuration;
pub mod email_address;
pub mod encryption;
pub mod password_hash;
pub mod password_rules;
pub mod php_array;
pub mod php_session;
pub mod redis_session;
pub mod second_factor;

mod php_text;
