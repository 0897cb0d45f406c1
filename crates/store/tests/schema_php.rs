//! A shop's database as PHP Commerce makes it: it is found sufficient, and adopting it changes
//! nothing that is Commerce's.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first thing that is not as it should be"
)]

use std::process::Command;
use store::database::{MySqlSettings, Settings};
use store::schema::{check, create_commerce_tables, migrate, versions};
use store::testing::{TestDatabase, server_address};

fn server(test: &TestDatabase) -> &MySqlSettings {
    match test.settings() {
        Settings::MySql(settings) => settings,
        Settings::Sqlite { .. } => panic!("PHP Commerce has no SQLite"),
    }
}

/// A database that only PHP has written to.
async fn made_by_php(prefix: &str) -> TestDatabase {
    let test = TestDatabase::mariadb_empty(prefix).await;
    let script = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/php/commerce_database.php"
    );
    let output = Command::new("php")
        .args([script, &server_address(), &server(&test).database, prefix])
        .output()
        .expect("this test needs the PHP 8.2 command line with pdo_mysql and sodium");
    assert!(
        output.status.success(),
        "this test needs the PHP 8.2 command line with pdo_mysql and sodium: {}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    test
}

/// How each of Commerce's tables was made, and a checksum of its rows.
async fn commerce(test: &TestDatabase) -> Vec<String> {
    let names = "SELECT table_name FROM information_schema.tables WHERE \
                 table_schema = DATABASE() AND table_name NOT LIKE '%postern%' ORDER BY table_name";
    let mut facts = Vec::new();
    for name in test.texts(names).await {
        let shown = test
            .rows(&format!("SHOW CREATE TABLE `{name}`"), vec![])
            .await;
        let sum = test.rows(&format!("CHECKSUM TABLE `{name}`"), vec![]).await;
        let statement = shown[0].text(1).unwrap();
        facts.push(format!("{statement}\n{}", sum[0].integer(1).unwrap()));
    }
    facts
}

async fn assert_adopted_unchanged(prefix: &str) {
    let test = made_by_php(prefix).await;
    let mut connection = test.connection().await;
    let report = check(&mut connection).await.unwrap();
    assert!(report.commerce_is_sufficient(), "{report:?}");
    assert_eq!(report.missing_migrations, versions());

    let before = commerce(&test).await;
    assert_eq!(before.len(), 26);
    assert_eq!(migrate(&mut connection).await.unwrap(), versions());
    migrate(&mut connection).await.unwrap();
    assert_eq!(commerce(&test).await, before);
    assert!(check(&mut connection).await.unwrap().is_sufficient());
}

#[tokio::test]
async fn a_shop_is_adopted_without_a_change_to_its_tables() {
    assert_adopted_unchanged("").await;
}

#[tokio::test]
async fn a_shop_with_a_table_prefix_is_adopted_without_a_change_to_its_tables() {
    assert_adopted_unchanged("mg_").await;
}

#[tokio::test]
async fn even_creating_commerces_tables_leaves_those_of_a_shop_alone() {
    let test = made_by_php("mg_").await;
    let before = commerce(&test).await;
    create_commerce_tables(&mut test.connection().await)
        .await
        .unwrap();
    assert_eq!(commerce(&test).await, before);
}

#[tokio::test]
async fn a_new_instance_has_the_columns_that_php_commerce_makes() {
    let columns = "SELECT CONCAT_WS(' ', table_name, ordinal_position, column_name, column_type, \
                   is_nullable, COALESCE(column_default, '-'), extra, \
                   COALESCE(collation_name, '-')) \
                   FROM information_schema.columns WHERE table_schema = DATABASE() \
                   AND table_name NOT LIKE 'postern%' \
                   AND table_name NOT IN ('customer_entity', 'oauth_consumer') \
                   ORDER BY table_name, ordinal_position";
    let theirs = made_by_php("").await.texts(columns).await;
    let ours = TestDatabase::mariadb("").await.texts(columns).await;
    assert_eq!(ours, theirs);
}

#[tokio::test]
async fn a_new_instance_has_the_unique_keys_that_php_commerce_makes() {
    let keys = "SELECT CONCAT(table_name, ' ', index_name, ' ', \
                GROUP_CONCAT(column_name ORDER BY seq_in_index)) \
                FROM information_schema.statistics \
                WHERE table_schema = DATABASE() AND non_unique = 0 \
                AND table_name NOT LIKE '%postern%' \
                AND table_name NOT IN ('mg_customer_entity', 'mg_oauth_consumer') \
                GROUP BY table_name, index_name ORDER BY table_name, index_name";
    let theirs = made_by_php("mg_").await.texts(keys).await;
    let ours = TestDatabase::mariadb("mg_").await.texts(keys).await;
    assert!(ours.contains(&"mg_admin_user MG_ADMIN_USER_USERNAME username".to_owned()));
    assert_eq!(ours, theirs);
}

#[tokio::test]
async fn what_php_wrote_is_read_as_it_was_meant() {
    let test = made_by_php("mg_").await;
    let names = "SELECT username FROM `#admin_user` ORDER BY user_id";
    assert_eq!(test.texts(names).await, ["anna", "bjørn"]);
    let hashes = "SELECT password FROM `#admin_user`";
    for hash in test.texts(hashes).await {
        assert!(
            hash.ends_with(":3_32_2_67108864") && hash.len() == 64 + 1 + 32 + 16,
            "{hash}"
        );
    }
    let created = "SELECT UNIX_TIMESTAMP(created) FROM `#admin_user`";
    assert_eq!(
        test.rows(created, vec![]).await[0].integer(0).unwrap(),
        1_704_164_645
    );
    assert_eq!(server(&test).prefix, "mg_");
}
