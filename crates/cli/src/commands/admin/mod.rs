//! `admin:*`.

pub mod adobe_ims;
pub mod user;
