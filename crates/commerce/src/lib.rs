//! Placeholder.

pub mod encryption;
pub mod password_hash;
pub mod php_array;

mod php_text;
