//! `config:*`.

mod sensitive_set;
mod set;
mod show;
