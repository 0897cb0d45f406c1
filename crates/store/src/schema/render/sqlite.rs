//! Tables for SQLite, behaving as the same tables do in MySQL: text compares without regard to
//! case where MySQL's would (ASCII letters only; accents and trailing spaces do matter here),
//! timestamps are UTC text `YYYY-MM-DD HH:MM:SS`, and a trigger stands in for `ON UPDATE`.

use super::{Frame, key_name, quoted};
use crate::schema::table::{Column, Comparison, Default, Kind, Table};

/// A savepoint works inside a transaction and outside any; either way the change is made whole or
/// not at all.
pub(super) const FRAME: Frame = Frame {
    before: &["SAVEPOINT postern_schema"],
    done: &["RELEASE postern_schema"],
    failed: &["ROLLBACK TO postern_schema", "RELEASE postern_schema"],
};

pub(super) const COLUMNS: &str = "SELECT name FROM pragma_table_info(?)";

pub(super) fn statements(table: &Table, prefix: &str) -> Vec<String> {
    let mut statements = vec![create(table)];
    statements.extend(table.indexes.iter().map(|columns| {
        format!(
            "CREATE INDEX IF NOT EXISTS `{}` ON `#{}` ({})",
            key_name(prefix, table.name, columns),
            table.name,
            quoted(columns)
        )
    }));
    let touched = table.columns.iter().filter(|column| column.touched);
    statements.extend(touched.map(|column| touch(table, column)));
    statements
}

fn create(table: &Table) -> String {
    let mut parts: Vec<String> = table
        .columns
        .iter()
        .map(|part| column(part, table.comparison))
        .collect();
    if !table.columns.iter().any(|column| column.auto_increment) {
        parts.push(format!("PRIMARY KEY ({})", quoted(table.primary_key)));
    }
    for key in table.unique_keys {
        parts.push(format!("UNIQUE ({})", quoted(key)));
    }
    for key in table.foreign_keys {
        parts.push(format!(
            "FOREIGN KEY (`{}`) REFERENCES `#{}` (`{}`) ON DELETE CASCADE",
            key.column, key.table, key.references
        ));
    }
    format!(
        "CREATE TABLE IF NOT EXISTS `#{}` (\n  {}\n)",
        table.name,
        parts.join(",\n  ")
    )
}

fn column(column: &Column, comparison: Comparison) -> String {
    let (kind, is_text) = match column.kind {
        Kind::SmallInteger | Kind::Integer | Kind::BigInteger => ("INTEGER", false),
        Kind::Char(_) | Kind::Varchar(_) | Kind::Text | Kind::MediumText => ("TEXT", true),
        Kind::Timestamp | Kind::DateTime => ("TEXT", false),
        Kind::MediumBlob => ("BLOB", false),
    };
    let mut sql = format!("`{}` {kind}", column.name);
    if !column.nullable {
        sql.push_str(" NOT NULL");
    }
    if column.auto_increment {
        sql.push_str(" PRIMARY KEY AUTOINCREMENT");
    }
    match column.default {
        Some(Default::Number(number)) => sql.push_str(&format!(" DEFAULT {number}")),
        Some(Default::Text(text)) => sql.push_str(&format!(" DEFAULT '{text}'")),
        Some(Default::Now) => sql.push_str(" DEFAULT CURRENT_TIMESTAMP"),
        Some(Default::ZeroDate) => sql.push_str(" DEFAULT '0000-00-00 00:00:00'"),
        None => {}
    }
    if is_text && comparison == Comparison::IgnoringCase {
        sql.push_str(" COLLATE NOCASE");
    }
    sql
}

fn touch(table: &Table, column: &Column) -> String {
    let (table, column) = (table.name, column.name);
    format!(
        "CREATE TRIGGER IF NOT EXISTS `#{table}_{column}_touched` AFTER UPDATE ON `#{table}` \
         WHEN NEW.`{column}` IS OLD.`{column}` BEGIN \
         UPDATE `#{table}` SET `{column}` = CURRENT_TIMESTAMP WHERE rowid = NEW.rowid; END"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::table::{cascade, id, modified, timestamp, varchar};

    const EXAMPLE: Table = Table::new(
        "example",
        &["example_id"],
        &[
            id("example_id"),
            varchar("name", 40).nullable(),
            modified("changed"),
            timestamp("expires").default(Default::ZeroDate),
        ],
    )
    .unique(&[&["name"]])
    .indexes(&[&["changed", "expires"]])
    .foreign_keys(&[cascade("example_id", "other", "id")]);

    #[test]
    fn a_table_behaves_as_its_mysql_twin() {
        insta::assert_snapshot!(statements(&EXAMPLE, "mg_").join(";\n"), @"
        CREATE TABLE IF NOT EXISTS `#example` (
          `example_id` INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
          `name` TEXT COLLATE NOCASE,
          `changed` TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
          `expires` TEXT NOT NULL DEFAULT '0000-00-00 00:00:00',
          UNIQUE (`name`),
          FOREIGN KEY (`example_id`) REFERENCES `#other` (`id`) ON DELETE CASCADE
        );
        CREATE INDEX IF NOT EXISTS `MG_EXAMPLE_CHANGED_EXPIRES` ON `#example` (`changed`, `expires`);
        CREATE TRIGGER IF NOT EXISTS `#example_changed_touched` AFTER UPDATE ON `#example` WHEN NEW.`changed` IS OLD.`changed` BEGIN UPDATE `#example` SET `changed` = CURRENT_TIMESTAMP WHERE rowid = NEW.rowid; END
        ");
    }

    #[test]
    fn our_own_tables_compare_byte_for_byte() {
        const OWN: Table = Table::new("own", &["name"], &[varchar("name", 8)]).exact();
        let sql = create(&OWN);
        assert!(!sql.contains("NOCASE"), "{sql}");
    }
}
