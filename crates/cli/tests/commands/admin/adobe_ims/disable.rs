//! `admin:adobe-ims:disable`, where everything is as it should be.

use std::fs;

use crate::run::Run;
use crate::shop::{HASH_BY_PHP, Shop};

const DISABLED: &str = "Admin Adobe IMS integration is disabled.\n";

#[test]
fn it_prints_commerces_line_and_nothing_else_on_standard_output() {
    let shop = Shop::new().enabled();
    let run = shop.run(["admin:adobe-ims:disable"]);
    assert_eq!(run.stdout, DISABLED);
    insta::assert_snapshot!(run, @"
    exit code 0
    --- stdout ---
    Admin Adobe IMS integration is disabled.
    --- stderr ---
      Removed    Organization ID  core_config_data
                 Client ID        core_config_data
                 Client Secret    core_config_data
      Ended      0 sessions here, 0 of PHP Commerce, 0 stored PHP sessions with an Adobe token
      Voided     web API tokens of 1 admin, 0 stored Adobe tokens
      Searched   15 places: nothing of it is left
    Who can sign in with a Commerce password now
      ann  with the password from before
    Second factors
      1 without, who must set one up first: ann
    ");
}

#[test]
fn its_name_may_be_abbreviated() {
    let shop = Shop::new().enabled();
    assert_eq!(shop.run(["a:a:d"]).succeeded().stdout, DISABLED);
    assert!(shop.run(["a:a:s"]).stdout.ends_with("is disabled\n"));
}

#[test]
fn the_instances_own_launcher_runs_it_from_anywhere() {
    let shop = Shop::new().enabled();
    let launcher = shop.path("bin/magento");
    let output = std::process::Command::new(launcher)
        .arg("admin:adobe-ims:disable")
        .current_dir("/")
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), DISABLED);
    assert!(output.status.success());
}

#[test]
fn an_adopted_shop_of_php_is_switched_by_the_same_command() {
    let shop = Shop::adopted().enabled();
    insta::assert_snapshot!(shop.run(["admin:adobe-ims:disable"]), @"
    exit code 0
    --- stdout ---
    Admin Adobe IMS integration is disabled.
    --- stderr ---
      Removed    Organization ID  core_config_data
                 Client ID        core_config_data
                 Client Secret    core_config_data
      Ended      0 sessions here, 0 of PHP Commerce, 0 stored PHP sessions with an Adobe token
      Voided     web API tokens of 1 admin, 0 stored Adobe tokens
      Searched   12 places: nothing of it is left
                 not searched: logs and freed pages of the database server: only the operator of the server can look there
                 not searched: PHP's session.save_path, if php.ini has one: only the operator of the server can look there
    Who can sign in with a Commerce password now
      ann  with the password from before
    Second factors
      1 without, who must set one up first: ann
    ");
    let sql = "SELECT path, value FROM #core_config_data WHERE path IN \
               ('adobe_ims/integration/admin_enabled', 'adobe_ims/integration/organization_id', \
               'adobe_ims/integration/api_key', 'adobe_ims/integration/private_key')";
    assert_eq!(shop.rows(sql), ["adobe_ims/integration/admin_enabled|0"]);
}

#[test]
fn twice_is_harmless() {
    let shop = Shop::new().enabled();
    shop.run(["a:a:d"]).succeeded();
    let before = shop.fingerprint();
    let again = shop.run(["a:a:d"]);
    assert_eq!(again.stdout, DISABLED);
    assert_eq!(
        before.differences(&shop.fingerprint()),
        Vec::<String>::new()
    );
    insta::assert_snapshot!(again, @"
    exit code 0
    --- stdout ---
    Admin Adobe IMS integration is disabled.
    --- stderr ---
    It was disabled already.
      Removed    nothing: no settings are stored
      Ended      0 sessions here, 0 of PHP Commerce, 0 stored PHP sessions with an Adobe token
      Voided     web API tokens of 0 admins, 0 stored Adobe tokens
    Who can sign in with a Commerce password now
      ann  with the password from before
    Second factors
      1 without, who must set one up first: ann
    ");
}

#[test]
fn values_in_the_files_go_and_nothing_else_in_them() {
    let shop = Shop::adopted().enabled();
    let env_php = shop.read("app/etc/env.php");
    let config_php = shop.read("app/etc/config.php");
    let locked = "'system' => ['default' => ['adobe_ims' => ['integration' => [\n\
                  'api_key' => 'sandbox-client', 'private_key' => '0:3:unused']]]],\n    ";
    shop.edit(
        "app/etc/env.php",
        "'install' =>",
        &format!("{locked}'install' =>"),
    );
    shop.edit(
        "app/etc/config.php",
        "'modules' =>",
        "'system' => ['default' => ['adobe_ims' => \
               ['integration' => ['admin_enabled' => '1']]]],\n    'modules' =>",
    );
    let run = shop.run(["a:a:d", "--discard-unreadable"]).succeeded();
    assert!(run.stderr.contains("app/etc/env.php, line"), "{run}");
    let integration = "$c['system']['default']['adobe_ims']['integration'] ?? []";
    for file in ["app/etc/env.php", "app/etc/config.php"] {
        assert!(!shop.read(file).contains("sandbox-client"), "{file}");
        assert_eq!(
            shop.php(file, integration).replace(['\n', ' '], ""),
            "array()",
            "{file}"
        );
    }
    let comment = "// Set up by the agency, 2023";
    assert!(env_php.contains(comment) && shop.read("app/etc/env.php").contains(comment));
    assert_eq!(
        shop.php("app/etc/config.php", "$c['modules']['Magento_Store']"),
        "1"
    );
    assert!(config_php.contains("'modules' =>"));
}

#[test]
fn a_preview_says_what_would_happen_and_changes_nothing() {
    let shop = Shop::new().enabled();
    shop.seed_admin("bob", Some("bob@shop.test"), "");
    shop.seed_admin("cleo", None, "");
    shop.sql("UPDATE #admin_user SET lock_expires = '2999-01-01 00:00:00' WHERE username = 'ann'");
    let before = shop.fingerprint();
    let run = shop.run(["admin:adobe-ims:disable", "--dry-run"]);
    assert_eq!(
        before.differences(&shop.fingerprint()),
        Vec::<String>::new()
    );
    assert_eq!(run.stdout, "");
    insta::assert_snapshot!(run, @r#"
    exit code 0
    --- stderr ---
    Nothing was changed. Disabling the integration would do this:
      Remove     Organization ID  core_config_data
                 Client ID        core_config_data
                 Client Secret    core_config_data
      End        0 sessions here, 0 of PHP Commerce, 0 stored PHP sessions with an Adobe token
      Void       web API tokens of 3 admins, 0 stored Adobe tokens
    Who could sign in with a Commerce password
      ann   locked until 2999-01-01 00:00 UTC; admin:user:unlock ann ends that
      bob   must set a password first: "Forgot your password?" (bob@shop.test)
      cleo  no reachable mail (no address): set a password with admin:user:create
      Everybody with full rights who has a password is locked for now.
    Second factors
      3 without, who would have to set one up first: ann, bob, cleo
    "#);
}

#[test]
fn who_has_a_second_factor_from_before_and_who_must_set_one_up_is_told_before_and_afterwards() {
    let shop = Shop::new();
    for name in ["bob", "cleo"] {
        shop.seed_admin(name, None, HASH_BY_PHP);
    }
    let set_secret = |name: &str| {
        let run = shop.postern(&["security:tfa:google:set-secret", name, "-"]);
        run.input("MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U\n")
            .run()
            .succeeded();
    };
    ["ann", "cleo"].into_iter().for_each(set_secret);
    let shop = shop.enabled();
    shop.sql(
        "UPDATE #tfa_user_config SET encoded_config = '0:3:AAAA' WHERE user_id = \
         (SELECT user_id FROM #admin_user WHERE username = 'cleo')",
    );
    let told = |run: Run| {
        let (_, told) = run.stderr.split_once("Second factors\n").unwrap();
        let lines: Vec<&str> = told.lines().map(str::trim).collect();
        lines.join("\n")
    };
    insta::assert_snapshot!(told(shop.run(["a:a:d", "--dry-run"])), @r"
    1 with one, who would be asked for it: ann
    1 without, who would have to set one up first: bob
    What cleo has cannot be read, and cleo does not get in: security:tfa:reset
    ");
    let preview = shop.run(["a:a:d", "--dry-run", "--format=json"]).json();
    let expected = serde_json::json!({
        "module": "on", "enrolled": ["ann"], "must_enrol": ["bob"], "unreadable": ["cleo"],
    });
    assert_eq!(preview["second_factors"], expected);
    shop.write(
        "app/etc/config.php",
        "<?php\nreturn ['modules' => ['Magento_TwoFactorAuth' => 0]];\n",
    );
    let preview = shop.run(["a:a:d", "--dry-run"]);
    insta::assert_snapshot!(told(preview), @"nobody is asked: app/etc/config.php switches Magento_TwoFactorAuth off");
    shop.edit("app/etc/config.php", "=> 0", "=> 1");
    insta::assert_snapshot!(told(shop.run(["a:a:d"])), @r"
    1 with one, who will be asked for it: ann
    1 without, who must set one up first: bob
    What cleo has cannot be read, and cleo does not get in: security:tfa:reset
    ");
}

#[test]
fn what_is_not_known_of_second_factors_never_stops_it() {
    let shop = Shop::new().enabled();
    shop.sql("ALTER TABLE #tfa_user_config RENAME COLUMN encoded_config TO lost");
    let run = shop.run(["admin:adobe-ims:disable"]);
    assert_eq!(run.stdout, DISABLED);
    assert!(
        run.stderr.contains("the second factors were not looked at"),
        "{run}"
    );
    assert!(!run.stderr.contains("Second factors\n"), "{run}");
}

#[test]
fn a_script_gets_the_receipt_as_json() {
    let shop = Shop::new().enabled();
    shop.seed_admin("dora", Some("dora@shop.test"), HASH_BY_PHP);
    let run = shop
        .run(["admin:adobe-ims:disable", "--format", "json"])
        .succeeded();
    let receipt = run.json();
    assert_eq!(run.stderr, "");
    assert_eq!(receipt["outcome"], "disabled");
    assert_eq!(receipt["removed"][1]["setting"], "Client ID");
    assert_eq!(receipt["residue"]["found"], serde_json::json!([]));
    assert_eq!(receipt["admins"][1]["username"], "dora");
    assert_eq!(receipt["admins"][1]["sign_in"], "has_password");
    let again = shop
        .run(["admin:adobe-ims:disable", "--format=json"])
        .succeeded()
        .json();
    assert_eq!(again["outcome"], "already_disabled");
}

#[test]
fn quiet_silences_all_but_the_exit_code() {
    let shop = Shop::new().enabled();
    let run = shop.run(["a:a:d", "-q"]).succeeded();
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""));
    assert!(shop.run(["a:a:s", "--format=json"]).json()["mode"] == "commerce");
}

#[test]
fn more_words_and_no_questions_leave_standard_output_alone() {
    for option in ["-v", "-vvv", "-n", "--no-ansi", "--ansi"] {
        let shop = Shop::new().enabled();
        let run = shop.run(["admin:adobe-ims:disable", option]).succeeded();
        assert_eq!(run.stdout, DISABLED, "{option}");
        assert_eq!(
            run.stderr.contains('\u{1b}'),
            option == "--ansi",
            "{option}"
        );
    }
}

#[test]
fn an_unreachable_provider_never_stops_it() {
    let shop = Shop::new().enabled();
    shop.provider().set_fault("*", ims_sandbox::Fault::Down);
    assert_eq!(
        shop.run(["admin:adobe-ims:disable"]).succeeded().stdout,
        DISABLED
    );
}

#[test]
fn where_nobody_is_active_nothing_is_said_of_second_factors() {
    let shop = Shop::new().enabled();
    shop.sql("UPDATE #admin_user SET is_active = 0");
    let run = shop.run(["admin:adobe-ims:disable"]).succeeded();
    assert!(!run.stderr.contains("Second factors"), "{run}");
}

#[test]
fn a_link_goes_to_those_who_must_set_a_password() {
    let shop = Shop::new().enabled();
    shop.seed_admin("bob", Some("bob@shop.test"), "");
    shop.set_configuration("system/smtp/transport", "file");
    let preview = shop.run(["a:a:d", "--notify", "--dry-run"]).succeeded();
    let told = "Mail       bob a link to set a password";
    assert!(preview.stderr.contains(told), "{preview}");
    assert!(!shop.path("var/mail").exists());
    let run = shop.run(["admin:adobe-ims:disable", "--notify"]);
    assert_eq!(run.stdout, DISABLED, "{run}");
    assert!(run.stderr.contains("bob a link to set a password"), "{run}");
    let mails: Vec<_> = fs::read_dir(shop.path("var/mail")).unwrap().collect();
    let mail = fs::read_to_string(mails[0].as_ref().unwrap().path()).unwrap();
    assert!(mails.len() == 1 && mail.contains("bob@shop.test"), "{mail}");
    assert!(
        mail.contains("https://shop.test/backend/admin/auth/resetpassword/"),
        "{mail}"
    );
}

#[test]
fn a_secret_that_a_file_takes_from_a_variable_is_searched_for() {
    let shop = Shop::new().enabled();
    shop.edit(
        "app/etc/env.php",
        "'install' =>",
        "'system' => ['default' => ['adobe_ims' => ['integration' => [\n        \
         'private_key' => '#env(IMS_SECRET, \"of-nobody\")'\n    ]]]],\n    'install' =>",
    );
    fs::write(shop.path("var/log/debug.log"), "got env-secret-66\n").unwrap();
    let disabling = shop
        .postern(&["a:a:d"])
        .variable("IMS_SECRET", "env-secret-66");
    let run = disabling.run().succeeded();
    assert!(
        run.stderr.contains("Client Secret in var/log/debug.log"),
        "{run}"
    );
}
