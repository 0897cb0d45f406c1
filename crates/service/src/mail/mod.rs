//! Mail that people get from the Admin. A [`Letter`] is written in the reader's language, put into
//! the [`queue`] in the transaction of what it tells of, and leaves by the [`sender`] of a running
//! server, by the transport that Commerce's configuration names.

mod letter;
mod letterhead;
pub mod letters;
pub mod notice;
pub mod queue;
pub mod reset_link;
pub mod sender;
mod transport;

pub use letter::Letter;
pub use letterhead::Letterhead;
pub use transport::{MailFailure, Mailer};
