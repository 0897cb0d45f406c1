//! Nobody is there to answer: `--no-interaction`, an empty or a closed standard input, or answers
//! that make no sense.

use crate::shop::Shop;

#[test]
fn no_interaction_names_what_is_missing() {
    let shop = Shop::new().with_provider();
    let refused = |arguments: &[&str]| shop.postern(arguments).refused();
    let organization = [
        "admin:adobe-ims:enable",
        "-n",
        "-o",
        "0123456789ABCDEF01234567",
    ];
    insta::assert_snapshot!(refused(&["admin:adobe-ims:enable", "--no-interaction"]), @"
    exit code 1
    --- stderr ---
      The organization ID (--organization-id) is missing, and no question may be asked (--no-interaction)
    ");
    insta::assert_snapshot!(refused(&organization), @"
    exit code 1
    --- stderr ---
      The client ID (--client-id) is missing, and no question may be asked (--no-interaction)
    ");
    let client = [&organization[..], &["-c", "sandbox-client"]].concat();
    insta::assert_snapshot!(refused(&client), @"
    exit code 1
    --- stderr ---
      The client secret (--client-secret-file) is missing, and no question may be asked (--no-interaction)
    ");
    insta::assert_snapshot!(refused(&["admin:user:create", "-n"]), @"
    exit code 1
    --- stderr ---
      --admin-user is missing, and no question may be asked (--no-interaction)
    ");
    insta::assert_snapshot!(refused(&["config:sensitive:set", "-n"]), @"
    exit code 1
    --- stderr ---
      The path is missing, and no question may be asked (--no-interaction)
    ");
    insta::assert_snapshot!(refused(&["admin:adobe-ims:residue", "-n"]), @"
    exit code 1
    --- stderr ---
      The value (--stdin) is missing, and no question may be asked (--no-interaction)
    ");
}

#[test]
fn no_interaction_and_no_word_on_2fa_is_a_refusal() {
    let shop = Shop::new().with_provider();
    let secret = shop.folder().join("secret");
    std::fs::write(&secret, "sandbox-secret").unwrap();
    let run = shop
        .postern(&[
            "admin:adobe-ims:enable",
            "-n",
            "-o0123456789ABCDEF01234567",
            "-csandbox-client",
            "--client-secret-file=../secret",
        ])
        .refused();
    insta::assert_snapshot!(run, @"
    exit code 1
    --- stderr ---
      The answer about 2FA (--2fa) is missing, and no question may be asked (--no-interaction)
    ");
}

#[test]
fn standard_input_is_closed() {
    let shop = Shop::new().with_provider();
    let refused = |arguments: &[&str]| shop.postern(arguments).input_closed().refused();
    insta::assert_snapshot!(refused(&["admin:adobe-ims:enable"]), @"
    exit code 1
    --- stderr ---
    Please enter your Organization ID:
      The organization ID (--organization-id) is missing: the input ended before an answer
    ");
    let given = [
        "admin:adobe-ims:enable",
        "-o0123456789ABCDEF01234567",
        "-csandbox-client",
        "-ty",
    ];
    insta::assert_snapshot!(refused(&[&given[..], &["--client-secret=-"]].concat()), @"
    exit code 1
    --- stderr ---
      The client secret is missing: the input ended before an answer
    ");
    insta::assert_snapshot!(refused(&["admin:user:create"]), @"
    exit code 1
    --- stderr ---
    Admin user:
      --admin-user is missing: the input ended before an answer
    ");
    insta::assert_snapshot!(refused(&["admin:adobe-ims:residue", "--stdin"]), @"
    exit code 1
    --- stderr ---
      The value is missing: the input ended before an answer
    ");
}

#[test]
fn the_heart_asks_nothing_and_works_with_standard_input_closed() {
    let shop = Shop::new().enabled();
    let run = shop
        .postern(&["admin:adobe-ims:disable"])
        .input_closed()
        .run()
        .succeeded();
    assert_eq!(run.stdout, "Admin Adobe IMS integration is disabled.\n");
}

#[test]
fn three_answers_that_make_no_sense_are_enough() {
    let shop = Shop::new().with_provider();
    let run = shop
        .postern(&["admin:adobe-ims:enable"])
        .input("a\nb\n\n0123456789\n")
        .refused();
    insta::assert_snapshot!(run, @"
    exit code 1
    --- stderr ---
    Please enter your Organization ID:
      No valid Organization ID provided: it has 24 letters and digits, and @AdobeOrg after them or not
    Please enter your Organization ID:
      No valid Organization ID provided: it has 24 letters and digits, and @AdobeOrg after them or not
    Please enter your Organization ID:
      This field is required to enable the Admin Adobe IMS Module
      The organization ID (--organization-id) was not accepted in 3 tries: This field is required to enable the Admin Adobe IMS Module
    ");
}

#[test]
fn two_factor_authentication_is_answered_with_no() {
    let shop = Shop::new().with_provider();
    let answers = "0123456789ABCDEF01234567\nsandbox-client\nsandbox-secret\nno\n";
    let run = shop
        .postern(&["admin:adobe-ims:enable"])
        .input(answers)
        .refused();
    insta::assert_snapshot!(run, @"
    exit code 1
    --- stderr ---
    Please enter your Organization ID:
    Please enter your Client ID:
    Please enter your Client Secret:
    Is 2FA enabled for Organization in Adobe Admin Console? (yes/no):
      The Client ID, Client Secret, Organization ID and 2FA are required when enabling the Admin Adobe IMS Module: require 2FA of the organization in the Adobe Admin Console first
    ");
}
