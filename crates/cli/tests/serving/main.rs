//! Tests on real server processes: the main job on an instance that PHP made, and several servers
//! that must take notice of a switch at once, mail that leaves, and
//! second factors.

#![cfg(test)]

mod headline;
mod mail;
mod metrics;
mod nodes;
mod outage;
mod provider_away;
mod redis_tls;
mod second_factor;
mod server;
#[path = "../../../service/tests/mail/smtp_server.rs"]
mod smtp_server;
mod timing;
