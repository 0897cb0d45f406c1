//! What a person does with their own account.

mod change;
mod editable;
mod problem;

pub use change::{AccountChange, AccountRefused, Changed, change};
pub use editable::{Editable, editable};
pub use problem::AccountProblem;

#[cfg(test)]
mod tests;
