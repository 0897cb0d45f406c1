//! `info:*`.

pub mod adminuri;
