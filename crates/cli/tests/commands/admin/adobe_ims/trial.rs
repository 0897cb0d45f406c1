//! `admin:adobe-ims:enable --try`: on trial until an admin with full rights has signed in.

use crate::shop::Shop;

const TRIAL_IS_OVER: &str = "UPDATE #postern_sign_in_mode SET changed_at = changed_at - 3600, \
                             trial_until = trial_until - 3600";

fn mode(shop: &Shop) -> serde_json::Value {
    shop.run(["a:a:s", "--format=json"]).succeeded().json()["mode"].clone()
}

#[test]
fn the_status_shows_the_time_left() {
    let shop = Shop::new().with_provider();
    let run = shop.enabling(&["--try", "15m"]).run();
    assert_eq!(run.stdout, "Admin Adobe IMS integration is enabled\n");
    assert!(run.stderr.contains("On trial until"), "{run}");
    let status = shop.run(["admin:adobe-ims:status"]);
    assert_eq!(status.stdout, "Admin Adobe IMS integration is enabled\n");
    assert!(
        status.stderr.contains("On trial: it reverts in 14 min "),
        "{status}"
    );
    let left = shop.run(["a:a:s", "--format=json"]).json()["trial_seconds_left"]
        .as_i64()
        .unwrap();
    assert!((840..=900).contains(&left), "{left}");
}

#[test]
fn an_expired_trial_is_reverted_by_whatever_command_comes_next() {
    for shop in [Shop::new(), Shop::adopted()] {
        let shop = shop.with_provider();
        shop.enabling(&["--try=15m"]).run().succeeded();
        shop.sql(TRIAL_IS_OVER);
        shop.run(["cache:clean", "config"]).succeeded();
        let sql = "SELECT mode, trial_until FROM #postern_sign_in_mode";
        assert_eq!(shop.rows(sql), ["commerce|NULL"]);
        let sql = "SELECT COUNT(*) FROM #core_config_data WHERE path IN \
                   ('adobe_ims/integration/api_key', 'adobe_ims/integration/private_key')";
        assert_eq!(shop.rows(sql), ["0"]);
    }
}

#[test]
fn a_sign_in_with_full_rights_makes_it_stay() {
    let shop = Shop::new().with_provider();
    shop.enabling(&["--try=15m"]).run().succeeded();
    shop.sql("UPDATE #admin_user SET logdate = datetime('now', '-50 minutes')");
    shop.sql(TRIAL_IS_OVER);
    assert_eq!(mode(&shop), "adobe_ims");
    assert_eq!(
        shop.rows("SELECT trial_until FROM #postern_sign_in_mode"),
        ["NULL"]
    );
}

#[test]
fn a_sign_in_with_fewer_rights_does_not() {
    let shop = Shop::new().with_provider();
    shop.enabling(&["--try=15m"]).run().succeeded();
    shop.sql("UPDATE #admin_user SET logdate = datetime('now', '-50 minutes')");
    shop.sql("UPDATE #authorization_rule SET permission = 'deny'");
    shop.sql(TRIAL_IS_OVER);
    assert_eq!(mode(&shop), "commerce");
}

#[test]
fn a_time_that_makes_no_sense_is_wrong_usage() {
    let shop = Shop::new().with_provider();
    insta::assert_snapshot!(shop.enabling(&["--try=soon"]).misused(), @r#"
    exit code 2
    --- stderr ---
      The value of the "--try" option is not valid: write a time such as 15m, 90s or 2h.
    admin:adobe-ims:enable [-o|--organization-id [ORGANIZATION-ID]] [-c|--client-id [CLIENT-ID]] [-s|--client-secret [CLIENT-SECRET]] [-t|--2fa [2FA]] [--client-secret-file CLIENT-SECRET-FILE] [--issuer ISSUER] [--organization-claim ORGANIZATION-CLAIM] [--everybody] [--scope SCOPE] [--second-factor SECOND-FACTOR] [--id-token-hint] [--role-claim ROLE-CLAIM] [--map-role MAP-ROLE] [--provision] [--try TRY] [--dry-run] [--format FORMAT]
    "#);
    insta::assert_snapshot!(shop.enabling(&["--try=2s"]).misused(), @r#"
    exit code 2
    --- stderr ---
      The value of the "--try" option is not valid: it must be between one minute and 24 hours.
    admin:adobe-ims:enable [-o|--organization-id [ORGANIZATION-ID]] [-c|--client-id [CLIENT-ID]] [-s|--client-secret [CLIENT-SECRET]] [-t|--2fa [2FA]] [--client-secret-file CLIENT-SECRET-FILE] [--issuer ISSUER] [--organization-claim ORGANIZATION-CLAIM] [--everybody] [--scope SCOPE] [--second-factor SECOND-FACTOR] [--id-token-hint] [--role-claim ROLE-CLAIM] [--map-role MAP-ROLE] [--provision] [--try TRY] [--dry-run] [--format FORMAT]
    "#);
}
