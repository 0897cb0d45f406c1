//! `security:tfa:google:*`.

pub mod set_secret;
