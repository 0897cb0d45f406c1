//! The database is away, refuses, lacks something or is read-only, or somebody else is at it.

use std::fs;
use std::time::{Duration, Instant};

use store::database::Settings;

use crate::run::Run;
use crate::shop::Shop;

fn disabling(shop: &Shop) -> Run {
    shop.postern(&["admin:adobe-ims:disable"]).refused()
}

#[test]
fn the_server_is_unreachable() {
    let shop = Shop::adopted();
    shop.edit("app/etc/env.php", "'127.0.0.1'", "'127.0.0.1:1'");
    insta::assert_snapshot!(disabling(&shop), @"
    exit code 1
    --- stderr ---
      The database cannot be reached: no connection became free in time
    ");
    shop.edit("app/etc/env.php", "'127.0.0.1:1'", "'/nonexistent/mysqld.sock'");
    insta::assert_snapshot!(disabling(&shop), @"
    exit code 1
    --- stderr ---
      The database cannot be reached: No such file or directory (os error 2)
    ");
    shop.edit("app/etc/env.php", "'/nonexistent/mysqld.sock'", "'no-such-host.invalid'");
    insta::assert_snapshot!(disabling(&shop), @"
    exit code 1
    --- stderr ---
      The database cannot be reached: failed to lookup address information: Name or service not known
    ");
}

#[test]
fn the_server_does_not_answer() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let shop = Shop::adopted();
    let address = format!("'{}'", silent.local_addr().unwrap());
    shop.edit("app/etc/env.php", "'127.0.0.1'", &address);
    let began = Instant::now();
    insta::assert_snapshot!(disabling(&shop), @"
    exit code 1
    --- stderr ---
      The database cannot be reached: no connection became free in time
    ");
    assert!(began.elapsed() < Duration::from_secs(15));
}

#[test]
fn the_password_is_wrong() {
    let shop = Shop::adopted();
    shop.edit("app/etc/env.php", "'password' => ''", "'password' => 'wrong'");
    shop.edit("app/etc/env.php", "'username' => 'root'", "'username' => 'postern_nobody'");
    insta::assert_snapshot!(disabling(&shop), @"
    exit code 1
    --- stderr ---
      The database refused the user name or password in app/etc/env.php
    ");
}

#[test]
fn the_database_does_not_exist() {
    let shop = Shop::adopted();
    let Settings::MySql(settings) = shop.settings() else { panic!("it is MariaDB") };
    shop.edit("app/etc/env.php", &settings.database, "postern_no_such_database");
    insta::assert_snapshot!(disabling(&shop), @"
    exit code 1
    --- stderr ---
      The database named in app/etc/env.php does not exist
    ");
}

#[test]
fn the_database_file_does_not_exist() {
    let shop = Shop::new();
    fs::remove_file(shop.path("data/postern.sqlite")).unwrap();
    insta::assert_snapshot!(disabling(&shop), @"
    exit code 1
    --- stderr ---
      The database named in app/etc/env.php does not exist
    ");
    assert!(!shop.path("data/postern.sqlite").exists());
}

#[test]
fn the_database_file_is_none() {
    let shop = Shop::new();
    shop.write("data/postern.sqlite", &"no database at all ".repeat(100));
    let run = shop.run(["admin:adobe-ims:disable"]);
    assert_eq!((run.code, run.stdout.as_str()), (1, ""), "{run}");
    insta::assert_snapshot!(run, @"
    exit code 1
    --- stderr ---
      The database file is damaged or not a database
    ");
}

#[test]
fn the_shop_was_never_adopted() {
    let shop = Shop::of_php();
    insta::assert_snapshot!(disabling(&shop), @"
    exit code 1
    --- stderr ---
      The database lacks something Postern needs (Table 'DATABASE.mg_postern_sign_in_mode' doesn't exist); run setup:upgrade
    ");
    insta::assert_snapshot!(shop.postern(&["admin:adobe-ims:status"]).refused(), @"
    exit code 1
    --- stderr ---
      The database lacks something Postern needs (Table 'DATABASE.mg_postern_sign_in_mode' doesn't exist); run setup:upgrade
    ");
}

#[test]
fn the_table_prefix_is_another_one() {
    let shop = Shop::adopted();
    shop.edit("app/etc/env.php", "'table_prefix' => 'mg_'", "'table_prefix' => 'xy_'");
    insta::assert_snapshot!(disabling(&shop), @"
    exit code 1
    --- stderr ---
      The database lacks something Postern needs (Table 'DATABASE.xy_core_config_data' doesn't exist); run setup:upgrade
    ");
    shop.edit("app/etc/env.php", "'table_prefix' => 'xy_'", "'table_prefix' => 'a-b'");
    insta::assert_snapshot!(disabling(&shop), @"
    exit code 1
    --- stderr ---
      app/etc/env.php: db/table_prefix may hold letters, digits and underscores only
    ");
}

#[test]
fn a_table_of_commerce_is_missing() {
    let shop = Shop::adopted();
    shop.sql("DROP TABLE #admin_user_session");
    insta::assert_snapshot!(disabling(&shop), @"");
    let shop = Shop::new().enabled();
    shop.sql("DROP TABLE admin_user_session");
    insta::assert_snapshot!(disabling(&shop), @"");
}

#[test]
fn the_database_file_is_read_only() {
    let shop = Shop::new().enabled();
    readable_by_everybody(&shop);
    insta::assert_snapshot!(shop.postern(&["admin:adobe-ims:disable"]).as_nobody().refused(), @"
    exit code 1
    --- stderr ---
      The database is read-only for this user
    ");
}

fn readable_by_everybody(shop: &Shop) {
    shop.set_mode("app/etc/env.php", 0o444);
    shop.set_mode("data/postern.sqlite", 0o444);
    shop.set_mode("data", 0o555);
}

#[test]
fn the_database_user_may_only_read() {
    let shop = Shop::adopted().enabled();
    let Settings::MySql(settings) = shop.settings() else { panic!("it is MariaDB") };
    let user = format!("ro_{}", &settings.database[13..]);
    shop.sql(&format!("CREATE USER '{user}'@'%' IDENTIFIED BY 'reader'"));
    shop.sql(&format!("CREATE USER '{user}'@'localhost' IDENTIFIED BY 'reader'"));
    for host in ["%", "localhost"] {
        shop.sql(&format!("GRANT SELECT ON `{}`.* TO '{user}'@'{host}'", settings.database));
    }
    shop.edit("app/etc/env.php", "'username' => 'root'", &format!("'username' => '{user}'"));
    shop.edit("app/etc/env.php", "'password' => ''", "'password' => 'reader'");
    let run = shop.postern(&["admin:adobe-ims:disable"]).run();
    let status = shop.run(["admin:adobe-ims:status"]);
    shop.sql(&format!("DROP USER '{user}'@'%', '{user}'@'localhost'"));
    assert_eq!(run.stdout, "", "{run}");
    assert!(status.succeeded().stdout.ends_with("is enabled\n"));
    insta::assert_snapshot!(run, @"
    exit code 1
    --- stderr ---
      The database is read-only for this user
    ");
}

#[test]
fn another_switch_is_under_way() {
    for shop in [Shop::new(), Shop::adopted()] {
        let shop = shop.enabled();
        let before = shop.fingerprint();
        let run = shop.while_another_switches(|| shop.run(["admin:adobe-ims:disable"]));
        assert_eq!(before.differences(&shop.fingerprint()), Vec::<String>::new());
        assert_eq!((run.code, run.stdout.as_str()), (1, ""), "{run}");
        let enabling = shop.while_another_switches(|| shop.enabling(&[]).run());
        assert_eq!(before.differences(&shop.fingerprint()), Vec::<String>::new());
        assert_eq!((enabling.code, enabling.stdout.as_str()), (1, ""), "{enabling}");
        insta::allow_duplicates! {
            insta::assert_snapshot!(run, @"
            exit code 1
            --- stderr ---
              Another switch is under way, or was made a moment ago: look at admin:adobe-ims:status
            ");
        }
    }
}
