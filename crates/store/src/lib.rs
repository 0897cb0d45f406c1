//! Where things are kept: SQL (SQLite and MySQL/MariaDB), the instance's files, PHP Commerce's
//! sessions and caches. It knows shapes and places, never rules: what may happen is decided in
//! `domain`, when it happens in `service`.

pub mod atomic_file;
pub mod database;
mod dialect;
pub mod not_searched;
pub mod php_cache;
pub mod php_sessions;
pub mod redis_server;
pub mod residue;
pub mod schema;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
