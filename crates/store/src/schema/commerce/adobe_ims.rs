//! Module `Magento_AdobeIms`: the Adobe Stock sign-in of an admin, which holds Adobe tokens too.

use crate::schema::table::{
    Default, Table, cascade, created, id, modified, text, timestamp, unsigned, varchar,
};

pub(super) const TABLES: &[Table] = &[Table::new(
    "adobe_user_profile",
    &["id"],
    &[
        id("id"),
        unsigned("admin_user_id").zero(),
        varchar("name", 255),
        varchar("email", 255),
        varchar("image", 255),
        varchar("account_type", 255).nullable(),
        text("access_token").nullable(),
        text("refresh_token").nullable(),
        created("created_at"),
        modified("updated_at"),
        timestamp("access_token_expires_at").default(Default::ZeroDate),
    ],
)
.indexes(&[&["admin_user_id"]])
.foreign_keys(&[cascade("admin_user_id", "admin_user", "user_id")])];
