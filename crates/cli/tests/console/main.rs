//! Symfony's habits, tried on a small set of commands with Commerce's names and options.
//!
//! The expected texts were captured from Symfony Console 5.4 with the same definitions; where ours
//! differ on purpose (`--root`, exit codes), the test says so.

#![cfg(test)]

mod abbreviations;
mod asking;
mod completion;
mod driver;
mod fake;
mod layouts;
mod reference;
mod wording;
