//! Where one arrives who asked for no page in particular.

use crate::testing::{Browser, PASSWORD, Shop};
use jiff::SignedDuration;

const SETTING: &str = "admin/startup/menu_item_id";
const ITEM: &str = "Magento_Config::system_config";
const CONFIGURATION: &str = "/back/admin/system_config/edit/section/admin/";

/// Where Ann arrives after typing her password.
async fn arrives(shop: &Shop) -> String {
    arrives_with(&mut shop.browser()).await
}

async fn arrives_with(browser: &mut Browser) -> String {
    let answer = browser.sign_in("ann", PASSWORD).await;
    assert_eq!(answer.status(), 303, "{answer}");
    answer.header("location").unwrap().to_owned()
}

#[tokio::test]
async fn the_page_that_is_set_comes_first_from_the_next_sign_in_on() {
    let shop = Shop::open().await;
    shop.ann().await;
    assert_eq!(arrives(&shop).await, "/back");
    shop.set("admin/security/admin_account_sharing", "1").await;
    shop.set(SETTING, ITEM).await;
    let mut browser = shop.browser();
    let page = arrives_with(&mut browser).await;
    assert_eq!(page, CONFIGURATION);
    assert_eq!(browser.get(&page).await.status(), 200);
    let overview = browser.get("/back").await;
    assert!(overview.text().contains("You are signed in"), "{overview}");
}

#[tokio::test]
async fn an_item_of_the_menu_that_is_no_page_here_leads_to_the_overview() {
    for item in ["Magento_Sales::sales_order", "", "//elsewhere.test/"] {
        let shop = Shop::open().await;
        shop.ann().await;
        shop.set(SETTING, item).await;
        assert_eq!(arrives(&shop).await, "/back", "{item}");
    }
}

#[tokio::test]
async fn who_may_not_see_the_page_arrives_at_the_overview() {
    let shop = Shop::open().await;
    shop.ann().await;
    shop.set(SETTING, ITEM).await;
    let restrict = "UPDATE #authorization_rule SET resource_id = 'Magento_Backend::dashboard'";
    shop.execute(restrict).await;
    assert_eq!(arrives(&shop).await, "/back");
}

#[tokio::test]
async fn a_page_that_was_asked_for_comes_before_the_one_that_is_set() {
    let shop = Shop::open().await;
    shop.ann().await;
    shop.set(SETTING, ITEM).await;
    let mut browser = shop.browser();
    let asked = "/back/admin/system_account/";
    let form = browser.get(asked).await;
    let fields = [("login[username]", "ann"), ("login[password]", PASSWORD)];
    let answer = browser.fill_in(&form, "/back", &fields).await;
    assert_eq!(answer.header("location"), Some(asked), "{answer}");
}

#[tokio::test]
async fn a_notice_that_other_sessions_have_ended_is_read_before_the_page_that_is_set() {
    let shop = Shop::open().await;
    shop.ann().await;
    shop.set(SETTING, ITEM).await;
    assert_eq!(arrives(&shop).await, CONFIGURATION);
    assert_eq!(arrives(&shop).await, "/back?others_ended");
}

#[tokio::test]
async fn a_reminder_to_change_the_password_is_read_before_the_page_that_is_set() {
    let shop = Shop::open().await;
    shop.ann().await;
    shop.set(SETTING, ITEM).await;
    shop.set("admin/security/password_is_forced", "0").await;
    shop.wait(SignedDuration::from_hours(24 * 91));
    assert_eq!(arrives(&shop).await, "/back");
}
