//! The crypt key is missing, malformed, or not the one that the values were encrypted with.

use crate::shop::Shop;

const KEY: &str = "0123456789abcdef0123456789abcdef";

#[test]
fn there_is_none() {
    let shop = Shop::new();
    shop.edit("app/etc/env.php", &format!("'key' => '{KEY}'"), "");
    insta::assert_snapshot!(shop.postern(&["admin:adobe-ims:disable"]).refused(), @"
    exit code 1
    --- stderr ---
      app/etc/env.php has no crypt/key: put the instance's encryption key there
    ");
    let shop = Shop::new();
    shop.edit("app/etc/env.php", KEY, "");
    insta::assert_snapshot!(shop.postern(&["admin:adobe-ims:disable"]).refused(), @"
    exit code 1
    --- stderr ---
      app/etc/env.php has no crypt/key: put the instance's encryption key there
    ");
}

#[test]
fn it_is_malformed() {
    let shop = Shop::new();
    shop.edit("app/etc/env.php", KEY, "base64!!!");
    insta::assert_snapshot!(shop.postern(&["admin:adobe-ims:disable"]).refused(), @r#"
    exit code 1
    --- stderr ---
      app/etc/env.php: encryption key 1 in crypt/key must be 32 characters without any white space, or base64 of 32 bytes after the prefix "base64"
    "#);
}

#[test]
fn it_is_another_one() {
    let shop = Shop::new().enabled();
    shop.edit("app/etc/env.php", KEY, "fedcba9876543210fedcba9876543210");
    insta::assert_snapshot!(shop.postern(&["admin:adobe-ims:disable"]).refused(), @"
    exit code 1
    --- stderr ---
      Nothing was changed: core_config_data, scope default 0, adobe_ims/integration/organization_id holds a value that no key in app/etc/env.php (crypt/key) opens. Put the missing key back, or run this again with --discard-unreadable
    ");
    insta::assert_snapshot!(shop.postern(&["a:a:d", "--dry-run"]).refused(), @"
    exit code 1
    --- stderr ---
      Nothing was changed: core_config_data, scope default 0, adobe_ims/integration/organization_id holds a value that no key in app/etc/env.php (crypt/key) opens. Put the missing key back, or run this again with --discard-unreadable
    ");
    insta::assert_snapshot!(shop.postern(&["admin:adobe-ims:info"]).refused(), @"
    exit code 1
    --- stderr ---
      adobe_ims/integration/private_key in core_config_data (scope default, id 0) cannot be decrypted with the keys in app/etc/env.php: the value was tampered with or encrypted with another key
    ");
}

#[test]
fn the_way_back_in_is_open_even_without_the_key() {
    let shop = Shop::new().enabled();
    shop.edit("app/etc/env.php", KEY, "fedcba9876543210fedcba9876543210");
    let run = shop
        .run(["admin:adobe-ims:disable", "--discard-unreadable"])
        .succeeded();
    assert_eq!(run.stdout, "Admin Adobe IMS integration is disabled.\n");
}
