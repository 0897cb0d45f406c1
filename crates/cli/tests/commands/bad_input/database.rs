//! The database is away, refuses, lacks something or is read-only, or somebody else is at it.

use std::fs;
use std::time::{Duration, Instant};

use store::database::Settings;
use store::testing::server_address;

use crate::run::Run;
use crate::shop::Shop;

fn disabling(shop: &Shop) -> Run {
    shop.postern(&["admin:adobe-ims:disable"]).refused()
}

#[test]
fn the_server_is_unreachable() {
    let shop = Shop::adopted();
    shop.edit("app/etc/env.php", &server_address(), "127.0.0.1:1");
    insta::assert_snapshot!(disabling(&shop), @"
    exit code 1
    --- stderr ---
      The database cannot be reached: Connection refused (os error 111) (127.0.0.1:1); see whether it runs, and whether db/connection/default in app/etc/env.php leads to it
    ");
    shop.edit(
        "app/etc/env.php",
        "'127.0.0.1:1'",
        "'/nonexistent/mysqld.sock'",
    );
    insta::assert_snapshot!(disabling(&shop), @"
    exit code 1
    --- stderr ---
      The database cannot be reached: No such file or directory (os error 2) (/nonexistent/mysqld.sock); see whether it runs, and whether db/connection/default in app/etc/env.php leads to it
    ");
    shop.edit(
        "app/etc/env.php",
        "'/nonexistent/mysqld.sock'",
        "'no-such-host.invalid'",
    );
    insta::assert_snapshot!(disabling(&shop), @"
    exit code 1
    --- stderr ---
      The database cannot be reached: failed to lookup address information: Name or service not known (no-such-host.invalid:3306); see whether it runs, and whether db/connection/default in app/etc/env.php leads to it
    ");
}

#[test]
fn the_server_does_not_answer() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let shop = Shop::adopted();
    let address = silent.local_addr().unwrap().to_string();
    shop.edit("app/etc/env.php", &server_address(), &address);
    let began = Instant::now();
    let sentence = disabling(&shop).to_string().replace(&address, "SILENT");
    insta::assert_snapshot!(sentence, @"
    exit code 1
    --- stderr ---
      The database cannot be reached: no answer in 5 s (SILENT); see whether it runs, and whether db/connection/default in app/etc/env.php leads to it
    ");
    assert!(began.elapsed() < Duration::from_secs(15));
}

#[test]
fn the_password_is_wrong() {
    let shop = Shop::adopted();
    shop.edit(
        "app/etc/env.php",
        "'password' => ''",
        "'password' => 'wrong'",
    );
    shop.edit(
        "app/etc/env.php",
        "'username' => 'root'",
        "'username' => 'postern_nobody'",
    );
    insta::assert_snapshot!(disabling(&shop), @"
    exit code 1
    --- stderr ---
      The database refused the user name or password in app/etc/env.php: correct username and password of db/connection/default there
    ");
}

#[test]
fn the_database_does_not_exist() {
    let shop = Shop::adopted();
    let Settings::MySql(settings) = shop.settings() else {
        panic!("it is MariaDB")
    };
    shop.edit(
        "app/etc/env.php",
        &settings.database,
        "postern_no_such_database",
    );
    insta::assert_snapshot!(disabling(&shop), @"
    exit code 1
    --- stderr ---
      The database named in app/etc/env.php does not exist, or its user may not use it: correct dbname of db/connection/default there, or restore the database
    ");
}

#[test]
fn the_database_file_does_not_exist() {
    let shop = Shop::new();
    fs::remove_file(shop.path("data/postern.sqlite")).unwrap();
    insta::assert_snapshot!(disabling(&shop), @"
    exit code 1
    --- stderr ---
      The database named in app/etc/env.php does not exist, or its user may not use it: correct dbname of db/connection/default there, or restore the database
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
      The database file is damaged or not a database: restore it from a backup
    ");
}

#[test]
fn the_shop_was_never_adopted() {
    let shop = Shop::of_php();
    insta::assert_snapshot!(disabling(&shop), @"
    exit code 1
    --- stderr ---
      This instance does not know Postern yet: run setup:upgrade once
    ");
    insta::assert_snapshot!(shop.postern(&["admin:adobe-ims:status"]).refused(), @"
    exit code 1
    --- stderr ---
      This instance does not know Postern yet: run setup:upgrade once
    ");
}

#[test]
fn the_table_prefix_is_another_one() {
    let shop = Shop::adopted();
    shop.edit(
        "app/etc/env.php",
        "'table_prefix' => 'mg_'",
        "'table_prefix' => 'xy_'",
    );
    insta::assert_snapshot!(disabling(&shop), @"
    exit code 1
    --- stderr ---
      The database lacks something Postern needs (Table 'DATABASE.xy_core_config_data' doesn't exist): see setup:db:status, and db/table_prefix in app/etc/env.php
    ");
    shop.edit(
        "app/etc/env.php",
        "'table_prefix' => 'xy_'",
        "'table_prefix' => 'a-b'",
    );
    insta::assert_snapshot!(disabling(&shop), @"
    exit code 1
    --- stderr ---
      app/etc/env.php cannot be used: db/table_prefix may hold letters, digits and underscores only; correct it
    ");
}

#[test]
fn a_table_of_commerce_is_missing() {
    for shop in [Shop::new(), Shop::adopted()] {
        let shop = shop.enabled();
        shop.sql("DROP TABLE #admin_user_session");
        let run = disabling(&shop);
        assert!(
            run.stderr
                .contains("The database lacks something Postern needs ("),
            "{run}"
        );
        assert!(run.stderr.contains("admin_user_session"), "{run}");
        assert!(
            run.stderr
                .contains("see setup:db:status, and db/table_prefix"),
            "{run}"
        );
    }
}

#[test]
fn the_database_file_is_read_only() {
    let shop = Shop::new().enabled();
    readable_by_everybody(&shop);
    insta::assert_snapshot!(shop.postern(&["admin:adobe-ims:disable"]).by_nobody().refused(), @"
    exit code 1
    --- stderr ---
      The database is read-only for this user: run the command as the owner of the database file, or give the database user in app/etc/env.php the right to write
    ");
}

fn readable_by_everybody(shop: &Shop) {
    shop.set_mode("app/etc/env.php", 0o444);
    shop.set_mode("data/postern.sqlite", 0o444);
    shop.set_mode("data", 0o555);
}

/// A user of the database server with `privileges` on the shop's database, whom `env.php` names.
struct ServerUser<'shop> {
    shop: &'shop Shop,
    name: String,
}

impl<'shop> ServerUser<'shop> {
    fn with(privileges: &str, shop: &'shop Shop) -> Self {
        let Settings::MySql(settings) = shop.settings() else {
            panic!("it is MariaDB")
        };
        let database = settings.database;
        let name = database.replace("postern_test_", "user_");
        for host in ["%", "localhost"] {
            shop.sql(&format!(
                "CREATE USER '{name}'@'{host}' IDENTIFIED BY 'reader'"
            ));
            shop.sql(&format!(
                "GRANT {privileges} ON `{database}`.* TO '{name}'@'{host}'"
            ));
        }
        shop.edit(
            "app/etc/env.php",
            "'username' => 'root'",
            &format!("'username' => '{name}'"),
        );
        shop.edit(
            "app/etc/env.php",
            "'password' => ''",
            "'password' => 'reader'",
        );
        Self { shop, name }
    }
}

impl Drop for ServerUser<'_> {
    fn drop(&mut self) {
        let name = &self.name;
        self.shop
            .sql(&format!("DROP USER '{name}'@'%', '{name}'@'localhost'"));
    }
}

#[test]
fn the_database_user_may_only_read() {
    let shop = Shop::adopted().enabled();
    let _user = ServerUser::with("SELECT", &shop);
    insta::assert_snapshot!(disabling(&shop), @"
    exit code 1
    --- stderr ---
      The database is read-only for this user: run the command as the owner of the database file, or give the database user in app/etc/env.php the right to write
    ");
    assert!(
        shop.run(["admin:adobe-ims:status"])
            .succeeded()
            .stdout
            .ends_with("is enabled\n")
    );
}

#[test]
fn a_preview_is_refused_where_the_switch_would_be() {
    let embedded = Shop::new().enabled();
    readable_by_everybody(&embedded);
    let adopted = Shop::adopted().enabled();
    let _user = ServerUser::with("SELECT", &adopted);
    for shop in [&embedded, &adopted] {
        for command in ["admin:adobe-ims:disable", "admin:adobe-ims:enable"] {
            let run = shop.postern(&[command, "--dry-run"]).by_nobody().refused();
            assert!(run.stderr.contains("read-only for this user"), "{run}");
        }
    }
}

#[test]
fn a_preview_waits_for_nobody_and_so_keeps_nobody_waiting() {
    let shop = Shop::adopted().enabled();
    let rows = "SELECT * FROM #core_config_data FOR UPDATE";
    for command in ["admin:adobe-ims:disable", "admin:adobe-ims:enable"] {
        let began = Instant::now();
        let run = shop.while_held(rows, || shop.run([command, "--dry-run"]));
        assert!(began.elapsed() < Duration::from_secs(15), "{run}");
        let told = "is locked by another process: run the command again in a moment";
        assert!(run.code == 1 && run.stderr.contains(told), "{run}");
    }
}

#[test]
fn the_database_user_may_do_nothing() {
    let shop = Shop::adopted().enabled();
    let user = ServerUser::with("SELECT", &shop);
    for host in ["%", "localhost"] {
        shop.sql(&format!(
            "REVOKE ALL PRIVILEGES, GRANT OPTION FROM '{}'@'{host}'",
            user.name
        ));
    }
    insta::assert_snapshot!(disabling(&shop), @"
    exit code 1
    --- stderr ---
      The database named in app/etc/env.php does not exist, or its user may not use it: correct dbname of db/connection/default there, or restore the database
    ");
}

#[test]
fn the_database_file_is_not_readable() {
    let shop = Shop::new();
    shop.set_mode("app/etc/env.php", 0o444);
    shop.set_mode("data", 0o000);
    let run = shop.postern(&["admin:adobe-ims:disable"]).by_nobody().run();
    shop.set_mode("data", 0o755);
    assert_eq!((run.code, run.stdout.as_str()), (1, ""), "{run}");
    insta::assert_snapshot!(run, @"
    exit code 1
    --- stderr ---
      The database cannot be reached: SHOP/data/postern.sqlite: Permission denied (os error 13); see whether it runs, and whether db/connection/default in app/etc/env.php leads to it
    ");
}

#[test]
fn another_switch_is_under_way() {
    for shop in [Shop::new(), Shop::adopted()] {
        let shop = shop.enabled();
        let before = shop.fingerprint();
        let run = shop.while_another_switches(|| shop.run(["admin:adobe-ims:disable"]));
        assert_eq!(
            before.differences(&shop.fingerprint()),
            Vec::<String>::new()
        );
        assert_eq!((run.code, run.stdout.as_str()), (1, ""), "{run}");
        let enabling = shop.while_another_switches(|| shop.enabling(&[]).run());
        assert_eq!(
            before.differences(&shop.fingerprint()),
            Vec::<String>::new()
        );
        assert_eq!(
            (enabling.code, enabling.stdout.as_str()),
            (1, ""),
            "{enabling}"
        );
        insta::allow_duplicates! {
            insta::assert_snapshot!(run, @"
            exit code 1
            --- stderr ---
              Another switch is under way, or was made a moment ago: look at admin:adobe-ims:status, and run this again
            ");
        }
    }
}
