//! What people see of their own second factors and change about them.

use super::{codes, follow, half_way, type_code};
use crate::testing::second_factor::{APP_CODE, AuthenticatorApp, STEP};
use crate::testing::{Answer, Browser, PASSWORD, Shop};

pub(super) const OWN: &str = "/back/tfa/account/";
const APP: &str = "/back/tfa/account/app/";
const REMOVE_APP: &str = "/back/tfa/account/app/remove/";
pub(super) const RENAME_KEY: &str = "/back/tfa/account/key/rename/";
pub(super) const REMOVE_KEY: &str = "/back/tfa/account/key/remove/";
const RENEW_CODES: &str = "/back/tfa/account/codes/";

/// Every page of a change.
const CHANGES: [&str; 5] = [APP, REMOVE_APP, RENAME_KEY, REMOVE_KEY, RENEW_CODES];

const WRONG_PASSWORD: &str = "The password entered for the current user is invalid.";

/// A shop in which Ann has an app and is signed in; any provider will do.
pub(super) async fn ann_is_in() -> (Shop, u32, Browser, AuthenticatorApp) {
    let shop = Shop::open().await;
    let ann = shop.ann().await;
    shop.ask_for_second_factors();
    let mut browser = shop.browser();
    let (app, _) = shop.set_up_app_in(&mut browser, ann).await;
    shop.force_providers("").await;
    (shop, ann, browser, app)
}

/// Sends a change with Ann's password.
pub(super) async fn change(
    browser: &mut Browser,
    page: &Answer,
    path: &str,
    fields: &[(&str, &str)],
) -> Answer {
    let mut all = vec![("current_password", PASSWORD)];
    all.extend(fields);
    browser.fill_in(page, path, &all).await
}

#[tokio::test]
async fn one_sees_what_is_set_up_by_a_link_on_the_account_page() {
    let (shop, ann, mut browser, _) = ann_is_in().await;
    shop.give_keys(ann, &["Desk & <drawer>"]).await;
    shop.list_key(ann, b"of PHP").await;
    let account = browser.get("/back/admin/system_account/").await;
    assert!(account.body.contains(&format!("href=\"{OWN}\"")));
    insta::assert_snapshot!(browser.get(OWN).await, @r"
    200 OK
    content-type: text/html; charset=utf-8

    Your second factors
    After your password you show one of these at each sign-in.
    Authenticator app
    Your app is set up.
    Set up another app
    Remove the app
    Security keys and passkeys
    Desk &#38; &#60;drawer&#62;
    Set up 15 January 2027, 08:00 UTC
    Not used yet
    Rename
    Remove
    Security key from before
    Remove
    Set up a security key or passkey
    Recovery codes
    10 are left.
    Make new codes
    ");
}

#[tokio::test]
async fn who_has_one_factor_is_offered_what_may_be_set_up_and_no_way_to_be_left_without() {
    let (shop, _, mut browser, _) = ann_is_in().await;
    for (forced, app, keys) in [("", true, true), ("google", true, false)] {
        shop.force_providers(forced).await;
        let page = browser.get(OWN).await;
        assert_eq!(page.body.contains(&format!("href=\"{APP}\"")), app);
        assert_eq!(page.text().contains("Security keys"), keys, "{page}");
        assert!(!page.body.contains(REMOVE_APP));
    }
    let answer = browser.get(REMOVE_APP).await;
    assert_eq!(answer.header("location"), Some(OWN));
    shop.force_providers("u2fkey").await;
    let page = browser.get(OWN).await;
    let words = "This shop asks everybody to set up a security key or passkey.";
    assert!(page.text().contains(words), "{page}");
    assert!(!page.body.contains(&format!("href=\"{APP}\"")));
    let answer = browser.get(APP).await;
    assert_eq!(answer.header("location"), Some(OWN));
}

#[tokio::test]
async fn another_app_takes_the_place_of_the_first_and_refusals_keep_its_key() {
    let (shop, _, mut browser, first) = ann_is_in().await;
    let page = browser.get(APP).await;
    assert!(page.text().contains("the earlier one no longer work"));
    let app = AuthenticatorApp::typed_from(&page);
    let now = shop.app.now();
    let code = app.code(now);
    let fields = [("current_password", "wrong"), ("tfa_code", &code)];
    let again = browser.fill_in(&page, APP, &fields).await;
    assert_eq!(again.status(), 403);
    assert!(again.text().contains(WRONG_PASSWORD), "{again}");
    assert_eq!(AuthenticatorApp::typed_from(&again).code(now), code);
    assert!(
        !again
            .body
            .contains("name=\"ends_others\" value=\"1\" checked")
    );

    let wrong = [("tfa_code", "000000"), ("ends_others", "1")];
    let again = change(&mut browser, &again, APP, &wrong).await;
    assert_eq!(again.status(), 401);
    assert!(again.text().contains("nothing was set up yet"), "{again}");
    assert!(again.text().contains("need not type your password again"));
    assert!(
        again
            .body
            .contains("name=\"ends_others\" value=\"1\" checked")
    );
    let before = browser.cookie("__Host-postern").unwrap().to_owned();
    let done = browser.fill_in(&again, APP, &[("tfa_code", &code)]).await;
    assert_eq!(done.header("location"), Some("/back/tfa/account/?app_set"));
    assert_ne!(browser.cookie("__Host-postern"), Some(before.as_str()));
    let page = follow(&mut browser, &done).await;
    assert!(page.text().contains("Your authenticator app is set up."));

    shop.wait(STEP);
    let mut browser = half_way(&shop).await;
    let old = first.code(shop.app.now());
    assert_eq!(type_code(&mut browser, APP_CODE, &old).await.status(), 401);
    let new = app.code(shop.app.now());
    assert_eq!(type_code(&mut browser, APP_CODE, &new).await.status(), 303);
}

#[tokio::test]
async fn the_app_is_removed_where_a_key_is_left_and_the_other_browsers_are_signed_out() {
    let (shop, ann, mut browser, app) = ann_is_in().await;
    shop.set("admin/security/admin_account_sharing", "1").await;
    shop.give_keys(ann, &["Desk"]).await;
    shop.wait(STEP);
    let mut other = half_way(&shop).await;
    type_code(&mut other, APP_CODE, &app.code(shop.app.now())).await;
    assert!(other.is_in().await);
    let page = browser.get(REMOVE_APP).await;
    insta::assert_snapshot!(page, @r"
    200 OK
    content-type: text/html; charset=utf-8

    Remove your authenticator app
    Its codes will no longer let you in. Your security keys go on working.
    End my other sessions as well
    Current User Identity Verification
    Ann Smith &#38; &#60;Sons&#62;, to change your second factors, type the password you have now.
    Your Password
    [field]
    [button] Remove
    Back to your second factors
    ");
    let done = change(&mut browser, &page, REMOVE_APP, &[("ends_others", "1")]).await;
    let list = follow(&mut browser, &done).await;
    assert!(list.text().contains("Your authenticator app was removed."));
    assert!(list.text().contains("No app is set up."));
    assert!(!other.is_in().await);
}

#[tokio::test]
async fn the_last_factor_stays_where_the_other_was_removed_in_another_tab() {
    let (shop, ann, mut browser, _) = ann_is_in().await;
    let keys = shop.give_keys(ann, &["Desk"]).await;
    let page = browser.get(REMOVE_APP).await;
    let key = browser.get(&format!("{REMOVE_KEY}?key={}", keys[0])).await;
    let which = [("key", keys[0].as_str())];
    let done = change(&mut browser, &key, REMOVE_KEY, &which).await;
    assert_eq!(done.status(), 303);
    // The session has another id by now, and forms of before are of another page.
    assert_eq!(
        change(&mut browser, &page, REMOVE_APP, &[]).await.status(),
        403
    );
    let key = shop.form_key_of(browser.cookie("__Host-postern").unwrap());
    let fields = [("form_key", key.as_str()), ("current_password", PASSWORD)];
    let answer = browser.post(REMOVE_APP, &fields).await;
    assert_eq!(answer.status(), 409);
    assert!(answer.text().contains("the only second factor you have"));
    assert!(answer.text().contains("Your app is set up."));
}

#[tokio::test]
async fn a_new_sheet_of_codes_is_shown_once_and_makes_the_old_one_worthless() {
    let (shop, _, mut browser, _) = ann_is_in().await;
    let page = browser.get(RENEW_CODES).await;
    insta::assert_snapshot!(page, @r"
    200 OK
    content-type: text/html; charset=utf-8

    New recovery codes
    You get ten new codes. Any that you have from before no longer work.
    End my other sessions as well
    Current User Identity Verification
    Ann Smith &#38; &#60;Sons&#62;, to change your second factors, type the password you have now.
    Your Password
    [field]
    [button] Show new codes
    Back to your second factors
    ");
    let sheet = change(&mut browser, &page, RENEW_CODES, &[]).await;
    assert_eq!(sheet.status(), 200);
    assert_eq!(sheet.header("cache-control"), Some("no-store"));
    let first = codes(&sheet);
    assert_eq!(first.len(), 10);
    let after = "/back/tfa/account/?codes_renewed";
    assert!(sheet.body.contains(&format!("href=\"{after}\"")), "{sheet}");
    let list = browser.get(after).await;
    assert!(list.text().contains("You have new recovery codes."));
    assert!(list.text().contains("10 are left."));
    assert!(!list.body.contains(&first[0]), "they are shown once");

    let page = browser.get(RENEW_CODES).await;
    let second = codes(&change(&mut browser, &page, RENEW_CODES, &[]).await);
    let recovery = super::RECOVERY_CODE;
    let mut browser = half_way(&shop).await;
    assert_eq!(
        type_code(&mut browser, recovery, &first[0]).await.status(),
        401
    );
    assert_eq!(
        type_code(&mut browser, recovery, &second[0]).await.status(),
        303
    );
}

#[tokio::test]
async fn the_first_page_tells_when_few_codes_are_left() {
    let (shop, ann, mut browser, _) = ann_is_in().await;
    let told = "recovery code";
    assert!(!browser.get("/back").await.text().contains(told));
    let spend = |left: u32| {
        format!(
            "DELETE FROM #postern_recovery_code WHERE user_id = {ann} AND code_hash NOT IN \
             (SELECT code_hash FROM #postern_recovery_code LIMIT {left})"
        )
    };
    for (left, words) in [
        (4, None),
        (3, Some("You have only 3 recovery codes left.")),
        (1, Some("You have only 1 recovery code left.")),
        (0, Some("You have no recovery code, should you lose")),
    ] {
        shop.execute(&spend(left)).await;
        let home = browser.get("/back").await;
        assert_eq!(home.text().contains(told), words.is_some(), "{home}");
        assert!(home.text().contains(words.unwrap_or_default()), "{home}");
    }
    shop.ask_for_no_second_factors();
    assert!(!browser.get("/back").await.text().contains(told));
}

#[tokio::test]
async fn nothing_is_changed_by_another_sites_form_by_nobody_or_without_the_password() {
    let (shop, ann, mut browser, _) = ann_is_in().await;
    let keys = shop.give_keys(ann, &["Desk"]).await;
    let key = keys[0].as_str();
    let page = browser.get(RENEW_CODES).await;
    let before = shop.count("postern_audit_event").await;
    for path in CHANGES {
        let fields = [("key", key), ("name", "x"), ("current_password", PASSWORD)];
        let answer = browser.post(path, &fields).await;
        assert_eq!(answer.status(), 403, "{path}");
        assert!(answer.text().contains("open for too long"), "{answer}");
        assert_eq!(shop.browser().get(path).await.status(), 401, "{path}");
        let answer = shop.browser().post(path, &fields).await;
        assert_eq!(answer.status(), 401, "{path}");
    }
    assert_eq!(shop.count("postern_audit_event").await, before);
    for path in CHANGES {
        let fields = [("key", key), ("name", "x"), ("current_password", "")];
        let answer = browser.fill_in(&page, path, &fields).await;
        assert_eq!(answer.status(), 403, "{path}");
        assert!(answer.text().contains(WRONG_PASSWORD), "{answer}");
    }
    assert!(browser.is_in().await);
}

#[tokio::test]
async fn too_many_wrong_passwords_end_the_session() {
    let (shop, _, mut browser, _) = ann_is_in().await;
    shop.set("admin/security/lockout_failures", "2").await;
    let page = browser.get(RENEW_CODES).await;
    let fields = [("current_password", "wrong")];
    let first = browser.fill_in(&page, RENEW_CODES, &fields).await;
    assert_eq!(first.status(), 403);
    let second = browser.fill_in(&page, RENEW_CODES, &fields).await;
    assert_eq!(second.status(), 401);
    let words = "Your account is temporarily disabled.";
    assert!(second.text().contains(words), "{second}");
    assert!(!browser.is_in().await);
}

#[tokio::test]
async fn v15_nobody_is_asked_here_where_the_shop_asks_nobody_or_another_service_does() {
    let (shop, ann, mut browser, _) = ann_is_in().await;
    shop.give_keys(ann, &["Desk"]).await;
    let page = browser.get(RENEW_CODES).await;
    for is_integrated in [false, true] {
        match is_integrated {
            false => shop.ask_for_no_second_factors(),
            true => {
                shop.ask_for_second_factors();
                shop.integrate_all().await;
            }
        }
        let account = browser.get("/back/admin/system_account/").await;
        assert_eq!(account.status(), 200, "{account}");
        assert!(!account.body.contains(OWN));
        for path in [OWN].iter().chain(&CHANGES) {
            let answer = browser.get(path).await;
            assert_eq!(answer.status(), 403, "{path} {answer}");
            let words = "Nobody is asked for a second factor here at present";
            assert!(answer.text().contains(words), "{answer}");
            assert!(!answer.text().contains("Desk"));
        }
        for path in CHANGES {
            let answer = change(&mut browser, &page, path, &[]).await;
            assert_eq!(answer.status(), 403, "{path}");
        }
    }
    assert_eq!(shop.count("postern_security_key").await, 1);
}
