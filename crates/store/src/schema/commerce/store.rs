//! Module `Magento_Store`: websites, store groups and stores, whose codes name the scopes of
//! configuration.

use crate::schema::table::{Column, Kind, Table, cascade, small, unsigned, varchar};

const fn small_id(name: &'static str) -> Column {
    Column {
        auto_increment: true,
        unsigned: true,
        ..Column::new(name, Kind::SmallInteger)
    }
}

pub(super) const TABLES: &[Table] = &[
    Table::new(
        "store_website",
        &["website_id"],
        &[
            small_id("website_id"),
            varchar("code", 32).nullable(),
            varchar("name", 64).nullable(),
            small("sort_order").unsigned().zero(),
            small("default_group_id").unsigned().zero(),
            small("is_default").unsigned().nullable().zero(),
        ],
    )
    .unique(&[&["code"]])
    .indexes(&[&["sort_order"], &["default_group_id"]]),
    Table::new(
        "store_group",
        &["group_id"],
        &[
            small_id("group_id"),
            small("website_id").unsigned().zero(),
            varchar("name", 255),
            unsigned("root_category_id").zero(),
            small("default_store_id").unsigned().zero(),
            varchar("code", 32).nullable(),
        ],
    )
    .unique(&[&["code"]])
    .indexes(&[&["website_id"], &["default_store_id"]])
    .foreign_keys(&[cascade("website_id", "store_website", "website_id")]),
    Table::new(
        "store",
        &["store_id"],
        &[
            small_id("store_id"),
            varchar("code", 32).nullable(),
            small("website_id").unsigned().zero(),
            small("group_id").unsigned().zero(),
            varchar("name", 255),
            small("sort_order").unsigned().zero(),
            small("is_active").unsigned().zero(),
        ],
    )
    .unique(&[&["code"]])
    .indexes(&[&["website_id"], &["is_active", "sort_order"], &["group_id"]])
    .foreign_keys(&[
        cascade("group_id", "store_group", "group_id"),
        cascade("website_id", "store_website", "website_id"),
    ]),
];
