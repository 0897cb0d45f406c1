//! `admin:identity:*`.

pub mod list;
pub mod unlink;
