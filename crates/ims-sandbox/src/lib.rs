#![doc = include_str!("../README.md")]

mod connection;
mod fault;
mod options;
mod person;
mod provider;
mod request_log;
mod routes;
mod sandbox;

pub use fault::Fault;
pub use options::Options;
pub use person::{Person, PersonError};
pub use request_log::LogEntry;
pub use sandbox::{Sandbox, StartError};
