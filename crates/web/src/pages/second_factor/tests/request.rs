//! Asking for a link to set a factor up.

use super::{REQUEST, follow, half_way};
use crate::testing::Shop;
use crate::testing::second_factor::SECOND_FACTOR;
use jiff::SignedDuration;

#[tokio::test]
async fn who_has_nothing_set_up_is_sent_a_link_and_told_what_the_operator_can_do() {
    let shop = Shop::open().await;
    shop.ann().await;
    shop.ask_for_second_factors();
    let mut browser = half_way(&shop).await;
    let answer = browser.get(SECOND_FACTOR).await;
    assert_eq!(answer.header("location"), Some(REQUEST));
    insta::assert_snapshot!(follow(&mut browser, &answer).await, @r"
    200 OK
    content-type: text/html; charset=utf-8

    You need a second factor
    We have sent a link to the email address of your account. Follow it within an hour, in this browser, to set up a second factor.
    If no mail comes, whoever operates this shop can make a link for you with:
    bin/magento security:tfa:configure-link ann
    [button] Send another mail
    [button] Use another account
    ");
    assert_eq!(shop.count("postern_mail").await, 1);
}

#[tokio::test]
async fn another_mail_leaves_after_a_minute_and_then_after_two() {
    let shop = Shop::open().await;
    shop.ann().await;
    shop.ask_for_second_factors();
    let mut browser = half_way(&shop).await;
    let page = browser.get(REQUEST).await;
    browser.get(REQUEST).await;
    assert_eq!(shop.count("postern_mail").await, 1);
    let early = browser.fill_in(&page, REQUEST, &[]).await;
    assert_eq!(early.status(), 429);
    assert_eq!(early.header("retry-after"), Some("60"));
    assert!(
        early
            .text()
            .contains("You can ask for another in 1 minute.")
    );
    shop.wait(SignedDuration::from_mins(1));
    let answer = browser.fill_in(&page, REQUEST, &[]).await;
    assert_eq!(answer.status(), 303);
    let page = follow(&mut browser, &answer).await;
    assert!(page.text().contains("Another mail is on its way."));
    assert_eq!(shop.count("postern_mail").await, 2);
    shop.wait(SignedDuration::from_mins(1));
    let mut other = half_way(&shop).await;
    let page = other.get(REQUEST).await;
    let answer = other.fill_in(&page, REQUEST, &[]).await;
    assert_eq!(answer.header("retry-after"), Some("60"));
    assert_eq!(shop.count("postern_mail").await, 2);
}

#[tokio::test]
async fn who_has_no_address_is_told_whom_to_ask() {
    let shop = Shop::open().await;
    shop.ann().await;
    shop.execute("UPDATE #admin_user SET email = ''").await;
    shop.ask_for_second_factors();
    let mut browser = half_way(&shop).await;
    insta::assert_snapshot!(browser.get(REQUEST).await, @r"
    200 OK
    content-type: text/html; charset=utf-8

    You need a second factor
    Your account has no email address that a link could be sent to. Whoever operates this shop can make one for you with:
    bin/magento security:tfa:configure-link ann
    [button] Use another account
    ");
}

#[tokio::test]
async fn a_form_of_another_page_sends_no_mail() {
    let shop = Shop::open().await;
    shop.ann().await;
    shop.ask_for_second_factors();
    let mut browser = half_way(&shop).await;
    let answer = browser.post(REQUEST, &[("form_key", "x")]).await;
    assert_eq!(answer.status(), 403);
    assert_eq!(shop.browser().post(REQUEST, &[]).await.status(), 401);
    assert_eq!(shop.count("postern_mail").await, 0);
}
