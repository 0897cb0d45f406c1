//! `admin:adobe-ims:info`.

use crate::shop::Shop;

#[test]
fn it_shows_the_settings_but_never_the_secret() {
    let shop = Shop::new().enabled();
    let run = shop.run(["admin:adobe-ims:info"]);
    assert!(!format!("{}{}", run.stdout, run.stderr).contains("sandbox-secret"));
    insta::assert_snapshot!(run, @"
    exit code 0
    --- stdout ---
    Client ID: sandbox-client
    Organization ID: 0123456789ABCDEF01234567
    Client Secret configured
    --- stderr ---
    The provider accepts the Client ID and the Client Secret.
    ");
}

#[test]
fn while_the_integration_is_off_there_is_nothing_to_show() {
    insta::assert_snapshot!(Shop::new().run(["admin:adobe-ims:info"]), @"
    exit code 0
    --- stdout ---
    Module is disabled
    ");
}

#[test]
fn a_provider_that_is_down_hides_none_of_them() {
    let shop = Shop::new().enabled();
    shop.provider().set_fault("*", ims_sandbox::Fault::Down);
    insta::assert_snapshot!(shop.run(["admin:adobe-ims:info"]), @"
    exit code 0
    --- stdout ---
    Client ID: sandbox-client
    Organization ID: 0123456789ABCDEF01234567
    Client Secret configured
    --- stderr ---
    PROVIDER cannot be reached: the connection broke off before a complete answer, or it does not speak HTTP; nothing is known about the credentials, try again later
    ");
}
