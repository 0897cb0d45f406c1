//! Every table of the database, whoever made it: first those in which the values stood by design,
//! then the others, small ones first, so that a budget covers as many as it can. What differs
//! between the engines is which tables and columns there are to ask for, a file for each.

mod mysql;
mod sqlite;

use super::super::{Gap, Search};
use crate::database::{Connection, Database, DatabaseError, Row, Value};
use crate::dialect::Dialect;
use std::ops::ControlFlow;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// Tables in which the values stand by design, without the instance's prefix; a `*` at the end
/// stands for anything.
const FIRST: [&str; 8] = [
    "core_config_data",
    "admin_*",
    "adobe_*",
    "oauth*",
    "jwt*",
    "session",
    "flag",
    "postern_*",
];

/// How long after the deadline a server that was told of it may take to end a statement.
const GRACE: Duration = Duration::from_secs(1);

/// A table of more bytes than this could keep a server busy beyond the deadline.
const LARGE: u64 = 16 << 20;

/// A table as the engine's catalogue describes it.
struct Table {
    name: String,
    /// None where the table is known to have no rows.
    columns: Vec<Column>,
    /// Bytes, roughly.
    size: u64,
    /// Whether the server keeps old versions of rows, which must be asked for.
    has_history: bool,
}

struct Column {
    name: String,
    /// Whether its numbers tell a row from the others.
    is_key: bool,
    /// Whether it must be turned into text to be read as the bytes it was written with.
    is_json: bool,
}

impl Search<'_> {
    /// Searches all tables. What cannot be read is noted in the report and stops nothing.
    pub async fn database(&mut self, database: &Database) {
        if let Err(error) = self.tables(database).await {
            self.gap("database", Gap::Unreadable(error.to_string()));
        }
        if database.is_server() {
            self.gap(
                "logs and freed pages of the database server",
                Gap::OutOfReach,
            );
        }
    }

    async fn tables(&mut self, database: &Database) -> Result<(), DatabaseError> {
        let mut connection = database.connection().await?;
        let mut tables = match connection.dialect() {
            Dialect::Sqlite => sqlite::tables(&mut connection).await?,
            Dialect::MySql => mysql::tables(&mut connection).await?,
        };
        tables.sort_by_key(|table| (rank(&table.name, database.prefix()), table.size));
        for table in &tables {
            let place = format!("table {}", table.name);
            let gap = match self.budget.check() {
                Ok(()) => self.table(&mut connection, table, &place).await.err(),
                Err(gap) => Some(gap),
            };
            if let Some(gap) = gap {
                self.gap(&place, gap);
            }
        }
        match connection.dialect() {
            Dialect::Sqlite => Ok(()),
            Dialect::MySql => mysql::lift_limit(&mut connection).await,
        }
    }

    async fn table(
        &mut self,
        connection: &mut Connection,
        table: &Table,
        place: &str,
    ) -> Result<(), Gap> {
        self.name(place, &table.name);
        if table.columns.is_empty() {
            return Ok(());
        }
        let sql = match connection.dialect() {
            Dialect::Sqlite => sqlite::select(table),
            Dialect::MySql => mysql::select(table),
        };
        if sql.contains('#') {
            // In statements a `#` stands for the table prefix.
            let why = "a name in it contains the character #";
            return Err(Gap::Unreadable(why.to_owned()));
        }
        let deadline = Instant::from_std(self.budget.deadline());
        if connection.dialect() == Dialect::MySql && table.size > LARGE {
            let rest = deadline.duration_since(Instant::now());
            // Without the limit the search ends all the same, only less politely.
            let _ = mysql::limit_statements(connection, rest).await;
        }
        let deadline = deadline + GRACE;
        let mut end = None;
        let reading = connection.for_each(&sql, Vec::new(), |row| match self.budget.check() {
            Ok(()) => {
                self.row(place, table, &row);
                ControlFlow::Continue(())
            }
            Err(gap) => {
                end = Some(gap);
                ControlFlow::Break(())
            }
        });
        let outcome = timeout_at(deadline, reading).await.unwrap_or(Ok(()));
        match (end, outcome) {
            (Some(gap), _) => Err(gap),
            // A server that was told of the deadline ends the statement with an error.
            (None, Err(error)) => Err(self
                .budget
                .check()
                .err()
                .unwrap_or_else(|| Gap::Unreadable(error.to_string()))),
            (None, Ok(())) if Instant::now() >= deadline => Err(Gap::OutOfTime),
            (None, Ok(())) => Ok(()),
        }
    }

    fn row(&mut self, place: &str, table: &Table, row: &Row) {
        self.place(place).items += 1;
        for (number, column) in table.columns.iter().enumerate() {
            if let Ok(Some(bytes)) = row.bytes(number) {
                self.value(place, bytes, &|| {
                    format!("{}column {}", key(table, row), column.name)
                });
            }
        }
    }
}

/// Which row it is, by the numbers in its key. Text in a key may be a session's id: not shown.
fn key(table: &Table, row: &Row) -> String {
    let mut shown = String::new();
    for (number, column) in table
        .columns
        .iter()
        .enumerate()
        .filter(|(_, column)| column.is_key)
    {
        if let Ok(Value::Integer(value)) = row.value(number) {
            shown.push_str(&format!("row {}={value}, ", column.name));
        }
    }
    shown
}

/// Both engines understand backticks around a name.
fn quoted(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

fn rank(table: &str, prefix: &str) -> usize {
    let Some(name) = table.strip_prefix(prefix) else {
        return FIRST.len();
    };
    FIRST
        .iter()
        .position(|pattern| match pattern.strip_suffix('*') {
            Some(start) => name.starts_with(start),
            None => name == *pattern,
        })
        .unwrap_or(FIRST.len())
}

#[cfg(test)]
mod tests {
    use super::super::super::fixtures::{Fixture, SECRET, assert_silent, findings};
    use super::super::super::{Budget, Report};
    use super::*;
    use crate::testing::{TestDatabase, each_empty_engine, each_engine};
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;

    async fn search(test: &TestDatabase) -> Report {
        let fixture = Fixture::new();
        let mut search = fixture.search();
        search.database(test.database()).await;
        let report = search.finish();
        assert_silent(&report);
        report
    }

    #[tokio::test]
    async fn a_new_instance_is_clean_and_every_table_with_text_is_told() {
        each_engine(async |test| {
            let report = search(test).await;
            assert!(
                report.is_clean(),
                "{:?}",
                report.not_searched().collect::<Vec<_>>()
            );
            let prefix = test.database().prefix();
            let first = format!("table {prefix}authorization_role");
            assert!(
                report
                    .places
                    .iter()
                    .any(|place| place.name == first && place.items == 1)
            );
        })
        .await;
    }

    #[tokio::test]
    async fn values_are_found_in_every_table_and_type_and_named_by_row() {
        each_engine(async |test| {
            let keyring = Fixture::new().keyring;
            let stored = keyring.encrypt(SECRET.as_bytes(), [5; 12]);
            test.seed_configuration("stores", 3, "a/b/c", &stored).await;
            let session = STANDARD.encode(format!("admin|{}", serde_json::json!({ "t": stored })));
            test.execute(
                "INSERT INTO `#session` (session_id, session_expires, session_data) \
                 VALUES ('the-id-of-a-session', 1, ?)",
                vec![session.into()],
            )
            .await;
            let mut connection = test.connection().await;
            connection
                .execute_script(
                    "CREATE TABLE zz_foreign (a INT, b INT, note VARCHAR(99), data BLOB, \
                     extra JSON, PRIMARY KEY (a, b))",
                )
                .await
                .unwrap();
            connection
                .execute(
                    "INSERT INTO zz_foreign VALUES (1, 2, ?, ?, ?)",
                    vec![
                        SECRET.into(),
                        format!("\u{1}{SECRET}").into(),
                        format!("{{\"a\": \"{SECRET}\"}}").into(),
                    ],
                )
                .await
                .unwrap();
            let report = search(test).await;
            let found = findings(&report);
            let prefix = test.database().prefix();
            let id = test
                .texts("SELECT config_id FROM `#core_config_data`")
                .await
                .remove(0);
            assert_eq!(
                found,
                [
                    format!(
                        "table {prefix}core_config_data: client secret encrypted x1 \
                         at row config_id={id}, column value"
                    ),
                    format!(
                        "table {prefix}session: client secret encrypted in base64 x1 \
                         at column session_data"
                    ),
                    "table zz_foreign: client secret clear x3 at row a=1, row b=2, column note; \
                     row a=1, row b=2, column data; row a=1, row b=2, column extra"
                        .to_owned(),
                ]
            );
            assert!(!format!("{report:?}").contains("the-id-of-a-session"));
        })
        .await;
    }

    #[tokio::test]
    async fn rows_that_mariadb_keeps_as_history_are_found() {
        let test = TestDatabase::mariadb_empty("").await;
        if !test.is_mariadb().await {
            // MySQL keeps no history.
            return;
        }
        let mut connection = test.connection().await;
        let script = format!(
            "CREATE TABLE kept (id INT PRIMARY KEY, note TEXT) WITH SYSTEM VERSIONING; \
             INSERT INTO kept VALUES (1, '{SECRET}'); DELETE FROM kept"
        );
        connection.execute_script(&script).await.unwrap();
        drop(connection);
        let report = search(&test).await;
        assert_eq!(
            findings(&report),
            ["table kept: client secret clear x1 at row id=1, column note"]
        );
    }

    #[tokio::test]
    async fn tables_beyond_the_budget_and_tables_that_cannot_be_named_are_told() {
        each_empty_engine(async |test| {
            let fixture = Fixture::new();
            let mut connection = test.connection().await;
            let script = "CREATE TABLE small (note TEXT); INSERT INTO small VALUES ('12345678'); \
                          CREATE TABLE zz_more (note TEXT); INSERT INTO zz_more VALUES ('1234')";
            connection.execute_script(script).await.unwrap();
            let later = std::time::Instant::now() + Duration::from_secs(60);
            let mut search = fixture.search_within(Budget::new(later, 8));
            search.database(test.database()).await;
            let report = search.finish();
            let gaps: Vec<_> = report
                .places
                .iter()
                .filter(|place| place.name.starts_with("table"))
                .map(|place| (place.name.as_str(), place.gap.clone()))
                .collect();
            assert_eq!(
                gaps,
                [
                    ("table small", None),
                    ("table zz_more", Some(Gap::OutOfBytes))
                ]
            );
            let mut search = fixture.search_within(Budget::new(std::time::Instant::now(), 8));
            search.database(test.database()).await;
            assert_eq!(search.finish().places[0].gap, Some(Gap::OutOfTime));
        })
        .await;
    }

    #[tokio::test]
    async fn the_server_ends_a_statement_that_outlasts_the_deadline() {
        let test = TestDatabase::mariadb_empty("").await;
        let mut connection = test.connection().await;
        mysql::limit_statements(&mut connection, Duration::from_millis(100))
            .await
            .unwrap();
        let began = std::time::Instant::now();
        let slow =
            "SELECT COUNT(*) FROM information_schema.columns a, information_schema.columns b";
        assert!(connection.fetch_all(slow, Vec::new()).await.is_err());
        assert!(began.elapsed() < Duration::from_secs(5));
        mysql::lift_limit(&mut connection).await.unwrap();
        let limit = match test.is_mariadb().await {
            true => "SELECT CAST(@@max_statement_time AS SIGNED)",
            false => "SELECT CAST(@@max_execution_time AS SIGNED)",
        };
        let rows = connection.fetch_all(limit, Vec::new()).await.unwrap();
        assert_eq!(rows[0].integer(0).unwrap(), 0);
    }

    #[tokio::test]
    async fn an_unreachable_database_is_a_gap_and_not_a_fault() {
        let test = TestDatabase::sqlite_empty().await;
        test.database().close().await;
        let report = search(&test).await;
        assert_eq!(report.not_searched().count(), 1);
    }

    #[test]
    fn tables_that_held_the_values_by_design_come_first() {
        let mut tables = [
            "zebra",
            "mg_flag",
            "flag",
            "mg_admin_user",
            "mg_core_config_data",
        ];
        tables.sort_by_key(|table| rank(table, "mg_"));
        assert_eq!(
            tables,
            [
                "mg_core_config_data",
                "mg_admin_user",
                "mg_flag",
                "zebra",
                "flag"
            ]
        );
    }

    #[test]
    fn names_are_quoted_for_both_engines() {
        let column = |name: &str, is_json| Column {
            name: name.to_owned(),
            is_key: false,
            is_json,
        };
        let table = Table {
            name: "odd`name".to_owned(),
            columns: vec![column("a b", false), column("j", true)],
            size: 0,
            has_history: true,
        };
        assert_eq!(
            mysql::select(&table),
            "SELECT `a b`, CAST(`j` AS CHAR) FROM `odd``name` FOR SYSTEM_TIME ALL"
        );
    }
}
