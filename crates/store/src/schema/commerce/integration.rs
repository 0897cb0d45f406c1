//! Module `Magento_Integration`: opaque Web API tokens and the lockout of their endpoint. A new
//! instance has neither consumers nor customers, so their foreign keys are left out.

use crate::schema::table::{
    Column, Kind, Table, cascade, created, id, modified, small, text, unsigned, varchar,
};

pub(super) const TABLES: &[Table] = &[
    Table::new(
        "oauth_token",
        &["entity_id"],
        &[
            id("entity_id"),
            unsigned("consumer_id").nullable(),
            unsigned("admin_id").nullable(),
            unsigned("customer_id").nullable(),
            varchar("type", 16),
            varchar("token", 32),
            varchar("secret", 128),
            varchar("verifier", 32).nullable(),
            text("callback_url"),
            small("revoked").unsigned().zero(),
            small("authorized").unsigned().zero(),
            Column::new("user_type", Kind::Integer).nullable(),
            created("created_at"),
        ],
    )
    .unique(&[&["token"]])
    .indexes(&[
        &["consumer_id"],
        &["admin_id"],
        &["customer_id"],
        &["created_at"],
    ])
    .foreign_keys(&[cascade("admin_id", "admin_user", "user_id")]),
    Table::new(
        "oauth_token_request_log",
        &["log_id"],
        &[
            id("log_id"),
            varchar("user_name", 255),
            small("user_type").unsigned(),
            small("failures_count").unsigned().nullable().zero(),
            modified("lock_expires_at"),
        ],
    )
    .unique(&[&["user_name", "user_type"]]),
];
