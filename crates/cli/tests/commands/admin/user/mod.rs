//! `admin:user:*`.

mod create;
mod unlock;
