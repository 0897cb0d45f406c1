//! What is peculiar to Adobe IMS, against the stand-in and against providers made of bytes.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod credentials;
mod raw_provider;
