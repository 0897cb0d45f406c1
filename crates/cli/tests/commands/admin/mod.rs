//! `admin:*`.

mod adobe_ims;
mod session;
mod user;
