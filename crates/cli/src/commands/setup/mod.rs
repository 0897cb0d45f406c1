//! `setup:*`.

pub mod db;
pub mod install;
pub mod upgrade;
