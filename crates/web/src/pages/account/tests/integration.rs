//! The account page while the integration is on.

use super::{NEW_PASSWORD, PAGE, save, signed_in};
use crate::testing::Shop;
use jiff::SignedDuration;

#[tokio::test]
async fn while_the_integration_is_on_what_the_provider_keeps_is_read_only_and_there_is_no_password()
{
    let shop = Shop::open().await;
    shop.ann().await;
    let (mut browser, _) = signed_in(&shop).await;
    shop.integrate_all().await;
    let page = browser.get(PAGE).await;
    insta::assert_snapshot!(page, @"
    200 OK
    content-type: text/html; charset=utf-8

    My Account
    Your account is managed with Adobe ID while the Adobe IMS integration is on.
    Account Information
    User Name
    [field]
    First Name
    [field]
    Last Name
    [field]
    Email
    [field]
    Use the same email user has in Adobe IMS organization.
    Interface Language
    [field]
    ");
    assert_eq!(page.body.matches(" readonly").count(), 5, "{}", page.body);
    for absent in [
        "type=\"password\"",
        "<select",
        " required",
        "name=\"password",
    ] {
        assert!(!page.body.contains(absent), "{absent}");
    }
}

#[tokio::test]
async fn v15_a_forged_form_changes_nothing_while_the_integration_is_on() {
    let shop = Shop::open().await;
    let ann = shop.ann().await;
    let (mut browser, page) = signed_in(&shop).await;
    shop.integrate_all().await;
    let before = format!("{:?}", shop.admin_by_id(ann).await);
    let forged = [
        ("username", "eve"),
        ("firstname", "Eve"),
        ("email", "eve@shop.test"),
        ("interface_locale", "sv_SE"),
        ("password", NEW_PASSWORD),
        ("password_confirmation", NEW_PASSWORD),
    ];
    let answer = save(&mut browser, &page, &forged).await;
    assert_eq!(answer.status(), 403);
    assert!(
        answer.text().contains("Please sign in with Adobe ID"),
        "{answer}"
    );
    assert!(
        answer.body.contains("value=\"ann@shop.test\""),
        "the stored values are shown"
    );
    assert!(!answer.body.contains("eve"));
    assert_eq!(format!("{:?}", shop.admin_by_id(ann).await), before);
}

#[tokio::test]
async fn v15_no_old_password_stands_in_the_way_while_the_integration_is_on() {
    let shop = Shop::open().await;
    shop.ann().await;
    shop.wait(SignedDuration::from_hours(24 * 91));
    let (mut browser, _) = signed_in(&shop).await;
    assert_eq!(browser.get("/back").await.status(), 303);
    shop.integrate_all().await;
    let page = browser.get("/back").await;
    assert_eq!(page.status(), 200);
    assert!(!page.text().contains("change your password"), "{page}");
}
