//! Tables for MySQL 8 and MariaDB, as Commerce 2.4.6 and later creates them: InnoDB, utf8mb4.

use super::{Frame, key_name, quoted};
use crate::schema::table::{Column, Comparison, Default, ForeignKey, Kind, Table};

/// MySQL 8 refuses `0000-00-00 00:00:00` by default, and id 0 means "the next number" unless told
/// otherwise. Commerce clears the mode for the same reasons. DDL commits by itself, so there is
/// nothing to roll back: a failed change is run again.
pub(super) const FRAME: Frame = Frame {
    before: &[
        "SET @postern_sql_mode = @@SESSION.sql_mode",
        "SET SESSION sql_mode = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO'",
    ],
    done: &["SET SESSION sql_mode = @postern_sql_mode"],
    failed: &["SET SESSION sql_mode = @postern_sql_mode"],
};

/// With both names given the server reads this one table and not the whole catalogue.
pub(super) const COLUMNS: &str = "SELECT column_name FROM information_schema.columns \
     WHERE table_schema = DATABASE() AND table_name = ? ORDER BY ordinal_position";

pub(super) fn statements(table: &Table, prefix: &str) -> Vec<String> {
    let mut parts: Vec<String> = table.columns.iter().map(column).collect();
    parts.push(format!("PRIMARY KEY ({})", quoted(table.primary_key)));
    for key in table.unique_keys {
        parts.push(format!(
            "UNIQUE KEY `{}` ({})",
            key_name(prefix, table.name, key),
            quoted(key)
        ));
    }
    for index in table.indexes {
        parts.push(format!(
            "KEY `{}` ({})",
            key_name(prefix, table.name, index),
            quoted(index)
        ));
    }
    let references = table
        .foreign_keys
        .iter()
        .map(|key| reference(table, key, prefix));
    parts.extend(references);
    let collation = match table.comparison {
        Comparison::IgnoringCase => "utf8mb4_general_ci",
        Comparison::Exact => "utf8mb4_bin",
    };
    vec![format!(
        "CREATE TABLE IF NOT EXISTS `#{}` (\n  {}\n) \
         ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE={collation}",
        table.name,
        parts.join(",\n  ")
    )]
}

fn column(column: &Column) -> String {
    let mut sql = format!("`{}` {}", column.name, kind(column.kind));
    if column.unsigned {
        sql.push_str(" UNSIGNED");
    }
    // Without an explicit NULL older servers give the first timestamp a default of their own.
    sql.push_str(if column.nullable {
        " NULL"
    } else {
        " NOT NULL"
    });
    match column.default {
        Some(Default::Number(number)) => sql.push_str(&format!(" DEFAULT {number}")),
        Some(Default::Text(text)) => sql.push_str(&format!(" DEFAULT '{text}'")),
        Some(Default::Now) => sql.push_str(" DEFAULT CURRENT_TIMESTAMP"),
        Some(Default::ZeroDate) => sql.push_str(" DEFAULT '0000-00-00 00:00:00'"),
        None if column.nullable => sql.push_str(" DEFAULT NULL"),
        None => {}
    }
    if column.touched {
        sql.push_str(" ON UPDATE CURRENT_TIMESTAMP");
    }
    if column.auto_increment {
        sql.push_str(" AUTO_INCREMENT");
    }
    sql
}

fn kind(kind: Kind) -> String {
    match kind {
        Kind::SmallInteger => "SMALLINT".into(),
        Kind::Integer => "INT".into(),
        Kind::BigInteger => "BIGINT".into(),
        Kind::Char(length) => format!("CHAR({length})"),
        Kind::Varchar(length) => format!("VARCHAR({length})"),
        Kind::Text => "TEXT".into(),
        Kind::MediumText => "MEDIUMTEXT".into(),
        Kind::MediumBlob => "MEDIUMBLOB".into(),
        Kind::Timestamp => "TIMESTAMP".into(),
        Kind::DateTime => "DATETIME".into(),
    }
}

fn reference(table: &Table, key: &ForeignKey, prefix: &str) -> String {
    format!(
        "CONSTRAINT `{}` FOREIGN KEY (`{}`) REFERENCES `#{}` (`{}`) ON DELETE CASCADE",
        key_name(prefix, table.name, &[key.column, key.table, key.references]),
        key.column,
        key.table,
        key.references
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::table::{cascade, id, modified, text, timestamp, varchar};

    const EXAMPLE: Table = Table::new(
        "example",
        &["example_id"],
        &[
            id("example_id"),
            varchar("name", 40).nullable(),
            text("note"),
            modified("changed"),
            timestamp("expires").default(Default::ZeroDate),
        ],
    )
    .unique(&[&["name"]])
    .indexes(&[&["changed", "expires"]])
    .foreign_keys(&[cascade("example_id", "other", "id")]);

    #[test]
    fn a_table_reads_as_commerce_would_write_it() {
        insta::assert_snapshot!(statements(&EXAMPLE, "mg_").join(";\n"), @"
        CREATE TABLE IF NOT EXISTS `#example` (
          `example_id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
          `name` VARCHAR(40) NULL DEFAULT NULL,
          `note` TEXT NOT NULL,
          `changed` TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
          `expires` TIMESTAMP NOT NULL DEFAULT '0000-00-00 00:00:00',
          PRIMARY KEY (`example_id`),
          UNIQUE KEY `MG_EXAMPLE_NAME` (`name`),
          KEY `MG_EXAMPLE_CHANGED_EXPIRES` (`changed`, `expires`),
          CONSTRAINT `MG_EXAMPLE_EXAMPLE_ID_OTHER_ID` FOREIGN KEY (`example_id`) REFERENCES `#other` (`id`) ON DELETE CASCADE
        ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci
        ");
    }
}
