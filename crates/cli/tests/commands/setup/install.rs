//! `setup:install`.

use store::database::Settings;
use store::testing::{TestDatabase, server_address};

use crate::shop::Shop;

const ADMIN: [&str; 5] = [
    "--admin-user=ann",
    "--admin-password=Before1234",
    "--admin-email=ann@shop.test",
    "--admin-firstname=Ann",
    "--admin-lastname=Owner",
];

#[test]
fn it_makes_an_instance_with_an_embedded_database() {
    let shop = Shop::empty();
    let arguments = [
        &["setup:install", "--backend-frontname=backend"][..],
        &ADMIN,
    ]
    .concat();
    let run = shop.postern(&arguments).run();
    let (told, token) = run.stderr.split_once("?tfat=").unwrap();
    assert!(token.trim_end().len() > 100, "{token}");
    insta::assert_snapshot!(run.stdout, @"
    [SUCCESS]: Magento installation complete.
    [SUCCESS]: Magento Admin URI: /backend
    ");
    insta::assert_snapshot!(told, @"
    A secret on the command line is seen by every user of this machine and stays in the shell's history: next time use --admin-password - or the prompt.
    Starting Magento installation:
    The shop's address is not set: put it in place of http://localhost/, and set it with config:set web/unsecure/base_url
    ann sets up a second factor with this link, and the password. It is good for an hour and once; security:tfa:configure-link ann makes another:
    http://localhost/backend/tfa/tfa/index/
    ");
    let connection = "$c['db']['connection']['default']";
    insta::assert_snapshot!(shop.php("app/etc/env.php", connection), @"
    array (
      'model' => 'sqlite',
      'dbname' => 'data/postern.sqlite',
      'active' => '1',
    )
    ");
    assert_eq!(
        shop.php("app/etc/env.php", "strlen($c['crypt']['key'])"),
        "50"
    );
    assert_eq!(
        shop.php(
            "app/etc/env.php",
            "is_int(strtotime($c['install']['date']))"
        ),
        "true"
    );
    let sql = "SELECT u.username, p.role_name FROM #admin_user u \
               JOIN #authorization_role r ON r.user_id = u.user_id AND r.role_type = 'U' \
               JOIN #authorization_role p ON p.role_id = r.parent_id";
    assert_eq!(shop.rows(sql), ["ann|Administrators"]);
    shop.run(["setup:db:status"]).succeeded();
}

#[test]
fn a_script_gets_the_front_name_and_the_first_admins_link_as_json() {
    let install = |more: &[&str]| {
        let shop = Shop::empty();
        let first = [
            "setup:install",
            "--backend-frontname=backend",
            "--format=json",
        ];
        let arguments = [&first[..], more].concat();
        shop.postern(&arguments).run().succeeded().json()
    };
    let made = install(&ADMIN);
    assert_eq!(made["front_name"], "backend");
    let link = made["enrolment_link"].as_str().unwrap();
    assert!(link.contains("/backend/tfa/tfa/index/?tfat="), "{link}");
    let without_module = [&ADMIN[..], &["--disable-modules=Magento_TwoFactorAuth"]].concat();
    for more in [&[][..], &without_module] {
        assert_eq!(install(more), serde_json::json!({"front_name": "backend"}));
    }
}

#[test]
fn it_makes_an_instance_on_mariadb() {
    let shop = Shop::empty();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let server = runtime.block_on(TestDatabase::mariadb_empty("ab_"));
    let Settings::MySql(settings) = server.settings() else {
        panic!("it is MariaDB")
    };
    let host = format!("--db-host={}", settings.address);
    let database = format!("--db-name={}", settings.database);
    let arguments = [
        &["setup:install", &host, "--db-prefix=ab_", &database][..],
        &ADMIN,
    ];
    shop.postern(&arguments.concat()).run().succeeded();
    let php = "[$c['db']['table_prefix'], $c['db']['connection']['default']['model']]";
    let written = shop.php("app/etc/env.php", php).replace(['\n', ' '], "");
    assert_eq!(written, "array(0=>'ab_',1=>'mysql4',)");
    shop.run(["setup:db:status"]).succeeded();
    assert_eq!(
        shop.run(["a:a:d"]).stdout,
        "Admin Adobe IMS integration is disabled.\n"
    );
}

#[test]
fn sessions_in_redis_are_written_with_commerces_defaults() {
    let shop = Shop::empty();
    shop.run([
        "setup:install",
        "--session-save=redis",
        "--session-save-redis-db=5",
    ])
    .succeeded();
    let php = "[$c['session']['save'], $c['session']['redis']['database'], \
               $c['session']['redis']['max_concurrency']]";
    let written = shop.php("app/etc/env.php", php).replace(['\n', ' '], "");
    assert_eq!(written, "array(0=>'redis',1=>'5',2=>'6',)");
}

#[test]
fn the_password_of_the_first_admin_may_come_from_standard_input() {
    let shop = Shop::empty();
    let mut arguments = vec!["setup:install", "--admin-password=-"];
    arguments.extend(
        ADMIN
            .iter()
            .filter(|it| !it.starts_with("--admin-password")),
    );
    shop.postern(&arguments)
        .input("Before1234\n")
        .run()
        .succeeded();
    assert_eq!(shop.rows("SELECT username FROM #admin_user"), ["ann"]);
}

#[test]
fn every_broken_rule_is_told_at_once_and_nothing_is_made() {
    let shop = Shop::empty();
    let run = shop.postern(&[
        "setup:install",
        "--backend-frontname=no way",
        "--db-prefix=toolong",
        "--key=short",
        "--admin-user=ann",
        "--admin-password=short",
        "--admin-email=nobody",
    ]);
    insta::assert_snapshot!(run.refused(), @r#"
    exit code 1
    --- stderr ---
    A secret on the command line is seen by every user of this machine and stays in the shell's history: next time use --key -.
    A secret on the command line is seen by every user of this machine and stays in the shell's history: next time use --admin-password - or the prompt.
    Starting Magento installation:
      Invalid backend frontname 'no way'
      Table prefix length can't be more than 5 characters.
      Invalid encryption key. Encryption key must be 32 character string without any white space.
      "First Name" is required. Enter and try again.
      "Last Name" is required. Enter and try again.
      'nobody' is not a valid email address in the basic format local-part@hostname
      Your password must be at least 7 characters.
      Your password must include both numeric and alphabetic characters.
    "#);
    let run = shop.postern(&["setup:install", "--session-save=memory"]);
    insta::assert_snapshot!(run.refused(), @"
    exit code 1
    --- stderr ---
      Invalid session handler 'memory'
    ");
}

#[test]
fn an_instance_is_never_installed_over() {
    insta::assert_snapshot!(Shop::new().postern(&["setup:install"]).refused(), @"
    exit code 1
    --- stderr ---
    Starting Magento installation:
      SHOP is an instance already: setup:install makes new ones only. To adopt it, run setup:upgrade
    ");
    insta::assert_snapshot!(Shop::of_php().postern(&["setup:install"]).refused(), @"
    exit code 1
    --- stderr ---
    Starting Magento installation:
      SHOP is an instance already: setup:install makes new ones only. To adopt it, run setup:upgrade
    ");
}

#[test]
fn a_database_that_cannot_be_used_is_named_and_nothing_is_made() {
    let shop = Shop::empty();
    let refused = |more: &[&str]| shop.postern(&[&["setup:install"], more].concat()).refused();
    insta::assert_snapshot!(refused(&["--db-host=127.0.0.1:1"]), @"
    exit code 1
    --- stderr ---
    Starting Magento installation:
      Database connection failure. The server cannot be reached: Connection refused (os error 111) (127.0.0.1:1); see --db-host
    ");
    let host = format!("--db-host={}", server_address());
    insta::assert_snapshot!(
        refused(&[&host, "--db-name=postern_no_such_database"]), @"
    exit code 1
    --- stderr ---
    Starting Magento installation:
      Database connection failure. The database does not exist, or its user may not use it: see --db-name
    ");
    insta::assert_snapshot!(
        refused(&[&host, "--db-user=postern_nobody", "--db-password=x"]), @"
    exit code 1
    --- stderr ---
    A secret on the command line is seen by every user of this machine and stays in the shell's history: next time use --db-password -.
    Starting Magento installation:
      Database connection failure. The server refused the user name or password: see --db-user and --db-password
    ");
}

#[test]
fn secrets_come_in_lines_of_standard_input_in_the_order_of_the_help() {
    let shop = Shop::empty();
    let arguments = [
        "setup:install",
        "--session-save=redis",
        "--session-save-redis-password=-",
        "--admin-password=-",
        "--key=-",
    ];
    let admin = ADMIN.iter().filter(|it| !it.contains("password"));
    let arguments: Vec<_> = arguments.iter().chain(admin).copied().collect();
    let lines = "0123456789abcdef0123456789abcdef\nof redis\nBefore1234\n";
    let run = shop.postern(&arguments).input(lines).run().succeeded();
    assert!(!run.stderr.contains("on the command line"), "{run}");
    let stored = "$c['crypt']['key'] . ', ' . $c['session']['redis']['password']";
    assert_eq!(
        shop.php("app/etc/env.php", stored),
        "'0123456789abcdef0123456789abcdef, of redis'"
    );
    let run = shop.postern(&["setup:install", "--key=x"]).run();
    assert!(run.stderr.contains("next time use --key -."), "{run}");
}

#[test]
fn what_a_killed_installation_left_behind_stands_in_nobodys_way() {
    let shop = Shop::empty();
    std::fs::create_dir(shop.path("data")).unwrap();
    shop.write("data/postern.sqlite.new", "half a database");
    shop.run(["setup:install"]).succeeded();
    assert!(!shop.path("data/postern.sqlite.new").exists());
    shop.run(["setup:db:status"]).succeeded();
}

#[test]
fn a_database_that_is_in_use_is_neither_touched_nor_installed_over() {
    let shop = Shop::new();
    std::fs::remove_file(shop.path("app/etc/env.php")).unwrap();
    insta::assert_snapshot!(shop.postern(&["setup:install"]).refused(), @"
    exit code 1
    --- stderr ---
    Starting Magento installation:
      The database data/postern.sqlite already holds Commerce's tables: adopt it with setup:upgrade, or name another
    ");
    let shop = Shop::of_php();
    let Settings::MySql(settings) = shop.settings() else {
        panic!("it is MariaDB")
    };
    std::fs::remove_file(shop.path("app/etc/env.php")).unwrap();
    let host = format!("--db-host={}", settings.address);
    let database = format!("--db-name={}", settings.database);
    let arguments = ["setup:install", &host, "--db-prefix=mg_", &database];
    insta::assert_snapshot!(shop.postern(&arguments).refused(), @"
    exit code 1
    --- stderr ---
    Starting Magento installation:
      The database DATABASE already holds Commerce's tables: adopt it with setup:upgrade, or name another
    ");
}

#[test]
fn a_shop_with_an_address_has_its_keys_bound_to_the_host() {
    let shop = Shop::empty();
    for wrong in ["shop.test", "ftp://shop.test/", ""] {
        let address = format!("--base-url={wrong}");
        let run = shop.postern(&["setup:install", &address]).refused();
        assert!(run.stderr.contains("is no address of a shop"), "{run}");
    }
    let run = shop.run([
        "setup:install",
        "--base-url=http://shop.test/",
        "--base-url-secure=https://shop.test",
        "--backend-frontname=b",
    ]);
    assert!(run.stderr.contains("are bound to shop.test"), "{run}");
    let stored = "SELECT path || ' ' || value FROM #core_config_data ORDER BY path";
    let expected = [
        "postern/passkey/rp_id shop.test",
        "web/secure/base_url https://shop.test/",
        "web/unsecure/base_url http://shop.test/",
    ];
    assert_eq!(shop.rows(stored), expected);
}

#[test]
fn keys_are_bound_to_a_domain_for_ever_and_that_is_told() {
    let shop = Shop::empty();
    for wrong in ["127.0.0.1", "https://shop.test", "Shop.test", ""] {
        let domain = format!("--passkey-domain={wrong}");
        let run = shop.postern(&["setup:install", &domain]).refused();
        assert!(run.stderr.contains("Invalid passkey domain: "), "{run}");
    }
    let run = shop.run([
        "setup:install",
        "--passkey-domain=shop.test",
        "--backend-frontname=b",
    ]);
    insta::assert_snapshot!(run, @"
    exit code 0
    --- stdout ---
    [SUCCESS]: Magento installation complete.
    [SUCCESS]: Magento Admin URI: /b
    --- stderr ---
    Starting Magento installation:
    Security keys and passkeys are bound to shop.test from now on. Each one that is set up works under this name only, for ever: under another name everybody would need new ones. While nobody has any, config:set postern/passkey/rp_id changes it.
    ");
    let stored = "SELECT value FROM #core_config_data WHERE path = 'postern/passkey/rp_id'";
    assert_eq!(shop.rows(stored), ["shop.test"]);
    let upgraded = shop.run(["setup:upgrade"]).succeeded();
    assert!(!upgraded.stderr.contains("bound"), "{upgraded}");
}
