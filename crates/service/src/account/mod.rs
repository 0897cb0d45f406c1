//! What a person does with their own account.

mod change;
mod problem;

pub use change::{AccountChange, AccountRefused, Changed, change};
pub use problem::AccountProblem;
