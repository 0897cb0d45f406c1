//! Module `Magento_Config`: configuration values by scope.

use crate::schema::table::{Column, Default, Kind, Table, id, modified, text, varchar};

pub(super) const TABLES: &[Table] = &[Table::new(
    "core_config_data",
    &["config_id"],
    &[
        id("config_id"),
        varchar("scope", 8).default(Default::Text("default")),
        Column::new("scope_id", Kind::Integer).zero(),
        varchar("path", 255).default(Default::Text("general")),
        text("value").nullable(),
        modified("updated_at"),
    ],
)
.unique(&[&["scope", "scope_id", "path"]])];
