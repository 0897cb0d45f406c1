//! What our tables hold. Times are unix seconds unless said otherwise.

use crate::schema::table::{Column, Kind, Table, big, id, small, text, unsigned, varchar};

/// Which migrations were applied, and when.
pub(super) const MIGRATION: Table = Table::new(
    "postern_migration",
    &["version"],
    &[unsigned("version"), big("applied_at")],
)
.exact();

/// The one row (id 1) that says how admins sign in: the authority for every node. `epoch` grows
/// with each change; `cleanup_pending` is 1 while edits of files are still to be rolled forward.
pub(super) const SIGN_IN_MODE: Table = Table::new(
    "postern_sign_in_mode",
    &["id"],
    &[
        small("id"),
        varchar("mode", 16),
        big("epoch"),
        big("changed_at"),
        varchar("changed_by", 255),
        big("trial_until").nullable(),
        small("cleanup_pending").zero(),
    ],
)
.exact();

/// Sessions of our own front door, found by the digest of the cookie's value, each bound to the
/// mode and epoch it was opened in.
pub(super) const SESSION: Table = Table::new(
    "postern_session",
    &["id_hash"],
    &[
        Column::new("id_hash", Kind::Char(64)),
        unsigned("user_id"),
        varchar("mode", 16),
        big("epoch"),
        big("created_at"),
        big("last_seen_at"),
        varchar("ip", 45),
        varchar("user_agent", 255),
    ],
)
.indexes(&[&["user_id"]])
.exact();

/// The nodes that serve, when each was last seen (unix milliseconds, the database's clock), and
/// the newest epoch each has taken note of.
pub(super) const NODE: Table = Table::new(
    "postern_node",
    &["id"],
    &[
        varchar("id", 64),
        varchar("name", 255),
        big("seen_at"),
        big("acknowledged_epoch"),
    ],
)
.exact();

/// What was done and by whom; `detail` is a JSON object.
pub(super) const AUDIT_EVENT: Table = Table::new(
    "postern_audit_event",
    &["id"],
    &[
        Column {
            kind: Kind::BigInteger,
            unsigned: false,
            ..id("id")
        },
        big("happened_at"),
        varchar("kind", 64),
        varchar("actor", 255),
        text("detail"),
    ],
)
.exact();

/// Browsers that admins have signed in with, by the digest of their cookie, each with its own
/// count of failures. Several people may share one.
pub(super) const KNOWN_BROWSER: Table = Table::new(
    "postern_known_browser",
    &["id_hash", "user_id"],
    &[
        Column::new("id_hash", Kind::Char(64)),
        unsigned("user_id"),
        big("created_at"),
        big("last_used_at"),
        small("failures").zero(),
        big("first_failure").nullable(),
        big("locked_until").nullable(),
    ],
)
.indexes(&[&["user_id"]])
.exact();

/// What may be used once: digests of answered puzzles, and of addresses that answered one by
/// waiting.
pub(super) const USED_PUZZLE: Table = Table::new(
    "postern_used_puzzle",
    &["digest"],
    &[
        Column::new("digest", Kind::Char(64)),
        big("used_at"),
        big("expires_at"),
    ],
)
.indexes(&[&["expires_at"]])
.exact();
