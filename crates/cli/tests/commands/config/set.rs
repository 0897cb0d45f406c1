//! `config:set`.

use crate::shop::Shop;

const LIFETIME: &str = "admin/security/session_lifetime";
const VALUES: &str = "SELECT scope, path, value FROM #core_config_data WHERE path LIKE 'admin/%'";

#[test]
fn a_value_goes_into_the_database() {
    for shop in [Shop::new(), Shop::adopted()] {
        let run = shop.run(["config:set", LIFETIME, "1800"]).succeeded();
        assert_eq!(run.stdout, "Value was saved.\n");
        assert_eq!(
            shop.rows(VALUES),
            ["default|admin/security/session_lifetime|1800"]
        );
        shop.run(["config:set", LIFETIME, "900"]).succeeded();
        assert_eq!(
            shop.rows(VALUES),
            ["default|admin/security/session_lifetime|900"]
        );
    }
}

#[test]
fn a_value_locked_in_env_php_reads_back_in_php_and_keeps_the_rest_of_the_file() {
    let shop = Shop::adopted();
    let run = shop
        .run(["config:set", "--lock-env", LIFETIME, "1800"])
        .succeeded();
    assert_eq!(
        run.stdout,
        "Value was saved in app/etc/env.php and locked.\n"
    );
    let value = "$c['system']['default']['admin']['security']['session_lifetime']";
    assert_eq!(shop.php("app/etc/env.php", value), "'1800'");
    let driver_options = "$c['db']['connection']['default']['driver_options'][1014]";
    assert_eq!(shop.php("app/etc/env.php", driver_options), "false");
    assert!(
        shop.read("app/etc/env.php")
            .contains("    // Set up by the agency, 2023\n")
    );
    assert_eq!(shop.rows(VALUES), Vec::<String>::new());
}

#[test]
fn a_value_locked_in_config_php_reads_back_in_php() {
    let shop = Shop::adopted();
    let run = shop
        .run(["config:set", "-c", "-e", LIFETIME, "1800"])
        .succeeded();
    assert_eq!(
        run.stdout,
        "Value was saved in app/etc/config.php and locked.\n"
    );
    let value = "$c['system']['default']['admin']['security']['session_lifetime']";
    assert_eq!(shop.php("app/etc/config.php", value), "'1800'");
    assert_eq!(
        shop.php(
            "app/etc/config.php",
            "$c['modules']['Magento_AdminAdobeIms']"
        ),
        "1"
    );
}

#[test]
fn a_value_is_locked_in_a_config_php_that_did_not_exist() {
    let shop = Shop::new();
    let run = shop
        .run(["config:set", "--lock-config", LIFETIME, "1800"])
        .succeeded();
    assert_eq!(
        run.stdout,
        "Value was saved in app/etc/config.php and locked.\n"
    );
    let value = "$c['system']['default']['admin']['security']['session_lifetime']";
    assert_eq!(shop.php("app/etc/config.php", value), "'1800'");
}

#[test]
fn an_encrypted_value_is_encrypted_in_the_file_too() {
    let shop = Shop::new();
    let path = "twofactorauth/duo/secret_key";
    shop.run(["config:set", "--lock-env", path, "duo-duo-duo"])
        .succeeded();
    assert!(!shop.read("app/etc/env.php").contains("duo-duo-duo"));
    assert_eq!(shop.run(["config:show", path]).stdout, "******\n");
}

#[test]
fn a_locked_value_is_not_set_in_the_database() {
    let shop = Shop::new();
    shop.run(["config:set", "--lock-env", LIFETIME, "1800"])
        .succeeded();
    insta::assert_snapshot!(shop.postern(&["config:set", LIFETIME, "900"]).refused(), @"
    exit code 1
    --- stderr ---
      The value you set has already been locked. To change the value, use the --lock-env option.
    ");
}

#[test]
fn the_settings_of_the_switch_are_the_switchs_alone() {
    let shop = Shop::new();
    for name in ["admin_enabled", "organization_id", "api_key", "private_key"] {
        let path = format!("adobe_ims/integration/{name}");
        for options in [&[][..], &["--lock-env"], &["--lock-config"]] {
            let arguments = [&["config:set", &path, "1"], options].concat();
            let run = shop.postern(&arguments).refused();
            assert!(
                run.stderr
                    .contains("admin:adobe-ims:enable and admin:adobe-ims:disable")
            );
        }
    }
    let arguments = ["config:set", "adobe_ims/integration/admin_enabled", "0"];
    insta::assert_snapshot!(shop.postern(&arguments).refused(), @"
    exit code 1
    --- stderr ---
      adobe_ims/integration/admin_enabled cannot be set by itself: admin:adobe-ims:enable and admin:adobe-ims:disable change it
    ");
}

#[test]
fn the_addresses_of_the_provider_can_be_set_if_they_are_safe() {
    let shop = Shop::new();
    let path = "adobe_ims/integration/imsUrl";
    shop.run(["config:set", path, "https://ims.test"])
        .succeeded();
    assert_eq!(shop.run(["config:show", path]).stdout, "https://ims.test\n");
    insta::assert_snapshot!(shop.postern(&["config:set", path, "http://ims.test"]).refused(), @"
    exit code 1
    --- stderr ---
      The address for adobe_ims/integration/imsUrl is plain http to `ims.test`; only https is allowed, except to this machine
    ");
    insta::assert_snapshot!(shop.postern(&["config:set", path, "nonsense"]).refused(), @"
    exit code 1
    --- stderr ---
      The address for adobe_ims/integration/imsUrl is not a complete URL (relative URL without a base)
    ");
}

#[test]
fn what_does_not_exist_or_fit_is_refused_in_commerces_words() {
    let shop = Shop::new();
    let refused = |arguments: &[&str]| shop.postern(arguments).refused();
    insta::assert_snapshot!(refused(&["config:set", "no/such/path", "1"]), @r#"
    exit code 1
    --- stderr ---
      The "no/such/path" path doesn't exist. Verify and try again.
    "#);
    insta::assert_snapshot!(refused(&["config:set", LIFETIME, "59"]), @"
    exit code 1
    --- stderr ---
      The Admin session lifetime is invalid. Set the lifetime to 60 seconds or longer and try again.
    ");
    insta::assert_snapshot!(refused(&["config:set", LIFETIME, "31536001"]), @"
    exit code 1
    --- stderr ---
      The Admin session lifetime is invalid. Set the lifetime to 31536000 seconds (one year) or shorter and try again.
    ");
    insta::assert_snapshot!(
        refused(&["config:set", "--scope=website", LIFETIME, "60"]), @"
    exit code 1
    --- stderr ---
      A scope code is missing. Enter a code and try again.
    ");
    insta::assert_snapshot!(
        refused(&["config:set", "--scope=website", "--scope-code=nowhere", LIFETIME, "60"]), @r#"
    exit code 1
    --- stderr ---
      The "nowhere" value doesn't exist. Enter another value and try again.
    "#);
    insta::assert_snapshot!(
        refused(&["config:set", "--scope-code=base", LIFETIME, "60"]), @r#"
    exit code 1
    --- stderr ---
      The "default" scope can't include a scope code. Try again without entering a scope code.
    "#);
    insta::assert_snapshot!(
        refused(&["config:set", "--scope=galaxy", "--scope-code=base", LIFETIME, "60"]), @r#"
    exit code 1
    --- stderr ---
      The "galaxy" value doesn't exist. Enter another value and try again.
    "#);
}

#[test]
fn a_value_is_saved_even_if_php_cannot_be_told() {
    let shop = Shop::new();
    shop.edit(
        "app/etc/env.php",
        "'install' =>",
        "'cache' => ['frontend' => ['default' => ['backend' => 'Magento\\\\Framework\\\\Cache\\\\\
         Backend\\\\Redis', 'backend_options' => ['server' => '127.0.0.1', 'port' => '1']]]],\n    \
         'install' =>",
    );
    insta::assert_snapshot!(shop.run(["config:set", LIFETIME, "1800"]), @"
    exit code 0
    --- stdout ---
    Value was saved.
    --- stderr ---
    the cache in Redis 127.0.0.1:1 database 0 was not cleared: Connection refused (os error 111)
    ");
}

#[test]
fn the_domain_of_keys_is_a_domain_and_models_are_models() {
    let shop = Shop::new();
    for (path, value, expected) in [
        ("postern/passkey/rp_id", "https://shop.test", "domain name"),
        ("postern/passkey/rp_id", "", "domain name"),
        (
            "postern/passkey/aaguids",
            "yubikey",
            "\"yubikey\" is no AAGUID",
        ),
    ] {
        let run = shop.postern(&["config:set", path, value]).refused();
        assert!(run.stderr.contains(expected), "{run}");
    }
    for value in ["shop.test", "other.test"] {
        shop.run(["config:set", "postern/passkey/rp_id", value])
            .succeeded();
    }
    let models = "2fc0579f-8113-47ea-b116-bb5a8db9202a, 2fc0579f811347eab116bb5a8db9202b";
    shop.run(["config:set", "postern/passkey/aaguids", models])
        .succeeded();
    shop.run(["config:set", "postern/passkey/aaguids", ""])
        .succeeded();
}
