//! Where an instance keeps things: one file or folder for each kind of place. What lives in other
//! programs (Redis) is read by those who know it and handed over with [`Search::entry`].
//!
//! [`Search::entry`]: super::Search::entry

mod database;
pub(super) mod database_file;
mod files;
