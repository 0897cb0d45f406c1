//! `cache:clean` and `cache:flush`.

use std::fs;

use crate::shop::Shop;

const ENTRY: &str = "var/cache/mage--0/mage---0ab_CONFIG";

fn with_an_entry() -> Shop {
    let shop = Shop::new();
    fs::create_dir_all(shop.path("var/cache/mage--0")).unwrap();
    shop.write(ENTRY, "cached");
    shop.write(
        "var/cache/mage--0/mage-tags---0ab_MAGE",
        "0ab_CONFIG\n0ab_LAYOUT\n",
    );
    shop
}

#[test]
fn every_type_is_cleaned_where_none_is_named() {
    let shop = with_an_entry();
    let run = shop.run(["cache:clean"]).succeeded();
    insta::assert_snapshot!(run, @"
    exit code 0
    --- stdout ---
    Cleaned cache types:
    config
    layout
    block_html
    collections
    reflection
    db_ddl
    compiled_config
    eav
    customer_notification
    config_integration
    config_integration_api
    full_page
    config_webservice
    translate
    ");
}

#[test]
fn only_the_named_types_are_cleaned() {
    let run = Shop::new()
        .run(["cache:clean", "layout", "config"])
        .succeeded();
    assert_eq!(run.stdout, "Cleaned cache types:\nlayout\nconfig\n");
}

#[test]
fn the_whole_storage_is_flushed() {
    let shop = with_an_entry();
    let run = shop.run(["cache:flush", "config"]).succeeded();
    assert_eq!(run.stdout, "Flushed cache types:\nconfig\n");
    assert!(!shop.path(ENTRY).exists());
}

#[test]
fn an_unknown_type_is_refused_with_those_there_are() {
    let shop = with_an_entry();
    insta::assert_snapshot!(shop.postern(&["cache:clean", "config", "x", "y"]).refused(), @"
    exit code 1
    --- stderr ---
      The following requested cache types are not supported: 'x', 'y'.
      Supported types: config, layout, block_html, collections, reflection, db_ddl, compiled_config, eav, customer_notification, config_integration, config_integration_api, full_page, config_webservice, translate
    ");
    insta::assert_snapshot!(shop.postern(&["cache:flush", "x"]).refused(), @"
    exit code 1
    --- stderr ---
      The following requested cache types are not supported: 'x'.
      Supported types: config, layout, block_html, collections, reflection, db_ddl, compiled_config, eav, customer_notification, config_integration, config_integration_api, full_page, config_webservice, translate
    ");
}

#[test]
fn a_cache_server_that_is_down_is_named() {
    let shop = Shop::new();
    shop.edit(
        "app/etc/env.php",
        "'install' =>",
        "'cache' => ['frontend' => ['default' => ['backend' => 'Magento\\\\Framework\\\\Cache\\\\\
         Backend\\\\Redis', 'backend_options' => ['server' => '127.0.0.1', 'port' => '1']]]],\n    \
         'install' =>",
    );
    insta::assert_snapshot!(shop.postern(&["cache:clean", "config"]).refused(), @"
    exit code 1
    --- stderr ---
      The cache in Redis 127.0.0.1:1 database 0 was not cleared: Connection refused (os error 111)
    ");
}
