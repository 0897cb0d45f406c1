//! `env.php` and `config.php` that are not what they should be.

use crate::run::Run;
use crate::shop::Shop;

fn disabling_with(env_php: &str) -> Run {
    let shop = Shop::new();
    shop.write("app/etc/env.php", env_php);
    shop.postern(&["admin:adobe-ims:disable"]).refused()
}

#[test]
fn env_php_is_not_php() {
    insta::assert_snapshot!(disabling_with("crypt: key"), @"
    exit code 1
    --- stderr ---
      app/etc/env.php cannot be used: line 1: not a PHP file: expected `<?php`; restore or correct it
    ");
    insta::assert_snapshot!(disabling_with(""), @"
    exit code 1
    --- stderr ---
      app/etc/env.php cannot be used: line 1: not a PHP file: expected `<?php`; restore or correct it
    ");
}

#[test]
fn env_php_does_not_return_a_literal_array() {
    insta::assert_snapshot!(disabling_with("<?php\nreturn 1;\n"), @"
    exit code 1
    --- stderr ---
      app/etc/env.php cannot be used: line 2: the file does not return an array literal: expected `[` or `array(` after `return`; restore or correct it
    ");
    insta::assert_snapshot!(disabling_with("<?php\nreturn load();\n"), @"
    exit code 1
    --- stderr ---
      app/etc/env.php cannot be used: line 2: the file does not return an array literal: expected `[` or `array(` after `return`; restore or correct it
    ");
    insta::assert_snapshot!(disabling_with("<?php\n$config = [];\n"), @"
    exit code 1
    --- stderr ---
      app/etc/env.php cannot be used: line 3: the file returns nothing: expected `return [`; restore or correct it
    ");
}

#[test]
fn env_php_is_truncated() {
    let whole = Shop::new().read("app/etc/env.php");
    let half = &whole[..whole.find("'model'").unwrap()];
    insta::assert_snapshot!(disabling_with(half), @"
    exit code 1
    --- stderr ---
      app/etc/env.php cannot be used: line 13: the file ends too early: expected a value; restore or correct it
    ");
    insta::assert_snapshot!(disabling_with("<?php\nreturn [\n    'crypt' => ['key' => 'abc"), @"
    exit code 1
    --- stderr ---
      app/etc/env.php cannot be used: line 3: the file ends too early: expected a closing quote; restore or correct it
    ");
}

#[test]
fn config_php_is_truncated() {
    let shop = Shop::new();
    shop.write(
        "app/etc/config.php",
        "<?php\nreturn [\n    'modules' => [\n",
    );
    insta::assert_snapshot!(shop.postern(&["admin:adobe-ims:disable"]).refused(), @"
    exit code 1
    --- stderr ---
      app/etc/config.php cannot be used: line 4: the file ends too early: expected a value; restore or correct it
    ");
}

#[test]
fn a_value_that_is_needed_is_code() {
    let shop = Shop::new();
    shop.edit(
        "app/etc/env.php",
        "'0123456789abcdef0123456789abcdef'",
        "getenv('CRYPT_KEY')",
    );
    insta::assert_snapshot!(shop.postern(&["admin:adobe-ims:disable"]).refused(), @"
    exit code 1
    --- stderr ---
      app/etc/env.php: `crypt/key` (line 7) is a call, not a literal value: write the value itself there
    ");
}

#[test]
fn the_database_is_named_by_code() {
    let shop = Shop::adopted();
    shop.edit(
        "app/etc/env.php",
        "'password' => ''",
        "'password' => getenv('DB_PASSWORD')",
    );
    insta::assert_snapshot!(shop.postern(&["admin:adobe-ims:disable"]).refused(), @"
    exit code 1
    --- stderr ---
      app/etc/env.php: `db/connection/default/password` (line 25) is a call, not a literal value: write the value itself there
    ");
}

#[test]
fn a_credential_that_must_go_is_code() {
    let shop = Shop::new().enabled();
    shop.edit(
        "app/etc/env.php",
        "'install' =>",
        "'system' => ['default' => ['adobe_ims' => ['integration' => [\n        \
         'private_key' => getenv('IMS_SECRET')\n    ]]]],\n    'install' =>",
    );
    insta::assert_snapshot!(shop.postern(&["admin:adobe-ims:disable"]).refused(), @"
    exit code 1
    --- stderr ---
      app/etc/env.php: `system/default/adobe_ims/integration/private_key` (line 30) is a call, not a literal value: write the value itself there
    ");
}

#[test]
fn code_that_is_not_needed_disturbs_nobody() {
    let shop = Shop::new();
    shop.edit(
        "app/etc/env.php",
        "'install' =>",
        "'queue' => makeQueue(__DIR__),\n    'install' =>",
    );
    shop.run(["admin:adobe-ims:disable"]).succeeded();
    assert!(shop.read("app/etc/env.php").contains("makeQueue(__DIR__)"));
}

#[test]
fn the_database_is_not_named() {
    let shop = Shop::new();
    shop.edit("app/etc/env.php", "'dbname' => 'data/postern.sqlite',", "");
    insta::assert_snapshot!(shop.postern(&["admin:adobe-ims:disable"]).refused(), @"
    exit code 1
    --- stderr ---
      app/etc/env.php has no db/connection/default/dbname: put it there, as the database has it
    ");
}
