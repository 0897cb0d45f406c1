//! Module `Magento_Authorization`: roles, who holds them, and what they allow (section 12).

use crate::schema::table::{Default, Table, cascade, id, small, unsigned, varchar};

pub(super) const TABLES: &[Table] = &[
    Table::new(
        "authorization_role",
        &["role_id"],
        &[
            id("role_id"),
            unsigned("parent_id").zero(),
            small("tree_level").unsigned().zero(),
            small("sort_order").unsigned().zero(),
            varchar("role_type", 1).default(Default::Text("0")),
            unsigned("user_id").zero(),
            varchar("user_type", 16).nullable(),
            varchar("role_name", 50).nullable(),
        ],
    )
    .indexes(&[&["parent_id", "sort_order"], &["tree_level"]]),
    Table::new(
        "authorization_rule",
        &["rule_id"],
        &[
            id("rule_id"),
            unsigned("role_id").zero(),
            varchar("resource_id", 255).nullable(),
            varchar("privileges", 20).nullable(),
            varchar("permission", 10).nullable(),
        ],
    )
    .indexes(&[&["resource_id", "role_id"], &["role_id", "resource_id"]])
    .foreign_keys(&[cascade("role_id", "authorization_role", "role_id")]),
];
