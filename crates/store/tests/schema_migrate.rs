//! Our own tables: made once, by whichever node comes first, and completed after any interruption.

use store::database::{Database, DatabaseError};
use store::schema::{check, migrate, versions};
use store::testing::{TestDatabase, each_empty_engine, each_engine};

async fn migrated(database: &Database) -> Result<Vec<u32>, DatabaseError> {
    migrate(&mut database.connection().await?).await
}

#[tokio::test]
async fn a_second_migration_finds_nothing_to_do() {
    each_empty_engine(async |test| {
        assert_eq!(migrated(test.database()).await.unwrap(), versions());
        assert_eq!(migrated(test.database()).await.unwrap(), [] as [u32; 0]);
        let report = check(&mut test.connection().await).await.unwrap();
        assert!(report.postern.iter().all(|table| table.is_sufficient()));
        let sql = "SELECT applied_at FROM `#postern_migration`";
        for row in test.rows(sql, vec![]).await {
            assert!(row.integer(0).unwrap() > 1_700_000_000);
        }
    })
    .await;
}

#[tokio::test]
async fn nodes_that_migrate_at_once_apply_each_version_once() {
    each_empty_engine(async |test| {
        let nodes = (0..6).map(async |_| {
            let database = Database::open(test.settings(), 1).await?;
            migrated(&database).await
        });
        let mut applied: Vec<u32> = Vec::new();
        for outcome in futures_util::future::join_all(nodes).await {
            applied.extend(outcome.unwrap());
        }
        applied.sort_unstable();
        assert_eq!(applied, versions());
    })
    .await;
}

#[tokio::test]
async fn a_step_that_was_interrupted_is_completed() {
    each_engine(async |test| {
        // As a crash on MySQL leaves it: the table is there, the note of it is not.
        test.execute(
            "DELETE FROM `#postern_migration` WHERE version IN (2, 4)",
            vec![],
        )
        .await;
        test.execute("DROP TABLE `#postern_audit_event`", vec![])
            .await;
        assert_eq!(migrated(test.database()).await.unwrap(), [2, 4]);
        assert!(
            check(&mut test.connection().await)
                .await
                .unwrap()
                .is_sufficient()
        );
    })
    .await;
}

#[tokio::test]
async fn on_sqlite_a_failing_migration_leaves_nothing_half_done() {
    let test = TestDatabase::sqlite_empty().await;
    // A view where a table should be cannot be indexed.
    test.execute("CREATE VIEW postern_session AS SELECT 1 AS user_id", vec![])
        .await;
    assert!(migrated(test.database()).await.is_err());
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'postern%'";
    assert_eq!(test.texts(tables).await, ["postern_migration"]);
    test.execute("DROP VIEW postern_session", vec![]).await;
    assert_eq!(migrated(test.database()).await.unwrap(), versions());
}

#[tokio::test]
async fn a_migration_may_be_part_of_a_transaction_on_sqlite() {
    let test = TestDatabase::sqlite_empty().await;
    let mut transaction = test.database().begin().await.unwrap();
    assert_eq!(migrate(&mut transaction).await.unwrap(), versions());
    drop(transaction);
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table'";
    assert_eq!(test.texts(tables).await, Vec::<String>::new());
}

#[tokio::test]
async fn where_nothing_is_missing_nothing_is_written() {
    let test = TestDatabase::sqlite().await;
    test.rows("PRAGMA wal_checkpoint(TRUNCATE)", vec![]).await;
    let holder = test.database().begin().await.unwrap();
    // A write would wait for the holder and then be refused.
    assert_eq!(migrated(test.database()).await.unwrap(), [] as [u32; 0]);
    drop(holder);
}
