//! `admin:adobe-ims:enable`, where everything is as it should be.

use crate::shop::Shop;

const PATHS: &str = "SELECT path FROM #core_config_data WHERE path LIKE 'adobe_ims/integration/%' \
                     AND path NOT LIKE '%Url' ORDER BY path";

#[test]
fn it_prints_commerces_line_after_the_provider_has_accepted_everything() {
    let shop = Shop::new().with_provider();
    let run = shop.enabling(&[]).run();
    assert_eq!(run.stdout, "Admin Adobe IMS integration is enabled\n");
    insta::assert_snapshot!(run, @"
    exit code 0
    --- stdout ---
    Admin Adobe IMS integration is enabled
    --- stderr ---
    Who could sign in with a Commerce password
      ann  with the password from before
    ");
    assert_eq!(
        shop.rows(PATHS),
        [
            "adobe_ims/integration/admin_enabled",
            "adobe_ims/integration/api_key",
            "adobe_ims/integration/organization_id",
            "adobe_ims/integration/private_key"
        ]
    );
    let asked: Vec<String> = shop
        .provider()
        .log()
        .into_iter()
        .map(|it| it.path)
        .collect();
    assert_eq!(asked, ["/ims/authorize/v2", "/ims/token"]);
}

#[test]
fn an_adopted_shop_of_php_is_enabled_by_the_same_command() {
    let shop = Shop::adopted().with_provider();
    let run = shop.enabling(&[]).run().succeeded();
    assert_eq!(run.stdout, "Admin Adobe IMS integration is enabled\n");
    assert_eq!(shop.rows(PATHS).len(), 4);
}

#[test]
fn what_it_stores_php_commerce_decrypts() {
    let shop = Shop::new().enabled();
    let sql = "SELECT value FROM #core_config_data WHERE path = 'adobe_ims/integration/api_key'";
    let stored = shop.rows(sql).remove(0);
    let code = "[, , $sealed] = explode(':', $argv[1]); $sealed = base64_decode($sealed); \
                $nonce = substr($sealed, 0, 12); \
                echo sodium_crypto_aead_chacha20poly1305_ietf_decrypt(substr($sealed, 12), $nonce, \
                $nonce, $argv[2]);";
    let php = std::process::Command::new("php")
        .args([
            "-r",
            code,
            "--",
            &stored,
            "0123456789abcdef0123456789abcdef",
        ])
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(php.stdout).unwrap(), "sandbox-client");
}

#[test]
fn it_says_who_would_be_locked_out() {
    let shop = Shop::new().with_provider();
    shop.seed_admin("bob", None, "");
    shop.seed_admin("cleo", Some("cleo@localhost"), "");
    shop.seed_admin("dora", Some("ANN@shop.test"), "");
    let before = shop.fingerprint();
    let run = shop.run(["admin:adobe-ims:enable", "--dry-run"]);
    assert_eq!(
        before.differences(&shop.fingerprint()),
        Vec::<String>::new()
    );
    assert_eq!(run.stdout, "");
    insta::assert_snapshot!(run, @r#"
    exit code 0
    --- stderr ---
    Nothing was changed.
    ann could not sign in with an Adobe ID: another admin has the address ann@shop.test, too
    bob could not sign in with an Adobe ID: there is no usable mail address
    cleo could not sign in with an Adobe ID: there is no usable mail address
    dora could not sign in with an Adobe ID: another admin has the address ANN@shop.test, too
    No admin with full rights could sign in with an Adobe ID.
    Who could sign in with a Commerce password
      ann   with the password from before
      bob   no reachable mail (no address): set a password with admin:user:create
      cleo  no reachable mail (cleo@localhost): set a password with admin:user:create
      dora  must set a password first: "Forgot your password?" (ANN@shop.test)
    "#);
}

#[test]
fn a_script_gets_who_would_be_locked_out_as_json() {
    let shop = Shop::new();
    shop.seed_admin("bob", None, "");
    let run = shop
        .run(["admin:adobe-ims:enable", "--dry-run", "--format=json"])
        .succeeded();
    let preview = run.json();
    assert_eq!(preview["admins"][0]["username"], "ann");
    assert_eq!(preview["admins"][0].get("adobe_obstacle"), None);
    assert_eq!(preview["admins"][1]["adobe_obstacle"], "no_mail");
    assert_eq!(preview["admins"][1]["sign_in"], "no_reachable_mail");
}

#[test]
fn the_organization_id_may_carry_its_suffix() {
    let shop = Shop::new().with_provider();
    let secret = shop.folder().join("secret");
    std::fs::write(&secret, "sandbox-secret").unwrap();
    let secret = format!("--client-secret-file={}", secret.display());
    let organization = "0123456789ABCDEF01234567@AdobeOrg";
    let run = shop.run([
        "admin:adobe-ims:enable",
        "-o",
        organization,
        "-c",
        "sandbox-client",
        "-t",
        "y",
        &secret,
    ]);
    run.succeeded();
    let info = shop.run(["admin:adobe-ims:info"]).succeeded();
    assert!(
        info.stdout
            .contains("Organization ID: 0123456789ABCDEF01234567\n"),
        "{info}"
    );
}

#[test]
fn enabling_again_takes_new_credentials() {
    let shop = Shop::new().enabled();
    let epoch = |shop: &Shop| shop.run(["a:a:s", "--format=json"]).json()["epoch"].as_i64();
    let before = epoch(&shop);
    shop.enabling(&[]).run().succeeded();
    assert!(epoch(&shop) > before);
    assert_eq!(shop.rows(PATHS).len(), 4);
}

#[test]
fn a_script_gets_the_epoch_as_json() {
    let shop = Shop::new().with_provider();
    let enabled = shop
        .enabling(&["--format", "json"])
        .run()
        .succeeded()
        .json();
    assert_eq!(enabled["warnings"], serde_json::json!([]));
    assert_eq!(enabled["admins"][0]["username"], "ann");
    assert_eq!(enabled["epoch"], 2);
}

#[test]
fn a_preview_settles_no_trial_and_tells_that_a_secret_was_seen() {
    for shop in [Shop::new(), Shop::adopted()] {
        let shop = shop.enabled();
        shop.sql("UPDATE #postern_sign_in_mode SET trial_until = changed_at - 1");
        let before = shop.fingerprint();
        let run = shop.run(["a:a:e", "--dry-run", "-s", "s3cr3t"]).succeeded();
        assert!(run.stderr.contains("seen by every user"), "{run}");
        assert_eq!(
            before.differences(&shop.fingerprint()),
            Vec::<String>::new()
        );
    }
}
