//! `config:sensitive:*`.

pub mod set;
