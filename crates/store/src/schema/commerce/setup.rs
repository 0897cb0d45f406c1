//! The tables that Commerce's installer makes before any module's: sessions and caches kept in
//! the database, the versions of modules, flags.

use crate::schema::table::{Column, Kind, Table, id, modified, small, unsigned, varchar};

const fn number(name: &'static str) -> Column {
    Column::new(name, Kind::Integer).nullable()
}

pub(super) const TABLES: &[Table] = &[
    Table::new(
        "setup_module",
        &["module"],
        &[
            varchar("module", 50),
            varchar("schema_version", 50).nullable(),
            varchar("data_version", 50).nullable(),
        ],
    ),
    Table::new(
        "session",
        &["session_id"],
        &[
            varchar("session_id", 255),
            unsigned("session_expires").zero(),
            Column::new("session_data", Kind::MediumBlob),
        ],
    ),
    Table::new(
        "cache",
        &["id"],
        &[
            varchar("id", 200),
            Column::new("data", Kind::MediumBlob).nullable(),
            number("create_time"),
            number("update_time"),
            number("expire_time"),
        ],
    )
    .indexes(&[&["expire_time"]]),
    Table::new(
        "cache_tag",
        &["tag", "cache_id"],
        &[varchar("tag", 100), varchar("cache_id", 200)],
    )
    .indexes(&[&["cache_id"]]),
    Table::new(
        "flag",
        &["flag_id"],
        &[
            id("flag_id"),
            varchar("flag_code", 255),
            small("state").unsigned().zero(),
            Column::new("flag_data", Kind::MediumText).nullable(),
            modified("last_update"),
        ],
    )
    .indexes(&[&["last_update"]]),
];
