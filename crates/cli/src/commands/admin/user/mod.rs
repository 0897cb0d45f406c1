//! `admin:user:*`.

pub mod create;
pub mod unlock;
