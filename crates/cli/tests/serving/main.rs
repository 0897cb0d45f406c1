//! Tests on real server processes: the main job on an instance that PHP made, and several servers
//! that must take notice of a switch at once, and mail that leaves.

#![cfg(test)]

mod headline;
mod mail;
mod metrics;
mod nodes;
mod outage;
mod provider_away;
mod server;
#[path = "../../../service/tests/mail/smtp_server.rs"]
mod smtp_server;
