//! `admin:identity:*`.

mod list;
mod unlink;
