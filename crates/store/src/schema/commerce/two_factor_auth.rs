//! Module `Magento_TwoFactorAuth`: each admin's second factors, and the dial codes Authy needs.

use crate::schema::table::{Table, cascade, id, text, unsigned, varchar};

pub(super) const TABLES: &[Table] = &[
    Table::new(
        "tfa_user_config",
        &["config_id"],
        &[
            id("config_id"),
            unsigned("user_id"),
            text("encoded_providers").nullable(),
            text("encoded_config").nullable(),
            varchar("default_provider", 255).nullable(),
        ],
    )
    .indexes(&[&["user_id"]])
    .foreign_keys(&[cascade("user_id", "admin_user", "user_id")]),
    Table::new(
        "tfa_country_codes",
        &["country_id"],
        &[
            id("country_id"),
            varchar("code", 2),
            varchar("name", 255),
            varchar("dial_code", 255),
        ],
    )
    .indexes(&[&["code"]]),
];
