//! `admin:identity:unlink`.

use super::list::link;
use crate::shop::Shop;

/// Who is linked, by the provider's name for them.
fn links(shop: &Shop) -> Vec<String> {
    shop.rows("SELECT subject FROM #postern_linked_identity")
}

#[test]
fn at_every_provider_it_forgets_all_and_writes_it_down() {
    let shop = Shop::new();
    link(&shop, "https://ims.test", "4711@AdobeID");
    link(&shop, "https://id.test", "ann");
    let run = shop
        .run(["admin:identity:unlink", "ann", "--all"])
        .succeeded();
    assert_eq!(run.stdout, "2 identities forgotten.\nNo session ended.\n");
    assert!(links(&shop).is_empty());
    let sql = "SELECT COUNT(*) FROM #postern_audit_event WHERE kind = 'identity_unlinked'";
    assert_eq!(shop.rows(sql), ["2"]);
}

#[test]
fn only_what_the_present_provider_vouches_for_goes_unless_all_is_said() {
    let shop = Shop::new().enabled();
    link(&shop, &shop.provider().url(), "4711@AdobeID");
    link(&shop, "https://id.test", "ann");
    insta::assert_snapshot!(shop.run(["admin:identity:unlink", "ann"]).succeeded(), @r"
    exit code 0
    --- stdout ---
    1 identity forgotten.
    No session ended.
    --- stderr ---
    Identities at other providers stay: see admin:identity:list, and --all.
    ");
    assert_eq!(links(&shop), ["ann"]);
}

#[test]
fn without_a_provider_it_must_be_told_to_take_all() {
    let shop = Shop::new();
    link(&shop, "https://ims.test", "4711@AdobeID");
    insta::assert_snapshot!(shop.postern(&["admin:identity:unlink", "ann"]).refused(), @r"
    exit code 1
    --- stderr ---
      The Adobe IMS integration is off, so there is no provider at present: name all with --all
    ");
    assert_eq!(links(&shop), ["4711@AdobeID"]);
}

#[test]
fn a_name_that_nobody_has_is_refused() {
    let arguments = ["admin:identity:unlink", "zoe", "--all"];
    insta::assert_snapshot!(Shop::new().postern(&arguments).refused(), @r#"
    exit code 1
    --- stderr ---
      Couldn't find the user account "zoe"
    "#);
}

#[test]
fn without_a_name_it_is_wrong_usage() {
    insta::assert_snapshot!(Shop::new().postern(&["admin:identity:unlink"]).misused(), @r#"
    exit code 2
    --- stderr ---
      Not enough arguments (missing: "username").
    admin:identity:unlink [--all] [--] <username>
    "#);
}
