//! Where things are kept: SQL (SQLite and MySQL/MariaDB), the instance's files, PHP Commerce's
//! sessions and caches. It knows shapes and places, never rules: what may happen is decided in
//! `domain`, when it happens in `service`.

pub mod admin_tokens;
pub mod admins;
pub mod adobe_ims_webapi;
pub mod adobe_tokens;
pub mod atomic_file;
pub mod audit_events;
mod blocking;
pub mod captcha_log;
pub mod configuration_rows;
pub mod database;
mod dialect;
pub mod identity_confirmations;
pub mod instance;
pub mod known_browsers;
pub mod linked_identities;
pub mod mail_queue;
pub mod nodes;
pub mod not_searched;
pub mod password_reset_requests;
pub mod pending_sign_ins;
pub mod php_cache;
pub mod php_sessions;
pub mod provider_attempts;
pub mod provider_grants;
pub mod redis_server;
pub mod reset_tokens;
pub mod residue;
pub mod schema;
pub mod second_factors;
pub mod sessions;
pub mod sign_in_mode;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod time;
pub mod token_request_log;
pub mod used_puzzles;
pub mod user_expirations;
