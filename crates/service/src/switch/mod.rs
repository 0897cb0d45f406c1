//! The switch between signing in with Adobe ID and with a Commerce password.
//!
//! [`enable`] and [`disable`] prepare, call [`change`] for the one transaction that switches, and
//! then [`follow_up`], which lets files, PHP sessions and caches follow. A process that dies in
//! between leaves the note "cleanup pending" behind: whoever opens the instance next calls
//! [`resume`] and finishes. Nothing else writes the mode.

mod acknowledgement;
mod change;
pub mod disable;
pub mod enable;
mod follow_up;
mod hold;
mod inventory;
mod obstacles;
pub mod receipt;
pub mod residue;
mod resume;
mod revocation;
mod settings;
pub mod status;
mod taken;

pub use acknowledgement::LEASE;
pub(crate) use hold::{hold, hold_for_password};
pub use obstacles::{InvalidSetting, SwitchRefused};
pub use resume::{current, follow_here, resume};

#[cfg(test)]
mod tests;
