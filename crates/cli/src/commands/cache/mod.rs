//! `cache:*`: the caches of a PHP Commerce that shares the instance.

pub mod clean;
pub mod flush;
