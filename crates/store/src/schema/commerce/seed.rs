//! The rows without which no Commerce instance exists. A table that holds anything is left alone.

use crate::database::{Connection, DatabaseError};

/// The id of the role `Administrators` in a new instance. An adopted one may have given it
/// another: there the role is found by its rule, `Magento_Backend::all`.
pub const ADMINISTRATORS_ROLE: u32 = 1;

/// Table and rows. Website and store 0 are the Admin's; the category tree (2 is its usual root)
/// belongs to Commerce.
const FIRST_ROWS: &[(&str, &str)] = &[
    (
        "store_website",
        "(website_id, code, name, sort_order, default_group_id, is_default) VALUES \
         (0, 'admin', 'Admin', 0, 0, 0), (1, 'base', 'Main Website', 0, 1, 1)",
    ),
    (
        "store_group",
        "(group_id, website_id, name, root_category_id, default_store_id, code) VALUES \
         (0, 0, 'Default', 0, 0, 'default'), \
         (1, 1, 'Main Website Store', 2, 1, 'main_website_store')",
    ),
    (
        "store",
        "(store_id, code, website_id, group_id, name, sort_order, is_active) VALUES \
         (0, 'admin', 0, 0, 'Admin', 0, 1), (1, 'default', 1, 1, 'Default Store View', 0, 1)",
    ),
    (
        "authorization_role",
        "(role_id, parent_id, tree_level, sort_order, role_type, user_id, user_type, role_name) \
         VALUES (1, 0, 1, 1, 'G', 0, '2', 'Administrators')",
    ),
    (
        "authorization_rule",
        "(rule_id, role_id, resource_id, privileges, permission) \
         VALUES (1, 1, 'Magento_Backend::all', NULL, 'allow')",
    ),
];

/// Fills each of these tables that is still empty.
pub(super) async fn insert_first_rows(connection: &mut Connection) -> Result<(), DatabaseError> {
    for (table, rows) in FIRST_ROWS {
        let any = format!("SELECT 1 FROM `#{table}` LIMIT 1");
        if connection.fetch_optional(&any, Vec::new()).await?.is_none() {
            let insert = format!("INSERT INTO `#{table}` {rows}");
            connection.execute(&insert, Vec::new()).await?;
        }
    }
    Ok(())
}
