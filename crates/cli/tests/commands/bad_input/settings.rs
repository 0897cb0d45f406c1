//! Organization ID, client ID, client secret or the answer about 2FA that cannot be.

use crate::run::Run;
use crate::shop::Shop;

const ORGANIZATION: &str = "0123456789ABCDEF01234567";

fn enabling(shop: &Shop, organization: &str, client: &str, secret: &str, two_factor: &str) -> Run {
    let run = shop
        .postern(&[
            "admin:adobe-ims:enable",
            &format!("--organization-id={organization}"),
            &format!("--client-id={client}"),
            "--client-secret=-",
            &format!("--2fa={two_factor}"),
        ])
        .input(&format!("{secret}\n"))
        .refused();
    assert!(
        shop.provider().log().is_empty(),
        "the provider was asked in vain\n{run}"
    );
    run
}

#[test]
fn an_organization_id_has_24_characters() {
    let shop = Shop::new().with_provider();
    let refused = |id: &str| enabling(&shop, id, "sandbox-client", "sandbox-secret", "yes");
    insta::assert_snapshot!(refused("0123456789ABCDEF0123456"), @"
    exit code 1
    --- stderr ---
      No valid Organization ID provided: it has 24 letters and digits, and @AdobeOrg after them or not
    ");
    insta::assert_snapshot!(refused("0123456789ABCDEF012345678"), @"
    exit code 1
    --- stderr ---
      No valid Organization ID provided: it has 24 letters and digits, and @AdobeOrg after them or not
    ");
    insta::assert_snapshot!(refused("0123456789ABCDEF01234567@Other"), @"
    exit code 1
    --- stderr ---
      No valid Organization ID provided: it has 24 letters and digits, and @AdobeOrg after them or not
    ");
    insta::assert_snapshot!(refused("0123456789ABCDEF0123456é"), @"
    exit code 1
    --- stderr ---
      No valid Organization ID provided: it has 24 letters and digits, and @AdobeOrg after them or not
    ");
}

#[test]
fn a_client_id_has_letters_digits_and_dashes() {
    let shop = Shop::new().with_provider();
    let refused = |id: &str| enabling(&shop, ORGANIZATION, id, "sandbox-secret", "yes");
    insta::assert_snapshot!(refused("my client"), @"
    exit code 1
    --- stderr ---
      No valid Client ID provided: it has letters, digits, _ and - only
    ");
    insta::assert_snapshot!(refused("client$"), @"
    exit code 1
    --- stderr ---
      No valid Client ID provided: it has letters, digits, _ and - only
    ");
}

#[test]
fn a_client_secret_has_no_blanks_and_is_no_mask() {
    let shop = Shop::new().with_provider();
    let refused = |secret: &str| enabling(&shop, ORGANIZATION, "sandbox-client", secret, "yes");
    insta::assert_snapshot!(refused(""), @"
    exit code 1
    --- stderr ---
      The client secret is empty: this field is required to enable the Admin Adobe IMS Module
    ");
    insta::assert_snapshot!(refused("two words"), @"
    exit code 1
    --- stderr ---
      No valid Client Secret provided: it has no blanks, and is not all asterisks
    ");
    insta::assert_snapshot!(refused("******"), @"
    exit code 1
    --- stderr ---
      No valid Client Secret provided: it has no blanks, and is not all asterisks
    ");
}

#[test]
fn the_second_factor_is_not_required_by_the_organization() {
    let shop = Shop::new().with_provider();
    let refused = |answer: &str| {
        enabling(
            &shop,
            ORGANIZATION,
            "sandbox-client",
            "sandbox-secret",
            answer,
        )
    };
    insta::assert_snapshot!(refused("no"), @"
    exit code 1
    --- stderr ---
      The Client ID, Client Secret, Organization ID and 2FA are required when enabling the Admin Adobe IMS Module: require 2FA of the organization in the Adobe Admin Console first
    ");
}

#[test]
fn a_file_of_the_secret_that_cannot_be_used_is_named() {
    let shop = Shop::new().with_provider();
    let refused = |file: &str| {
        let file = format!("--client-secret-file={file}");
        let given = [
            "admin:adobe-ims:enable",
            "-o",
            ORGANIZATION,
            "-c",
            "sandbox-client",
            "-ty",
        ];
        shop.postern(&[&given[..], &[&file]].concat()).refused()
    };
    insta::assert_snapshot!(refused("/nonexistent/secret"), @"
    exit code 1
    --- stderr ---
      The client secret cannot be read from /nonexistent/secret: No such file or directory (os error 2)
    ");
    insta::assert_snapshot!(refused("app"), @"
    exit code 1
    --- stderr ---
      The client secret in app cannot be read: Is a directory (os error 21)
    ");
    std::fs::write(shop.folder().join("empty"), "\n").unwrap();
    insta::assert_snapshot!(refused("../empty"), @"
    exit code 1
    --- stderr ---
      The client secret is empty: this field is required to enable the Admin Adobe IMS Module
    ");
    std::fs::write(shop.folder().join("binary"), [0xff, 0xfe, b'\n']).unwrap();
    insta::assert_snapshot!(refused("../binary"), @"
    exit code 1
    --- stderr ---
      The client secret in ../binary is not valid UTF-8 text
    ");
}

#[test]
fn the_secret_is_given_in_two_ways() {
    let shop = Shop::new().with_provider();
    insta::assert_snapshot!(shop.enabling(&["--client-secret=x"]).misused(), @r#"
    exit code 2
    --- stderr ---
      The "--client-secret-file" option cannot be used together with "--client-secret".
    admin:adobe-ims:enable [-o|--organization-id [ORGANIZATION-ID]] [-c|--client-id [CLIENT-ID]] [-s|--client-secret [CLIENT-SECRET]] [-t|--2fa [2FA]] [--client-secret-file CLIENT-SECRET-FILE] [--issuer ISSUER] [--organization-claim ORGANIZATION-CLAIM] [--everybody] [--scope SCOPE] [--second-factor SECOND-FACTOR] [--id-token-hint] [--role-claim ROLE-CLAIM] [--map-role MAP-ROLE] [--provision] [--try TRY] [--dry-run] [--format FORMAT]
    "#);
}
