//! `admin:*`.

pub mod adobe_ims;
pub mod session;
pub mod user;
