//! `security:*`.

pub mod tfa;
