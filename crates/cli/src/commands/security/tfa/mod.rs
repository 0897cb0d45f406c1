//! `security:tfa:*`.

pub mod configure_link;
pub mod google;
pub mod providers;
pub mod reset;
pub mod status;
