//! Module `Magento_Captcha`: how often a login (type 2) or address (type 1) has failed.

use crate::schema::table::{Table, timestamp, unsigned, varchar};

pub(super) const TABLES: &[Table] = &[Table::new(
    "captcha_log",
    &["type", "value"],
    &[
        varchar("type", 32),
        varchar("value", 255),
        unsigned("count").zero(),
        timestamp("updated_at").nullable(),
    ],
)];
