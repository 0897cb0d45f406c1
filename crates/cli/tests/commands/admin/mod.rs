//! `admin:*`.

mod adobe_ims;
mod identity;
mod session;
mod user;
