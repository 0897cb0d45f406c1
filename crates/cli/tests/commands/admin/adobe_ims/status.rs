//! `admin:adobe-ims:status`.

use crate::shop::Shop;

#[test]
fn it_says_which_mode_holds_in_commerces_words() {
    let shop = Shop::new().with_provider();
    insta::assert_snapshot!(shop.run(["admin:adobe-ims:status"]), @"
    exit code 0
    --- stdout ---
    Admin Adobe IMS integration is disabled
    --- stderr ---
    Since TIME by operator@HOST.
    ");
    shop.enabling(&[]).run().succeeded();
    let run = shop.run(["admin:adobe-ims:status"]);
    assert_eq!(run.stdout, "Admin Adobe IMS integration is enabled\n");
}

#[test]
fn it_tells_where_php_commerce_would_disagree() {
    let shop = Shop::adopted();
    shop.set_configuration("adobe_ims/integration/admin_enabled", "1");
    insta::assert_snapshot!(shop.run(["a:a:s"]), @"
    exit code 0
    --- stdout ---
    Admin Adobe IMS integration is disabled
    --- stderr ---
    Since TIME by operator@HOST.
    PHP Commerce's own configuration says that the integration is enabled: admin:adobe-ims:disable makes both agree.
    ");
}

#[test]
fn a_script_gets_it_as_json() {
    let shop = Shop::new();
    let status = shop
        .run(["admin:adobe-ims:status", "--format=json"])
        .succeeded()
        .json();
    assert_eq!(status["mode"], "commerce");
    assert_eq!(status["epoch"], 1);
    assert_eq!(status["cleanup_pending"], false);
    assert_eq!(status.get("trial_seconds_left"), None);
}

#[test]
fn what_the_environment_pins_is_named_before_anybody_is_told_to_switch() {
    let shop = Shop::new();
    let name = "CONFIG__DEFAULT__ADOBE_IMS__INTEGRATION__ADMIN_ENABLED";
    let run = shop.postern(&["admin:adobe-ims:status"]);
    let run = run.variable(name, "1").run().succeeded();
    assert_eq!(run.stdout, "Admin Adobe IMS integration is disabled\n");
    let told = format!("unset {name} for PHP and for Postern.");
    assert!(run.stderr.contains(&told), "{run}");
    assert!(!run.stderr.contains("makes both agree"), "{run}");
}
