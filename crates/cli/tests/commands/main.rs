//! Every command as it is typed: exit code, standard output, standard error, and what it leaves of
//! the instance's files and rows.
//!
//! `a:b:c` is tested in `a/b/c.rs`; what goes wrong, in `bad_input/`. `shop.rs` has the actors.

#![cfg(test)]

mod admin;
mod bad_input;
mod cache;
mod config;
mod fingerprint;
mod globals;
mod info;
mod invocation;
mod run;
mod setup;
mod shop;
#[path = "../console/driver.rs"]
mod terminal;
