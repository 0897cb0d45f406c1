//! Module `Magento_Security`: the admins' sessions, the day an account ends, and requests for a
//! password reset.

use crate::schema::table::{
    Column, Default, Kind, Table, cascade, created, id, modified, small, unsigned, varchar,
};

pub(super) const TABLES: &[Table] = &[
    Table::new(
        "admin_user_session",
        &["id"],
        &[
            id("id"),
            varchar("session_id", 1).nullable(),
            unsigned("user_id").nullable(),
            small("status").unsigned().default(Default::Number(1)),
            created("created_at"),
            modified("updated_at"),
            varchar("ip", 15),
        ],
    )
    .indexes(&[&["session_id"], &["user_id"]])
    .foreign_keys(&[cascade("user_id", "admin_user", "user_id")]),
    Table::new(
        "admin_user_expiration",
        &["user_id"],
        &[
            unsigned("user_id"),
            Column::new("expires_at", Kind::DateTime).default(Default::ZeroDate),
        ],
    )
    .foreign_keys(&[cascade("user_id", "admin_user", "user_id")]),
    Table::new(
        "password_reset_request_event",
        &["id"],
        &[
            id("id"),
            small("request_type").unsigned(),
            varchar("account_reference", 255).nullable(),
            created("created_at"),
            varchar("ip", 15),
        ],
    )
    .indexes(&[&["account_reference"], &["created_at"]]),
];
