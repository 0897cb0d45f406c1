#![doc = include_str!("../README.md")]

mod back_channel;
mod browser_session;
mod clock;
mod connection;
mod endings;
mod fault;
mod grant;
mod grants;
mod issue;
mod keys;
mod options;
mod person;
mod person_description;
mod provider;
mod random_name;
mod realm;
mod request_log;
mod routes;
mod sandbox;
mod tokens;
mod twist;

pub use back_channel::SendError;
pub use fault::Fault;
pub use options::Options;
pub use person::Person;
pub use person_description::PersonError;
pub use request_log::LogEntry;
pub use sandbox::{Sandbox, StartError};
pub use twist::Twist;
