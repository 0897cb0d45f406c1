//! `admin:session:*`.

pub mod end;
pub mod list;
