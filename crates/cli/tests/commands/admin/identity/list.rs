//! `admin:identity:list`.

use crate::shop::Shop;
use store::linked_identities::Identity;

/// Links Ann's account to an identity.
pub(super) fn link(shop: &Shop, issuer: &str, subject: &str) {
    let hash = Identity { issuer, subject }.hash();
    shop.sql(&format!(
        "INSERT INTO #postern_linked_identity (identity_hash, issuer, subject, user_id, linked_at) \
         SELECT '{hash}', '{issuer}', '{subject}', user_id, 1790000000 \
         FROM #admin_user WHERE username = 'ann'"
    ));
}

#[test]
fn it_shows_which_identity_is_whose_since_when() {
    let shop = Shop::new();
    link(&shop, "https://ims.test", "4711@AdobeID");
    insta::assert_snapshot!(shop.run(["admin:identity:list"]).succeeded(), @r"
    exit code 0
    --- stdout ---
    User  Linked            Provider          Identity
    ann   2026-09-21 14:13  https://ims.test  4711@AdobeID
    ");
    let run = shop
        .run(["admin:identity:list", "ann", "--format=json"])
        .succeeded();
    let expected = serde_json::json!([{
        "username": "ann",
        "issuer": "https://ims.test",
        "subject": "4711@AdobeID",
        "linked_at": "2026-09-21T14:13:20Z",
    }]);
    assert_eq!(run.json(), expected);
}

#[test]
fn where_nobody_is_linked_it_says_so() {
    let shop = Shop::new();
    insta::assert_snapshot!(shop.run(["admin:identity:list"]).succeeded(), @r"
    exit code 0
    --- stderr ---
    There is no linked identity.
    ");
    let run = shop
        .run(["admin:identity:list", "--format=json"])
        .succeeded();
    assert_eq!(run.json(), serde_json::json!([]));
}

#[test]
fn a_name_that_nobody_has_is_refused() {
    insta::assert_snapshot!(Shop::new().postern(&["admin:identity:list", "zoe"]).refused(), @r#"
    exit code 1
    --- stderr ---
      Couldn't find the user account "zoe"
    "#);
}
