//! Providers that everybody must have and the person of a session has not.

use super::{half_way, type_code};
use crate::testing::Shop;
use crate::testing::second_factor::APP_CODE;

const MISSING: &str = "/back/tfa/tfa/configure/";
const POSTPONE: &str = "/back/tfa/tfa/configurelater/";

#[tokio::test]
async fn who_misses_one_is_led_to_it_first_and_may_put_it_off_until_the_next_sign_in() {
    let shop = Shop::open().await;
    let ann = shop.ann().await;
    shop.ask_for_second_factors();
    let app = shop.set_up_app(ann).await;
    let both = "UPDATE #core_config_data SET value = 'google,u2fkey' \
                WHERE path = 'twofactorauth/general/force_providers'";
    shop.execute(both).await;
    let mut browser = half_way(&shop).await;
    type_code(&mut browser, APP_CODE, &app.code(shop.app.now())).await;
    for path in ["/back", "/back/security/session/activity/"] {
        let answer = browser.get(path).await;
        assert_eq!(answer.header("location"), Some(MISSING), "{path}");
    }
    let page = browser.get(MISSING).await;
    insta::assert_snapshot!(page, @r"
    200 OK
    content-type: text/html; charset=utf-8

    One more second factor
    This shop asks everybody to set up a security key or passkey.
    Set it up now
    [button] Skip this configuration until next login.
    ");
    assert_eq!(browser.post(POSTPONE, &[]).await.status(), 403);
    assert!(!browser.is_in().await);
    let answer = browser.fill_in(&page, POSTPONE, &[]).await;
    assert_eq!(answer.header("location"), Some("/back"));
    assert!(browser.is_in().await);
    let answer = browser.get(MISSING).await;
    assert_eq!(answer.header("location"), Some("/back"));

    shop.wait(crate::testing::second_factor::STEP);
    let mut browser = half_way(&shop).await;
    type_code(&mut browser, APP_CODE, &app.code(shop.app.now())).await;
    let answer = browser.get("/back").await;
    assert_eq!(answer.header("location"), Some(MISSING));
}

#[tokio::test]
async fn who_is_not_signed_in_finds_the_sign_in_page_there() {
    let shop = Shop::open().await;
    shop.ann().await;
    assert_eq!(shop.browser().get(MISSING).await.status(), 401);
    assert_eq!(shop.browser().post(POSTPONE, &[]).await.status(), 401);
}
