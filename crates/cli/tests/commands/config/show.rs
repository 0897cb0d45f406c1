//! `config:show`.

use crate::shop::Shop;

#[test]
fn one_value_is_shown_bare() {
    let shop = Shop::new();
    shop.set_configuration("general/locale/code", "nl_NL");
    assert_eq!(
        shop.run(["config:show", "general/locale/code"])
            .succeeded()
            .stdout,
        "nl_NL\n"
    );
}

#[test]
fn all_saved_values_are_shown_with_their_paths() {
    let shop = Shop::new();
    shop.set_configuration("general/locale/code", "nl_NL");
    shop.set_configuration("twofactorauth/duo/secret_key", "0:3:unopened");
    shop.run([
        "config:set",
        "--lock-env",
        "admin/security/session_lifetime",
        "60",
    ])
    .succeeded();
    insta::assert_snapshot!(shop.run(["config:show"]), @"
    exit code 0
    --- stdout ---
    admin/security/session_lifetime - 60
    general/locale/code - nl_NL
    twofactorauth/duo/secret_key - ******
    ");
    let section = shop.run(["config:show", "general/locale"]).succeeded();
    assert_eq!(section.stdout, "general/locale/code - nl_NL\n");
}

#[test]
fn the_credentials_of_the_integration_are_masked() {
    let shop = Shop::new().enabled();
    let run = shop
        .run(["config:show", "adobe_ims/integration"])
        .succeeded();
    insta::assert_snapshot!(run, @"
    exit code 0
    --- stdout ---
    adobe_ims/integration/admin_enabled - 1
    adobe_ims/integration/api_key - ******
    adobe_ims/integration/imsUrl - http://PROVIDER
    adobe_ims/integration/organizationMembershipUrl - http://PROVIDER
    adobe_ims/integration/organization_id - ******
    adobe_ims/integration/private_key - ******
    ");
}

#[test]
fn a_variable_of_the_environment_wins() {
    let shop = Shop::new();
    shop.set_configuration("general/locale/code", "nl_NL");
    let run = shop
        .postern(&["config:show", "general/locale/code"])
        .variable("CONFIG__DEFAULT__GENERAL__LOCALE__CODE", "de_DE")
        .run();
    assert_eq!(run.succeeded().stdout, "de_DE\n");
}

#[test]
fn an_unknown_path_is_refused() {
    insta::assert_snapshot!(Shop::new().postern(&["config:show", "no/such/path"]).refused(), @r#"
    exit code 1
    --- stderr ---
      The "no/such/path" path doesn't exist. Verify and try again.
    "#);
}
