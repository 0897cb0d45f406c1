//! What people who sign in at an OpenID provider read: its name, and never Adobe's.

use super::tests::{ACCOUNT, nameless};
use crate::testing::provider::{Integrated, Kind};
use crate::testing::{Answer, Browser};
use domain::sign_in_mode::SignInMode;

const NAMES: [&str; 3] = ["Adobe ID", "Adobe account", "to Adobe"];

fn check(page: &Answer, expected: &str) {
    let text = page.text();
    assert!(text.contains(expected), "{page}");
    for name in NAMES {
        assert!(!text.contains(name), "{name}: {page}");
    }
    assert!(!page.body.contains("Adobe ID"), "in the title: {page}");
}

/// The page that leads to the provider before an action.
async fn leave_to_confirm(browser: &mut Browser, name: &str) -> Answer {
    let page = browser.get(ACCOUNT).await;
    check(&page, &format!("you need to show at {name} who you are."));
    let changed = [("lastname", "Confirmed")];
    browser.fill_in(&page, ACCOUNT, &changed).await
}

#[tokio::test]
async fn at_an_openid_provider_no_page_speaks_of_an_adobe_id() {
    let integrated = Integrated::open(Kind::OpenId).await;
    let name = service::provider::name(&integrated.shop.app).await.unwrap();
    let name = name.unwrap();
    let mut browser = nameless(&integrated).await;
    check(&browser.get("/back").await, &name);
    let configuration = browser
        .get("/back/admin/system_config/edit/section/admin/")
        .await;
    check(&configuration, &format!("people sign in with {name}."));
    let leave = leave_to_confirm(&mut browser, &name).await;
    assert!(leave.body.contains("To the confirmation"), "the title");
    let why = format!("You are being led to {name} to show there once more who you are.");
    check(&leave, &why);

    let mut stranger = integrated.shop.browser();
    let page = stranger.get("/back").await;
    check(&page, &format!("Sign in with {name}"));
    // A program has no form that could be stale.
    stranger.remove_header("sec-fetch-site");
    let refused = stranger.sign_in("ann", "Before1234").await;
    check(&refused, &format!("Please sign in with {name}"));
    let forgotten = stranger.get("/back/admin/auth/forgotpassword").await;
    check(&forgotten, &format!("Please sign in with {name}"));
    let leave = stranger
        .post("/back/admin/auth/adobe", &[("back", "")])
        .await;
    check(
        &leave,
        &format!("You are being led to {name} to sign in there."),
    );

    let begun = stranger.get("/back/admin/auth/adobe").await;
    let back = integrated.at_provider(begun.header("location").unwrap());
    let back = back.await;
    integrated.shop.switch_to(SignInMode::Commerce).await;
    let refused = stranger.get(&back).await;
    let told = stranger.get(refused.header("location").unwrap()).await;
    check(&told, "Everybody signs in with a Commerce password now.");
}

#[tokio::test]
async fn adobe_is_named_where_it_is_adobe_that_people_are_led_to() {
    let integrated = Integrated::open(Kind::Adobe).await;
    let mut browser = nameless(&integrated).await;
    let page = browser.get(ACCOUNT).await;
    let leave = browser.fill_in(&page, ACCOUNT, &[("lastname", "Confirmed")]);
    let why = "You are being led to Adobe to show there once more who you are.";
    assert!(leave.await.text().contains(why));
}
