//! `admin:session:*`.

mod end;
mod list;
