//! Recovery codes: signing in with one, and showing that they are kept.

use super::{RECOVERY_CODE, codes, follow, half_way, type_code};
use crate::testing::Shop;

const CONFIRM: &str = "/back/tfa/recovery/confirm/";

#[tokio::test]
async fn a_recovery_code_lets_in_once_and_the_first_page_says_how_many_are_left() {
    let shop = Shop::open().await;
    let ann = shop.ann().await;
    shop.ask_for_second_factors();
    let (_, sheet) = shop.set_up_app_in(&mut shop.browser(), ann).await;
    let code = codes(&sheet)[3].replace('-', " ").to_lowercase();
    let mut browser = half_way(&shop).await;
    insta::assert_snapshot!(browser.get(RECOVERY_CODE).await, @r"
    200 OK
    content-type: text/html; charset=utf-8

    Recovery code
    ann, type one of the codes that you kept. It works once.
    Recovery code
    [field]
    [button] Confirm
    Other ways
    Use a code of your authenticator app
    [button] Use another account
    ");
    let answer = type_code(&mut browser, RECOVERY_CODE, &code).await;
    assert_eq!(answer.status(), 303);
    let home = follow(&mut browser, &answer).await;
    let words = "You came in with a recovery code. 9 are left. See to your second factors";
    assert!(home.text().contains(words), "{home}");
    assert!(home.body.contains("href=\"/back/tfa/account/\""));

    let mut browser = half_way(&shop).await;
    for wrong in [code.as_str(), "", "0123-4567-89AB-CDEF"] {
        let answer = type_code(&mut browser, RECOVERY_CODE, wrong).await;
        assert_eq!(answer.status(), 401);
        assert!(answer.text().contains("none of your codes"), "{answer}");
    }
    assert!(!browser.is_in().await);
}

#[tokio::test]
async fn who_has_kept_the_codes_shows_it_with_one_of_them_and_goes_on() {
    let shop = Shop::open().await;
    let ann = shop.ann().await;
    shop.ask_for_second_factors();
    let mut browser = shop.browser();
    let (_, sheet) = shop.set_up_app_in(&mut browser, ann).await;
    let address = sheet.between("class=\"button\" href=\"", "\"");
    let page = browser.get(&address).await;
    insta::assert_snapshot!(page, @r"
    200 OK
    content-type: text/html; charset=utf-8

    Are they kept?
    Type one of your recovery codes from where you kept it. It is not used up.
    Recovery code
    [field]
    [button] Confirm
    ");
    let wrong = browser.fill_in(&page, CONFIRM, &[("tfa_code", "x")]).await;
    assert_eq!(wrong.status(), 422);
    let codes = codes(&sheet);
    for _ in 0..2 {
        let fields = [("tfa_code", codes[0].as_str())];
        let answer = browser.fill_in(&page, CONFIRM, &fields).await;
        let home = follow(&mut browser, &answer).await;
        assert!(home.text().contains("Your recovery codes are kept."));
    }
    let stale = browser.post(CONFIRM, &[("tfa_code", "x")]).await;
    assert_eq!(stale.status(), 403);
    assert_eq!(shop.browser().get(CONFIRM).await.status(), 401);
}

#[tokio::test]
async fn v06_the_page_after_the_codes_leads_to_no_other_place() {
    let shop = Shop::open().await;
    let ann = shop.ann().await;
    shop.ask_for_second_factors();
    let mut browser = shop.browser();
    let (_, sheet) = shop.set_up_app_in(&mut browser, ann).await;
    for evil in ["https://evil.test", "//evil.test/back", "/back/..//evil"] {
        let page = browser.get(&format!("{CONFIRM}?back={evil}")).await;
        assert_eq!(page.hidden("back").as_deref(), Some(""));
        let fields = [
            ("form_key", page.hidden("form_key").unwrap()),
            ("back", evil.to_owned()),
            ("tfa_code", codes(&sheet)[0].clone()),
        ];
        let fields = fields
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        let answer = browser.post(CONFIRM, &fields).await;
        assert_eq!(
            answer.header("location"),
            Some("/back?codes_kept"),
            "{evil}"
        );
    }
}
