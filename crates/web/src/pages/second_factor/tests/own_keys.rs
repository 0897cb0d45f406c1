//! The keys that people have, renamed and removed.

use super::own::{OWN, REMOVE_KEY, RENAME_KEY, ann_is_in, change};
use super::{follow, marks_name};

#[tokio::test]
async fn a_key_is_renamed_and_what_was_typed_is_kept_where_it_is_refused() {
    let (shop, ann, mut browser, _) = ann_is_in().await;
    let keys = shop.give_keys(ann, &["Desk", "Bag"]).await;
    let address = format!("{RENAME_KEY}?key={}", keys[1]);
    let page = browser.get(&address).await;
    insta::assert_snapshot!(page, @r"
    200 OK
    content-type: text/html; charset=utf-8

    Rename a security key
    Name
    [field]
    Current User Identity Verification
    Ann Smith &#38; &#60;Sons&#62;, to change your second factors, type the password you have now.
    Your Password
    [field]
    [button] Rename
    Back to your second factors
    ");
    assert!(page.body.contains("value=\"Bag\""));
    let which = ("key", keys[1].as_str());
    let fields = [which, ("name", "Coat"), ("current_password", "wrong")];
    let again = browser.fill_in(&page, RENAME_KEY, &fields).await;
    assert_eq!(again.status(), 403);
    assert!(again.body.contains("value=\"Coat\""), "{again}");
    assert!(!again.body.contains("value=\"wrong\""));
    assert!(!marks_name(&again), "that is about the password");
    let long = "x".repeat(65);
    let fields = [which, ("name", long.as_str())];
    let again = change(&mut browser, &page, RENAME_KEY, &fields).await;
    assert_eq!(again.status(), 422);
    assert!(again.text().contains("with 64 characters at most"));
    assert!(marks_name(&again));
    let fields = [which, ("name", "Coat")];
    let done = browser.fill_in(&again, RENAME_KEY, &fields).await;
    let list = follow(&mut browser, &done).await;
    assert!(list.text().contains("Coat"), "{list}");
    assert!(!list.text().contains("Bag"));
}

#[tokio::test]
async fn a_key_is_removed_and_one_that_is_gone_or_somebody_elses_is_not() {
    let (shop, ann, mut browser, _) = ann_is_in().await;
    let bob = shop.admin("bob").await;
    let of_bob = shop.give_keys(bob, &["Bob's"]).await;
    let keys = shop.give_keys(ann, &["Desk"]).await;
    let address = |key: &str| format!("{REMOVE_KEY}?key={key}");
    let page = browser.get(&address(&keys[0])).await;
    assert!(page.text().contains("“Desk” will no longer let you in."));
    for key in [of_bob[0].as_str(), "", "x"] {
        for path in [RENAME_KEY, REMOVE_KEY] {
            let answer = browser.get(&format!("{path}?key={key}")).await;
            assert_eq!(answer.header("location"), Some(OWN), "{path} {key}");
            let fields = [("key", key), ("name", "Mine")];
            let answer = change(&mut browser, &page, path, &fields).await;
            assert_eq!(answer.status(), 409, "{path} {key}");
            assert!(answer.text().contains("it is not there any more"));
            assert!(!answer.text().contains("Bob's"));
        }
    }
    assert_eq!(shop.count("postern_security_key").await, 2);
    let fields = [("key", keys[0].as_str())];
    let done = change(&mut browser, &page, REMOVE_KEY, &fields).await;
    let list = follow(&mut browser, &done).await;
    assert!(list.text().contains("The security key was removed."));
    assert!(list.text().contains("No security key is set up."));
    assert_eq!(shop.count("postern_security_key").await, 1);
}
