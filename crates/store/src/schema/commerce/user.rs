//! Module `Magento_User`: the admins, and the hashes of the passwords they have had.

use crate::schema::table::{
    Default, Table, cascade, created, id, modified, small, text, timestamp, unsigned, varchar,
};

pub(super) const TABLES: &[Table] = &[
    Table::new(
        "admin_user",
        &["user_id"],
        &[
            id("user_id"),
            varchar("firstname", 32).nullable(),
            varchar("lastname", 32).nullable(),
            varchar("email", 128).nullable(),
            varchar("username", 40).nullable(),
            varchar("password", 255),
            created("created"),
            modified("modified"),
            timestamp("logdate").nullable(),
            small("lognum").unsigned().zero(),
            small("reload_acl_flag").zero(),
            small("is_active").default(Default::Number(1)),
            text("extra").nullable(),
            text("rp_token").nullable(),
            timestamp("rp_token_created_at").nullable(),
            varchar("interface_locale", 16).default(Default::Text("en_US")),
            small("failures_num").nullable().zero(),
            timestamp("first_failure").nullable(),
            timestamp("lock_expires").nullable(),
        ],
    )
    .unique(&[&["username"]]),
    Table::new(
        "admin_passwords",
        &["password_id"],
        &[
            id("password_id"),
            unsigned("user_id").zero(),
            varchar("password_hash", 255).nullable(),
            unsigned("expires").zero(),
            unsigned("last_updated").zero(),
        ],
    )
    .indexes(&[&["user_id"]])
    .foreign_keys(&[cascade("user_id", "admin_user", "user_id")]),
];
