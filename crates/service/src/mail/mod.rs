//! Mail that people get from the Admin, by the transport that Commerce's configuration names.

pub mod reset_link;
mod transport;

pub use transport::{MailFailure, Mailer};
