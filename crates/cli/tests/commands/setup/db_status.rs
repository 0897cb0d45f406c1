//! `setup:db:status`.

use crate::shop::Shop;

#[test]
fn an_instance_that_is_as_it_should_be_is_up_to_date() {
    for shop in [Shop::new(), Shop::adopted()] {
        let run = shop.run(["setup:db:status"]).succeeded();
        assert_eq!(run.stdout, "All modules are up to date.\n");
    }
}

#[test]
fn a_shop_that_postern_has_never_seen_needs_an_upgrade() {
    let shop = Shop::of_php();
    let before = shop.fingerprint();
    insta::assert_snapshot!(shop.run(["setup:db:status"]), @"
    exit code 1
    --- stdout ---
    Postern's tables: 17 to be added or changed
    --- stderr ---
      Run 'setup:upgrade' to update your DB schema and data.
    ");
    assert_eq!(
        before.differences(&shop.fingerprint()),
        Vec::<String>::new()
    );
}

#[test]
fn missing_tables_and_columns_of_commerce_are_named() {
    let shop = Shop::of_php();
    shop.sql("DROP TABLE #admin_passwords");
    shop.sql("ALTER TABLE #admin_user DROP COLUMN lock_expires");
    insta::assert_snapshot!(shop.run(["setup:db:status"]), @"
    exit code 1
    --- stdout ---
    Missing in Commerce's tables: columns lock_expires of mg_admin_user
    Missing in Commerce's tables: table mg_admin_passwords
    Postern's tables: 17 to be added or changed
    --- stderr ---
      The database is not one of Commerce's, or of a version that is not known: see db/connection/default/dbname and db/table_prefix in app/etc/env.php.
    ");
}

#[test]
fn a_table_that_a_backup_left_out_is_named_and_made_anew() {
    let shop = Shop::adopted();
    shop.sql("DROP TABLE #postern_session");
    insta::assert_snapshot!(shop.run(["setup:db:status"]), @"
    exit code 1
    --- stdout ---
    Missing in Postern's tables: table mg_postern_session
    --- stderr ---
      Run 'setup:upgrade' to update your DB schema and data.
    ");
    let run = shop.run(["setup:upgrade"]).succeeded();
    let told = "Applied 1 migration to Postern's tables.";
    assert!(run.stdout.starts_with(told), "{run}");
    let run = shop.run(["setup:db:status"]).succeeded();
    assert_eq!(run.stdout, "All modules are up to date.\n");
}
