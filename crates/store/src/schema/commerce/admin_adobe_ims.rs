//! Module `Magento_AdminAdobeIms`: the Adobe tokens that the Web API has checked.

use crate::schema::table::{
    Default, Table, cascade, created, id, modified, text, timestamp, unsigned, varchar,
};

pub(super) const TABLES: &[Table] = &[Table::new(
    "admin_adobe_ims_webapi",
    &["id"],
    &[
        id("id"),
        unsigned("admin_user_id").zero(),
        varchar("access_token_hash", 255).nullable(),
        text("access_token").nullable(),
        created("created_at"),
        modified("updated_at"),
        timestamp("last_check_time").default(Default::ZeroDate),
        timestamp("access_token_expires_at").default(Default::ZeroDate),
    ],
)
.unique(&[&["access_token_hash"]])
.indexes(&[&["admin_user_id"]])
.foreign_keys(&[cascade("admin_user_id", "admin_user", "user_id")])];
