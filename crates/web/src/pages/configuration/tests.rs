//! The configuration as an admin with full rights sees it, and others do not.

use crate::testing::{Answer, Browser, PASSWORD, Shop};
use domain::sign_in_mode::SignInMode;
use jiff::SignedDuration;

const PAGE: &str = "/back/admin/system_config/edit/section/admin/";

/// The page to Ann, who has full rights.
async fn shown(shop: &Shop) -> Answer {
    let ann = shop.ann().await;
    shown_to(shop, ann).await
}

async fn shown_to(shop: &Shop, ann: u32) -> Answer {
    let mut browser = shop.browser();
    browser.set_cookie("__Host-postern", &shop.open_session(ann).await);
    browser.get(PAGE).await
}

#[tokio::test]
async fn while_the_integration_is_off_the_page_says_so_and_how_to_switch_it_on() {
    let shop = Shop::open().await;
    insta::assert_snapshot!(shown(&shop).await, @"
    200 OK
    content-type: text/html; charset=utf-8

    Configuration of the Admin
    Adobe IMS integration
    The integration is off: people sign in with a Commerce password.
    Since
    15 January 2027, 08:00 UTC
    Switched by
    test
    It can be switched from the command line only. Whoever operates the shop switches it on with:
    bin/magento admin:adobe-ims:enable
    Policies
    They are set with the paths beside them, from the command line or in PHP Commerce, and hold from the next request on.
    Passwords
    admin/security/minimum_password_length
    Letters and digits, at least 7 characters. A sentence of several words is easy to remember.
    admin/security/password_lifetime
    A password older than 90 days must be changed before anything else.
    admin/security/lockout_*
    6 wrong passwords within 30 minutes lock an account for as long.
    admin/security/use_case_sensitive_login
    Capital and small letters make no difference in user names.
    admin/security/password_reset_link_expiration_period
    A link to set a password works for 2 hours.
    admin/security/*_password_reset_requests
    5 such links may be asked for within an hour, each at the earliest 10 minutes after the one before.
    Sessions
    admin/security/session_lifetime
    A session ends after 15 minutes without use.
    postern/security/session_absolute_lifetime
    It ends after 12 hours, however much it is used.
    admin/security/admin_account_sharing
    Who signs in elsewhere ends the session before.
    ");
}

#[tokio::test]
async fn while_the_integration_is_on_the_page_says_so_and_how_to_switch_it_off() {
    let shop = Shop::open().await;
    shop.switch_to(SignInMode::AdobeIms).await;
    shop.set_secret(
        "adobe_ims/integration/organization_id",
        "0123456789ABCDEF01234567",
    )
    .await;
    shop.set_secret("adobe_ims/integration/api_key", "the-client")
        .await;
    shop.set_secret("adobe_ims/integration/private_key", "the-secret")
        .await;
    let page = shown(&shop).await;
    insta::assert_snapshot!(page, @"
    200 OK
    content-type: text/html; charset=utf-8

    Configuration of the Admin
    Adobe IMS integration
    The integration is on: people sign in with Adobe ID.
    Since
    15 January 2027, 08:00 UTC
    Switched by
    test
    Provider
    Adobe
    Organization
    0123456789ABCDEF01234567
    Client ID and client secret
    Configured
    It can be switched from the command line only. Whoever operates the shop brings Commerce passwords back with:
    bin/magento admin:adobe-ims:disable
    Policies
    They are set with the paths beside them, from the command line or in PHP Commerce, and hold from the next request on.
    Passwords
    They wait while the integration is on, and hold again as soon as it is off.
    admin/security/minimum_password_length
    Letters and digits, at least 7 characters. A sentence of several words is easy to remember.
    admin/security/password_lifetime
    A password older than 90 days must be changed before anything else.
    admin/security/lockout_*
    6 wrong passwords within 30 minutes lock an account for as long.
    admin/security/use_case_sensitive_login
    Capital and small letters make no difference in user names.
    admin/security/password_reset_link_expiration_period
    A link to set a password works for 2 hours.
    admin/security/*_password_reset_requests
    5 such links may be asked for within an hour, each at the earliest 10 minutes after the one before.
    Sessions
    admin/security/session_lifetime
    A session ends after 15 minutes without use.
    postern/security/session_absolute_lifetime
    It ends after 12 hours, however much it is used.
    admin/security/admin_account_sharing
    Who signs in elsewhere ends the session before.
    ");
    for kept in ["the-client", "the-secret"] {
        assert!(!page.body.contains(kept), "{kept}");
    }
}

#[tokio::test]
async fn a_trial_and_an_openid_provider_are_told() {
    let shop = Shop::open().await;
    shop.switch_to(SignInMode::AdobeIms).await;
    shop.set("postern/openid/issuer", "https://id.shop.test")
        .await;
    shop.execute("UPDATE #postern_sign_in_mode SET trial_until = 1800003600")
        .await;
    let page = shown(&shop).await;
    for told in [
        "https://id.shop.test",
        "15 January 2027, 09:00 UTC",
        "Not complete",
    ] {
        assert!(page.text().contains(told), "{page}");
    }
}

#[tokio::test]
async fn policies_are_told_as_they_are_set() {
    let shop = Shop::open().await;
    let ann = shop.ann().await;
    let settings = [
        ("postern/security/password_policy", "modern"),
        ("admin/security/lockout_failures", "0"),
        ("admin/security/use_case_sensitive_login", "1"),
        ("admin/security/password_reset_protection_type", "0"),
        ("admin/security/session_lifetime", "100"),
        ("postern/security/session_absolute_lifetime", "0"),
        ("admin/security/admin_account_sharing", "1"),
    ];
    for (path, value) in settings {
        shop.set(path, value).await;
    }
    let page = shown_to(&shop, ann).await;
    for told in [
        "At least 15 characters",
        "A password may get as old as its owner likes.",
        "Wrong passwords lock no account.",
        "User names are told apart by capital and small letters.",
        "Such links may be asked for as often as one likes.",
        "A session ends after 100 seconds without use.",
        "It has no other end as long as it is used.",
        "One account may be signed in in several browsers at once.",
    ] {
        assert!(page.text().contains(told), "{told}: {page}");
    }
}

#[tokio::test]
async fn v15_nothing_can_be_switched_there() {
    let shop = Shop::open().await;
    let ann = shop.ann().await;
    for mode in [SignInMode::AdobeIms, SignInMode::Commerce] {
        shop.switch_to(mode).await;
        let page = shown_to(&shop, ann).await;
        assert!(page.hidden("form_key").is_none());
        let main = page.between("<main", "</main>");
        for control in ["<form", "<button", "<input", "<select"] {
            assert!(!main.contains(control), "{control}");
        }
        let posted = shop.browser().post(PAGE, &[("value", "0")]).await;
        assert_eq!(posted.status(), 405);
    }
}

#[tokio::test]
async fn only_full_rights_open_the_page_and_lead_there() {
    let shop = Shop::open().await;
    let ann = shop.ann().await;
    let mut browser: Browser = shop.browser();
    assert_eq!(browser.get(PAGE).await.status(), 401);
    browser.sign_in("ann", PASSWORD).await;
    let link = format!("href=\"{PAGE}\"");
    assert!(browser.get("/back").await.body.contains(&link));
    let restrict = "UPDATE #authorization_rule SET resource_id = 'Magento_Backend::dashboard' \
                    WHERE resource_id = 'Magento_Backend::all'";
    shop.execute(restrict).await;
    assert!(!shop.admin_by_id(ann).await.has_full_rights());
    assert!(!browser.get("/back").await.body.contains(&link));
    insta::assert_snapshot!(browser.get(PAGE).await, @"
    403 Forbidden
    content-type: text/html; charset=utf-8

    Sorry, you need permissions to view this content.
    Next steps
    If you think this is an error, try signing out and signing in again.
    Contact a system administrator or store owner to gain permissions.
    Back to the overview
    ");
}

#[tokio::test]
async fn the_page_is_there_in_every_language() {
    let shop = Shop::open().await;
    let ann = shop.ann().await;
    shop.switch_to(SignInMode::AdobeIms).await;
    shop.wait(SignedDuration::from_secs(1));
    for language in ["en", "nl", "sv"] {
        let mut browser = shop.browser();
        browser.set_cookie("__Host-postern", &shop.open_session(ann).await);
        browser.set_cookie("__Host-postern-language", language);
        let page = browser.get(PAGE).await;
        assert!(
            page.body.len() < 20_000,
            "with what it loads, less than 50 kB"
        );
        assert!(page.body.contains(&format!("<html lang=\"{language}\"")));
        for missing in ["configuration-", "{$", "{ $"] {
            assert!(!page.text().contains(missing), "{page}");
        }
    }
}
