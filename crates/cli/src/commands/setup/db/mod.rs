//! `setup:db:*`.

pub mod status;
