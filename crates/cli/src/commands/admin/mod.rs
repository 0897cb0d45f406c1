//! `admin:*`.

pub mod adobe_ims;
pub mod identity;
pub mod session;
pub mod user;
