//! `admin:*`.

mod adobe_ims;
mod user;
