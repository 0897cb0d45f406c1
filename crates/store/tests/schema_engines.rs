//! Both engines end with the same tables, and the tables behave the same.

use std::collections::BTreeSet;
use store::database::{DatabaseError, Value};
use store::schema::{ADMINISTRATORS_ROLE, create_commerce_tables};
use store::testing::{AdminSeed, TestDatabase, each_empty_engine, each_engine};

type Facts = BTreeSet<String>;

async fn facts(test: &TestDatabase, sql: &str) -> Facts {
    test.texts(sql).await.into_iter().collect()
}

const SQLITE_TABLES: &str =
    "FROM sqlite_schema t WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'";

#[tokio::test]
async fn both_engines_have_the_same_tables_columns_and_nullability() {
    let sqlite = facts(
        &TestDatabase::sqlite().await,
        "SELECT t.name || '.' || c.name || CASE c.\"notnull\" WHEN 1 THEN '' ELSE ' null' END \
         FROM sqlite_schema t, pragma_table_info(t.name) c \
         WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'",
    )
    .await;
    let mariadb = facts(
        &TestDatabase::mariadb("").await,
        "SELECT CONCAT(table_name, '.', column_name, IF(is_nullable = 'YES', ' null', '')) \
         FROM information_schema.columns WHERE table_schema = DATABASE()",
    )
    .await;
    assert!(sqlite.contains("admin_user.email null") && sqlite.contains("postern_node.name"));
    assert_eq!(sqlite, mariadb);
}

#[tokio::test]
async fn both_engines_have_the_same_keys() {
    let sqlite = facts(
        &TestDatabase::sqlite().await,
        "SELECT t.name || ' ' || (SELECT group_concat(name) FROM \
           (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno)) \
         FROM sqlite_schema t, pragma_index_list(t.name) i \
         WHERE t.type = 'table' AND i.origin <> 'pk'",
    )
    .await;
    // MySQL adds an index to a foreign key that has none; such a one would show here.
    let mariadb = facts(
        &TestDatabase::mariadb("").await,
        "SELECT CONCAT(table_name, ' ', GROUP_CONCAT(column_name ORDER BY seq_in_index)) \
         FROM information_schema.statistics \
         WHERE table_schema = DATABASE() AND index_name <> 'PRIMARY' \
         GROUP BY table_name, index_name",
    )
    .await;
    assert!(sqlite.contains("core_config_data scope,scope_id,path"));
    assert_eq!(sqlite, mariadb);
}

#[tokio::test]
async fn both_engines_have_the_same_primary_and_foreign_keys() {
    let sqlite = TestDatabase::sqlite().await;
    let mariadb = TestDatabase::mariadb("").await;
    let primary = format!(
        "SELECT t.name || ' ' || (SELECT group_concat(name) FROM (SELECT name FROM \
         pragma_table_info(t.name) WHERE pk > 0 ORDER BY pk)) {SQLITE_TABLES}"
    );
    let sqlite_primary = facts(&sqlite, &primary).await;
    let mariadb_primary = facts(
        &mariadb,
        "SELECT CONCAT(table_name, ' ', GROUP_CONCAT(column_name ORDER BY seq_in_index)) \
         FROM information_schema.statistics \
         WHERE table_schema = DATABASE() AND index_name = 'PRIMARY' GROUP BY table_name",
    )
    .await;
    assert_eq!(sqlite_primary, mariadb_primary);
    let sqlite_foreign = facts(
        &sqlite,
        "SELECT t.name || '.' || f.\"from\" || ' ' || f.\"table\" || '.' || f.\"to\" || ' ' || \
         f.on_delete FROM sqlite_schema t, pragma_foreign_key_list(t.name) f",
    )
    .await;
    let mariadb_foreign = facts(
        &mariadb,
        "SELECT CONCAT(k.table_name, '.', k.column_name, ' ', k.referenced_table_name, '.', \
         k.referenced_column_name, ' ', r.delete_rule) \
         FROM information_schema.key_column_usage k \
         JOIN information_schema.referential_constraints r \
           ON r.constraint_schema = k.table_schema AND r.constraint_name = k.constraint_name \
         WHERE k.table_schema = DATABASE()",
    )
    .await;
    assert!(sqlite_foreign.contains("admin_passwords.user_id admin_user.user_id CASCADE"));
    assert_eq!(sqlite_foreign, mariadb_foreign);
}

#[tokio::test]
async fn a_new_instance_has_its_websites_stores_and_role() {
    each_engine(async |test| {
        let stores = "SELECT CONCAT(s.store_id, s.code, w.website_id, w.code) FROM `#store` s \
                      JOIN `#store_website` w ON w.website_id = s.website_id ORDER BY s.store_id";
        assert_eq!(test.texts(stores).await, ["0admin0admin", "1default1base"]);
        let role = "SELECT CONCAT(o.role_id, o.role_name, u.resource_id, u.permission) \
                    FROM `#authorization_role` o \
                    JOIN `#authorization_rule` u ON u.role_id = o.role_id";
        let expected = format!("{ADMINISTRATORS_ROLE}AdministratorsMagento_Backend::allallow");
        assert_eq!(test.texts(role).await, [expected]);
    })
    .await;
}

#[tokio::test]
async fn creating_the_tables_again_changes_nothing() {
    each_engine(async |test| {
        test.execute(
            "UPDATE `#store` SET name = 'Renamed' WHERE store_id = 1",
            vec![],
        )
        .await;
        create_commerce_tables(&mut test.connection().await)
            .await
            .unwrap();
        let names = "SELECT name FROM `#store` ORDER BY store_id";
        assert_eq!(test.texts(names).await, ["Admin", "Renamed"]);
    })
    .await;
}

#[tokio::test]
async fn on_sqlite_the_tables_are_made_whole_or_not_at_all() {
    let test = TestDatabase::sqlite_empty().await;
    // A view where a table should be cannot be indexed.
    test.execute("CREATE VIEW captcha AS SELECT 1", vec![])
        .await;
    test.execute("CREATE VIEW tfa_country_codes AS SELECT 1 AS code", vec![])
        .await;
    assert!(
        create_commerce_tables(&mut test.connection().await)
            .await
            .is_err()
    );
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table'";
    assert_eq!(test.texts(tables).await, Vec::<String>::new());
}

#[tokio::test]
async fn the_servers_mode_is_left_as_it_was() {
    let test = TestDatabase::mariadb_empty("").await;
    let mut connection = test.connection().await;
    let mode = "SELECT @@SESSION.sql_mode";
    let before = connection.fetch_all(mode, vec![]).await.unwrap()[0]
        .text(0)
        .unwrap();
    create_commerce_tables(&mut connection).await.unwrap();
    let after = connection.fetch_all(mode, vec![]).await.unwrap()[0]
        .text(0)
        .unwrap();
    assert_eq!(before, after);
}

#[tokio::test]
async fn a_server_that_forbids_zero_dates_takes_the_tables_too() {
    let test = TestDatabase::mariadb_empty("").await;
    let mut connection = test.connection().await;
    let strict = "SET SESSION sql_mode = 'TRADITIONAL'";
    connection.execute_script(strict).await.unwrap();
    create_commerce_tables(&mut connection).await.unwrap();
}

#[tokio::test]
async fn names_and_addresses_compare_without_regard_to_case() {
    each_engine(async |test| {
        test.seed_admin(&AdminSeed {
            username: "Anna",
            ..AdminSeed::default()
        })
        .await;
        let find = "SELECT username FROM `#admin_user` WHERE username = ? AND email = ?";
        let rows = test
            .rows(find, vec!["aNNA".into(), "ADMIN@Example.com".into()])
            .await;
        assert_eq!(rows.len(), 1);
        let again = "INSERT INTO `#admin_user` (username, password) VALUES ('anna', '')";
        let refused = test.connection().await.execute(again, vec![]).await;
        assert!(
            matches!(refused, Err(DatabaseError::Duplicate)),
            "{refused:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn our_own_tables_compare_byte_for_byte() {
    each_engine(async |test| {
        for id in ["node", "Node"] {
            let insert = "INSERT INTO `#postern_node` (id, name, seen_at, acknowledged_epoch) \
                          VALUES (?, '', 0, 0)";
            test.execute(insert, vec![id.into()]).await;
        }
        let found = test
            .rows("SELECT 1 FROM `#postern_node` WHERE id = 'NODE'", vec![])
            .await;
        assert!(found.is_empty());
    })
    .await;
}

#[tokio::test]
async fn deleting_an_admin_deletes_what_hangs_on_it() {
    each_engine(async |test| {
        let id = test
            .seed_admin(&AdminSeed {
                password_set_at: Some(1),
                ..AdminSeed::default()
            })
            .await;
        let session = "INSERT INTO `#admin_user_session` (user_id, ip) VALUES (?, '::1')";
        test.execute(session, vec![id.into()]).await;
        test.execute(
            "DELETE FROM `#admin_user` WHERE user_id = ?",
            vec![id.into()],
        )
        .await;
        let left = "SELECT user_id FROM `#admin_passwords` \
                    UNION ALL SELECT user_id FROM `#admin_user_session`";
        assert!(test.rows(left, vec![]).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_update_touches_the_time_of_change_unless_it_sets_it() {
    each_engine(async |test| {
        let insert = "INSERT INTO `#core_config_data` (path, value, updated_at) \
                      VALUES ('a/b/c', '1', '2001-02-03 04:05:06')";
        test.execute(insert, vec![]).await;
        let time = "SELECT CONCAT(updated_at, '') FROM `#core_config_data`";
        let explicit = "UPDATE `#core_config_data` SET value = '2', \
                        updated_at = '2002-02-03 04:05:06'";
        test.execute(explicit, vec![]).await;
        assert_eq!(test.texts(time).await, ["2002-02-03 04:05:06"]);
        let rows = test
            .execute("UPDATE `#core_config_data` SET value = '3'", vec![])
            .await;
        assert_eq!(rows, 1);
        assert!(test.texts(time).await[0].starts_with("20"));
        assert_ne!(test.texts(time).await, ["2002-02-03 04:05:06"]);
    })
    .await;
}

#[tokio::test]
async fn ids_that_were_deleted_are_not_given_again() {
    each_engine(async |test| {
        let first = test.seed_admin(&AdminSeed::default()).await;
        test.execute("DELETE FROM `#admin_user`", vec![]).await;
        let second = test.seed_admin(&AdminSeed::default()).await;
        assert_eq!((first, second), (1, 2));
    })
    .await;
}

#[tokio::test]
async fn two_instances_may_share_a_database() {
    let test = TestDatabase::mariadb("mg_").await;
    let other = test.with_prefix("b2b_").await;
    create_commerce_tables(&mut other.connection().await.unwrap())
        .await
        .unwrap();
    let sql = "SELECT COUNT(*) FROM information_schema.tables \
               WHERE table_schema = DATABASE() AND table_name IN ('mg_admin_user', 'b2b_admin_user')";
    assert_eq!(
        test.rows(sql, Vec::<Value>::new()).await[0]
            .integer(0)
            .unwrap(),
        2
    );
}

#[tokio::test]
async fn an_interrupted_creation_is_completed_by_the_next() {
    each_empty_engine(async |test| {
        create_commerce_tables(&mut test.connection().await)
            .await
            .unwrap();
        test.execute("DROP TABLE `#captcha_log`", vec![]).await;
        test.execute("DELETE FROM `#authorization_rule`", vec![])
            .await;
        create_commerce_tables(&mut test.connection().await)
            .await
            .unwrap();
        assert!(
            test.rows("SELECT 1 FROM `#captcha_log`", vec![])
                .await
                .is_empty()
        );
        assert_eq!(
            test.rows("SELECT 1 FROM `#authorization_rule`", vec![])
                .await
                .len(),
            1
        );
    })
    .await;
}
