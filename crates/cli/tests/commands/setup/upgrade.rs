//! `setup:upgrade`.

use crate::shop::{HASH_BY_PHP, Shop};

#[test]
fn adopting_adds_tables_of_ours_and_touches_nothing_else() {
    let shop = Shop::of_php();
    shop.seed_admin("bob", None, HASH_BY_PHP);
    let before = shop.fingerprint();
    let run = shop.run(["setup:upgrade"]);
    let mut differences = before.differences(&shop.fingerprint());
    differences.retain(|name| !name.starts_with("+ table mg_postern_"));
    assert_eq!(differences, Vec::<String>::new());
    insta::assert_snapshot!(run, @"
    exit code 0
    --- stdout ---
    Applied 17 migrations to Postern's tables.
    --- stderr ---
    Admins sign in with their Commerce password.
    ");
}

#[test]
fn repeating_it_changes_nothing() {
    for shop in [Shop::new(), Shop::adopted()] {
        let before = shop.fingerprint();
        let run = shop.run(["setup:upgrade"]).succeeded();
        assert_eq!(run.stdout, "Nothing to upgrade.\n");
        assert_eq!(
            before.differences(&shop.fingerprint()),
            Vec::<String>::new()
        );
    }
}

#[test]
fn a_shop_whose_integration_is_on_is_adopted_with_it_on() {
    let shop = Shop::of_php();
    shop.set_configuration("adobe_ims/integration/admin_enabled", "1");
    let run = shop.run(["setup:upgrade"]).succeeded();
    assert!(
        run.stderr.contains("Admins sign in with their Adobe ID"),
        "{run}"
    );
    let status = shop.run(["admin:adobe-ims:status"]).succeeded();
    assert_eq!(status.stdout, "Admin Adobe IMS integration is enabled\n");
}

#[test]
fn a_database_that_lacks_a_table_of_commerce_is_refused() {
    let shop = Shop::of_php();
    shop.sql("DROP TABLE #admin_passwords");
    insta::assert_snapshot!(shop.postern(&["setup:upgrade"]).refused(), @"
    exit code 1
    --- stderr ---
      The database lacks what Postern needs of Commerce's tables (table mg_admin_passwords): see dbname and table_prefix in app/etc/env.php, or run PHP Commerce's own setup:upgrade
    ");
}

#[test]
fn adopting_binds_keys_to_the_host_that_php_binds_them_to() {
    const STORED: &str = "SELECT value FROM #core_config_data WHERE path = 'postern/passkey/rp_id'";
    let shop = Shop::of_php();
    shop.set_configuration("web/secure/base_url", "https://shop.test:8443/");
    let run = shop.run(["setup:upgrade"]).succeeded();
    assert!(
        run.stderr.contains("are bound to shop.test from now on"),
        "{run}"
    );
    assert_eq!(shop.rows(STORED), ["shop.test"]);
    shop.sql("UPDATE #core_config_data SET value = 'https://other.test/' WHERE path LIKE 'web/%'");
    let again = shop.run(["setup:upgrade"]).succeeded();
    assert!(!again.stderr.contains("bound"), "{again}");
    assert_eq!(shop.rows(STORED), ["shop.test"]);
    let numbers = Shop::of_php();
    numbers.set_configuration("web/secure/base_url", "https://192.0.2.1/");
    numbers.run(["setup:upgrade"]).succeeded();
    assert_eq!(numbers.rows(STORED), Vec::<String>::new());
}
