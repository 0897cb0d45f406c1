//! What can be done, one use case a function, the same for page, API and command. A use case
//! loads, lets `domain` decide, and writes the change and its audit event in one transaction.
//! The heart is [`switch`].

pub mod account;
pub mod admin;
pub mod app;
pub mod cache;
pub mod config;
pub mod error;
pub mod housekeeping;
pub mod mail;
pub mod metrics;
pub mod node;
pub mod password;
pub mod password_queue;
pub mod php_commerce;
pub mod provider;
pub mod random;
pub mod second_factor;
pub mod session;
pub mod setup;
pub mod sign_in;
pub mod switch;
#[cfg(test)]
mod testing;
pub mod web_api;
pub mod words;
