//! Whether the tables that Postern needs are there: what `setup:db:status` prints. It looks at
//! tables and columns only; further columns and wider types are Commerce's business.

use super::inspect::{applied_migrations, columns};
use super::table::Table;
use super::{commerce, postern};
use crate::database::{Connection, DatabaseError};

/// Commerce's tables that Postern cannot do without.
const REQUIRED: &[&str] = &[
    "admin_passwords",
    "admin_user",
    "admin_user_expiration",
    "admin_user_session",
    "authorization_role",
    "authorization_rule",
    "core_config_data",
    "jwt_auth_revoked",
    "oauth_token",
    "oauth_token_request_log",
    "password_reset_request_event",
    "store",
    "store_website",
];

/// Commerce's tables that belong to modules a shop may have removed, or that older versions lack.
const WHERE_INSTALLED: &[&str] = &[
    "admin_adobe_ims_webapi",
    "adobe_user_profile",
    "captcha_log",
    "session",
    "tfa_user_config",
];

/// Columns that Postern never names; Commerce calls them deprecated.
const UNUSED_COLUMNS: &[(&str, &str)] = &[("admin_user_session", "session_id")];

/// What is there, table by table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaReport {
    /// Commerce's tables that Postern uses.
    pub commerce: Vec<TableReport>,
    /// Postern's own tables.
    pub postern: Vec<TableReport>,
    /// Migrations that `setup:upgrade` would apply, ascending.
    pub missing_migrations: Vec<u32>,
    /// Migrations that this version of Postern does not know: a newer one has been here.
    pub unknown_migrations: Vec<u32>,
}

/// One table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableReport {
    /// The table's name without the instance's prefix.
    pub table: &'static str,
    /// The table's name in the database.
    pub name: String,
    /// Whether it is as Postern needs it.
    pub state: TableState,
}

/// Whether a table is as Postern needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableState {
    /// There, with every column.
    Present,
    /// There, without these columns.
    LacksColumns(Vec<&'static str>),
    /// Not there, and needed.
    Missing,
    /// Not there, and not needed: its Commerce module is not installed.
    NotInstalled,
}

impl TableReport {
    /// Whether the table is there, with all of its columns or not.
    pub fn exists(&self) -> bool {
        matches!(
            self.state,
            TableState::Present | TableState::LacksColumns(_)
        )
    }

    /// Whether Postern can work with this table as it is.
    pub fn is_sufficient(&self) -> bool {
        matches!(self.state, TableState::Present | TableState::NotInstalled)
    }
}

impl SchemaReport {
    /// Whether Commerce's tables are all as Postern needs them. If not, Postern cannot help:
    /// Commerce's own `setup:upgrade` makes them.
    pub fn commerce_is_sufficient(&self) -> bool {
        self.commerce.iter().all(TableReport::is_sufficient)
    }

    /// Whether nothing is missing of Commerce's tables or ours.
    pub fn is_sufficient(&self) -> bool {
        self.commerce_is_sufficient()
            && self.missing_migrations.is_empty()
            && self.postern.iter().all(TableReport::is_sufficient)
    }

    /// Those of Postern's tables that are not there, by their names in the database.
    pub fn lost(&self) -> impl Iterator<Item = &str> {
        let missing = self.postern.iter();
        let missing = missing.filter(|report| report.state == TableState::Missing);
        missing.map(|report| report.name.as_str())
    }

    /// Whether the table of that name (without prefix) is there.
    pub fn has(&self, table: &str) -> bool {
        let mut reports = self.commerce.iter().chain(&self.postern);
        reports.any(|report| report.table == table && report.exists())
    }
}

/// Compares what is there with what Postern needs. Reads the catalogue only.
pub async fn check(connection: &mut Connection) -> Result<SchemaReport, DatabaseError> {
    let mut commerce = Vec::new();
    for table in commerce::tables() {
        let absent = if REQUIRED.contains(&table.name) {
            TableState::Missing
        } else if WHERE_INSTALLED.contains(&table.name) {
            TableState::NotInstalled
        } else {
            continue;
        };
        commerce.push(report(connection, table, absent).await?);
    }
    let mut own = Vec::new();
    for table in postern::tables() {
        own.push(report(connection, &table, TableState::Missing).await?);
    }
    let applied = applied_migrations(connection).await?;
    let known = |version: &u32| {
        postern::MIGRATIONS
            .iter()
            .any(|step| step.version == *version)
    };
    Ok(SchemaReport {
        commerce,
        postern: own,
        missing_migrations: postern::missing(&applied),
        unknown_migrations: applied
            .into_iter()
            .filter(|version| !known(version))
            .collect(),
    })
}

async fn report(
    connection: &mut Connection,
    table: &Table,
    absent: TableState,
) -> Result<TableReport, DatabaseError> {
    let there = columns(connection, table.name).await?;
    let lacking: Vec<&'static str> = table
        .columns
        .iter()
        .map(|column| column.name)
        .filter(|column| !UNUSED_COLUMNS.contains(&(table.name, column)))
        .filter(|column| !there.iter().any(|name| name == column))
        .collect();
    let state = if there.is_empty() {
        absent
    } else if lacking.is_empty() {
        TableState::Present
    } else {
        TableState::LacksColumns(lacking)
    };
    Ok(TableReport {
        table: table.name,
        name: format!("{}{}", connection.prefix(), table.name),
        state,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::Value;
    use crate::schema::{create_commerce_tables, migrate, versions};
    use crate::testing::{TestDatabase, each_empty_engine, each_engine};

    async fn checked(test: &TestDatabase) -> SchemaReport {
        check(&mut test.connection().await).await.unwrap()
    }

    fn state<'a>(report: &'a SchemaReport, table: &str) -> &'a TableState {
        let mut reports = report.commerce.iter().chain(&report.postern);
        &reports.find(|report| report.table == table).unwrap().state
    }

    #[test]
    fn every_table_that_is_needed_is_described() {
        for name in REQUIRED.iter().chain(WHERE_INSTALLED) {
            assert!(
                commerce::tables().any(|table| table.name == *name),
                "{name}"
            );
        }
    }

    #[tokio::test]
    async fn an_empty_database_lacks_everything() {
        each_empty_engine(async |test| {
            let report = checked(test).await;
            assert!(!report.commerce_is_sufficient());
            assert_eq!(report.missing_migrations, versions());
            assert_eq!(state(&report, "admin_user"), &TableState::Missing);
            assert_eq!(state(&report, "postern_node"), &TableState::Missing);
            assert_eq!(state(&report, "captcha_log"), &TableState::NotInstalled);
        })
        .await;
    }

    #[tokio::test]
    async fn a_shop_not_yet_adopted_lacks_only_our_tables() {
        each_empty_engine(async |test| {
            create_commerce_tables(&mut test.connection().await)
                .await
                .unwrap();
            let report = checked(test).await;
            assert!(report.commerce_is_sufficient(), "{report:?}");
            assert!(!report.is_sufficient());
            assert!(report.has("admin_user") && !report.has("postern_session"));
            migrate(&mut test.connection().await).await.unwrap();
            assert!(checked(test).await.is_sufficient());
        })
        .await;
    }

    #[tokio::test]
    async fn a_missing_column_is_named_and_a_further_one_tolerated() {
        each_engine(async |test| {
            test.execute(
                "ALTER TABLE `#admin_user` ADD COLUMN shoe_size INT NULL",
                vec![],
            )
            .await;
            assert!(checked(test).await.is_sufficient());
            test.execute("ALTER TABLE `#admin_user` DROP COLUMN lock_expires", vec![])
                .await;
            let report = checked(test).await;
            let expected = TableState::LacksColumns(vec!["lock_expires"]);
            assert_eq!(state(&report, "admin_user"), &expected);
            assert!(!report.commerce_is_sufficient());
        })
        .await;
    }

    #[tokio::test]
    async fn a_module_that_is_not_installed_is_no_fault() {
        each_engine(async |test| {
            test.execute("DROP TABLE `#tfa_user_config`", vec![]).await;
            let report = checked(test).await;
            assert!(report.is_sufficient());
            assert_eq!(state(&report, "tfa_user_config"), &TableState::NotInstalled);
        })
        .await;
    }

    #[tokio::test]
    async fn the_mark_of_a_newer_postern_is_reported() {
        each_engine(async |test| {
            let insert = "INSERT INTO `#postern_migration` (version, applied_at) VALUES (?, 0)";
            test.execute(insert, vec![Value::Integer(99)]).await;
            assert_eq!(checked(test).await.unknown_migrations, [99]);
        })
        .await;
    }

    #[tokio::test]
    async fn tables_under_another_prefix_do_not_count() {
        let test = TestDatabase::mariadb("mg_").await;
        let other = test.with_prefix("").await;
        let report = check(&mut other.connection().await.unwrap()).await.unwrap();
        assert!(!report.has("admin_user"));
    }
}
