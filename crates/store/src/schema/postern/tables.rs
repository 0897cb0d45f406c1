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
/// mode and epoch it was opened in. `ended` says why one is over whose browser was not told yet;
/// from `forget_at` on nobody needs the row.
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
        varchar("ended", 32).nullable(),
        big("forget_at"),
    ],
)
.indexes(&[&["user_id"], &["forget_at"]])
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

/// That somebody has shown who they are, found by the digest of a value that only they have.
pub(super) const IDENTITY_CONFIRMATION: Table = Table::new(
    "postern_identity_confirmation",
    &["id_hash"],
    &[
        Column::new("id_hash", Kind::Char(64)),
        unsigned("user_id"),
        Column::new("session_hash", Kind::Char(64)),
        varchar("action", 64),
        big("confirmed_at"),
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

/// Mail that has not left yet, and requests for a reset link that are still to be answered with
/// one. `text` and `html` are encrypted, since a link stands in them. `attempts` counts the claims
/// of a row; one that is claimed is due again only when the claim has run out.
pub(super) const MAIL: Table = Table::new(
    "postern_mail",
    &["id"],
    &[
        Column {
            kind: Kind::BigInteger,
            unsigned: false,
            ..id("id")
        },
        varchar("kind", 16),
        varchar("recipient", 255),
        varchar("recipient_name", 255),
        varchar("locale", 16),
        varchar("subject", 255),
        text("text").nullable(),
        text("html").nullable(),
        big("created_at"),
        big("give_up_at"),
        unsigned("attempts").zero(),
        big("next_attempt_at"),
        varchar("last_error", 255).nullable(),
    ],
)
.indexes(&[&["next_attempt_at"]])
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

/// What may be used once: digests of answered puzzles, of addresses that answered one by waiting,
/// and of logout tokens.
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

/// Which identity at a provider is which admin's, by the SHA-256 of issuer and subject: a column's
/// collation would take one subject for another.
pub(super) const LINKED_IDENTITY: Table = Table::new(
    "postern_linked_identity",
    &["identity_hash"],
    &[
        Column::new("identity_hash", Kind::Char(64)),
        varchar("issuer", 255),
        varchar("subject", 255),
        unsigned("user_id"),
        big("linked_at"),
    ],
)
.indexes(&[&["user_id"]])
.exact();

/// Ways to the provider that a browser has begun, by the digest of their state. `purpose` is what
/// for: a sign-in, or the code of an action that `session_hash` wants confirmed.
pub(super) const PROVIDER_ATTEMPT: Table = Table::new(
    "postern_provider_attempt",
    &["state_hash"],
    &[
        Column::new("state_hash", Kind::Char(64)),
        Column::new("browser_hash", Kind::Char(64)),
        big("epoch"),
        varchar("purpose", 64),
        Column::new("session_hash", Kind::Char(64)).nullable(),
        text("back").nullable(),
        text("kept").nullable(),
        varchar("ip", 45),
        big("begun_at"),
    ],
)
.indexes(&[&["browser_hash"], &["ip"], &["begun_at"]])
.exact();

/// What a session opened at the provider rests on; its tokens are encrypted. From `next_check_at`
/// on the provider is to be asked. `role_by_id_token` is 1 where nothing but the ID token named the
/// role, `rights_changed` while the session's id is older than what the person may do.
pub(super) const PROVIDER_GRANT: Table = Table::new(
    "postern_provider_grant",
    &["session_hash"],
    &[
        Column::new("session_hash", Kind::Char(64)),
        unsigned("user_id"),
        big("epoch"),
        Column::new("identity_hash", Kind::Char(64)),
        varchar("issuer", 255),
        varchar("subject", 255),
        Column::new("provider_session_hash", Kind::Char(64)).nullable(),
        text("access_token"),
        big("expires_at").nullable(),
        text("refresh_token").nullable(),
        text("id_token").nullable(),
        big("confirmed_at"),
        big("unreachable_since").nullable(),
        big("next_check_at"),
        small("role_by_id_token").zero(),
        small("rights_changed").zero(),
    ],
)
.indexes(&[
    &["user_id"],
    &["identity_hash"],
    &["provider_session_hash"],
    &["next_check_at"],
])
.exact();

/// People whose password was right and who still owe a second factor, by the digest of their
/// browser's cookie. `password_hash` is a digest of the hash that was compared: with another
/// password it is over.
pub(super) const PENDING_SIGN_IN: Table = Table::new(
    "postern_pending_sign_in",
    &["id_hash"],
    &[
        Column::new("id_hash", Kind::Char(64)),
        unsigned("user_id"),
        big("epoch"),
        Column::new("password_hash", Kind::Char(64)),
        varchar("ip", 45),
        text("back").nullable(),
        text("kept").nullable(),
        big("begun_at"),
    ],
)
.indexes(&[&["user_id"], &["begun_at"]])
.exact();

/// What is known of each person's second factors besides what Commerce keeps: the newest step whose
/// code was taken, the second up to which tokens to set one up are void, the random bytes, in hex,
/// that stand for the person in their passkeys, and the digests of the factors that their recovery
/// codes stand in for, with commas between them.
pub(super) const SECOND_FACTOR: Table = Table::new(
    "postern_second_factor",
    &["user_id"],
    &[
        unsigned("user_id"),
        big("totp_step").nullable(),
        big("tokens_void_until").nullable(),
        varchar("user_handle", 64).nullable(),
        text("codes_stand_in_for").nullable(),
    ],
)
.exact();

/// Wrong codes in a row, by a digest of whose: a person's in one browser or in all unknown ones, or
/// those of a network address.
pub(super) const CODE_FAILURE: Table = Table::new(
    "postern_code_failure",
    &["subject_hash"],
    &[
        Column::new("subject_hash", Kind::Char(64)),
        unsigned("user_id").nullable(),
        unsigned("failures"),
        big("last_failure").nullable(),
        big("locked_until").nullable(),
    ],
)
.indexes(&[&["user_id"], &["last_failure"]])
.exact();

/// Recovery codes, by their keyed digest. A used one stays, so that it can be told.
pub(super) const RECOVERY_CODE: Table = Table::new(
    "postern_recovery_code",
    &["code_hash"],
    &[
        Column::new("code_hash", Kind::Char(64)),
        unsigned("user_id"),
        big("created_at"),
        big("used_at").nullable(),
    ],
)
.indexes(&[&["user_id"]])
.exact();

/// Security keys and passkeys, by the SHA-256 of their id: what Commerce's own list has no place
/// for. One that is not on that list any more counts for nothing. `credential` is encrypted, and
/// says in itself whose it is.
pub(super) const SECURITY_KEY: Table = Table::new(
    "postern_security_key",
    &["credential_hash"],
    &[
        Column::new("credential_hash", Kind::Char(64)),
        unsigned("user_id"),
        varchar("name", 64),
        text("credential"),
        big("created_at"),
        big("last_used_at").nullable(),
    ],
)
.indexes(&[&["user_id"]])
.exact();

/// What was shown in a session besides the password, by the digest of its id. `postponed` is 1
/// where the person put off setting up what is still missing.
pub(super) const SESSION_FACTOR: Table = Table::new(
    "postern_session_factor",
    &["session_hash"],
    &[
        Column::new("session_hash", Kind::Char(64)),
        unsigned("user_id"),
        varchar("factor", 16),
        big("shown_at"),
        small("postponed").zero(),
    ],
)
.indexes(&[&["user_id"], &["shown_at"]])
.exact();
