//! `config:*`.

mod scope;
pub mod sensitive;
pub mod set;
pub mod show;
