//! Pages of who is signed in at a provider.

use crate::testing::provider::{Integrated, Kind};
use crate::testing::{Answer, Browser};
use jiff::SignedDuration;

const SESSION: &str = "__Host-postern";
const ACCOUNT: &str = "/back/admin/system_account/";

async fn signed_in(kind: Kind) -> (Integrated, Browser) {
    let integrated = Integrated::open(kind).await;
    integrated.shop.ann().await;
    let mut browser = integrated.shop.browser();
    integrated.sign_in(&mut browser).await;
    (integrated, browser)
}

async fn change_rights(integrated: &Integrated) {
    let sql = "UPDATE #postern_provider_grant SET rights_changed = 1";
    integrated.shop.execute(sql).await;
}

fn sets_session(answer: &Answer) -> bool {
    let set = answer.header_lines(&["set-cookie"]);
    set.contains(&format!("{SESSION}="))
}

#[tokio::test]
async fn v13_after_a_change_of_rights_the_next_page_comes_under_a_new_id_once() {
    let (integrated, mut browser) = signed_in(Kind::OpenId).await;
    let old = browser.cookie(SESSION).unwrap().to_owned();
    let page = browser.get(ACCOUNT).await;
    assert!(!sets_session(&page));
    change_rights(&integrated).await;
    let address = format!("{ACCOUNT}?from=here");
    let answer = browser.get(&address).await;
    assert_eq!(answer.status(), 303);
    assert_eq!(answer.header("location"), Some(address.as_str()));
    let new = browser.cookie(SESSION).unwrap().to_owned();
    assert_ne!(new, old);
    let page = browser.get(&address).await;
    assert_eq!(page.status(), 200);
    assert!(!sets_session(&page));

    // Another tab that was on its way with the old id, or somebody who knew it.
    let mut late = integrated.shop.browser();
    late.set_cookie(SESSION, &old);
    let answer = late.get(ACCOUNT).await;
    assert_eq!(answer.status(), 401);
    assert!(!sets_session(&answer), "what the first tab was given stays");
    assert_eq!(browser.get(ACCOUNT).await.status(), 200);
}

#[tokio::test]
async fn v13_of_two_tabs_at_once_one_is_given_the_new_id_and_the_other_takes_none_away() {
    let (integrated, mut one) = signed_in(Kind::OpenId).await;
    let mut other = integrated.shop.browser();
    other.set_cookie(SESSION, one.cookie(SESSION).unwrap());
    change_rights(&integrated).await;
    let answers = tokio::join!(one.get(ACCOUNT), other.get(ACCOUNT));
    let given = [&answers.0, &answers.1].map(sets_session);
    assert_eq!(given.iter().filter(|is_given| **is_given).count(), 1);
    let mut owner = if given[0] { one } else { other };
    assert_eq!(owner.get(ACCOUNT).await.status(), 200);
}

#[tokio::test]
async fn v13_a_form_that_is_sent_first_goes_through_under_the_id_it_knows() {
    let (integrated, mut browser) = signed_in(Kind::OpenId).await;
    let page = browser.get("/back/security/session/activity/").await;
    assert_eq!(page.status(), 200, "{page}");
    change_rights(&integrated).await;
    let saved = browser
        .fill_in(&page, "/back/security/session/logoutAll/", &[])
        .await;
    assert!(!sets_session(&saved), "{saved}");
    assert_eq!(browser.get(ACCOUNT).await.status(), 303);
}

#[tokio::test]
async fn no_page_asks_the_provider() {
    for kind in [Kind::Adobe, Kind::OpenId] {
        let (integrated, mut browser) = signed_in(kind).await;
        // A check is due, and it is not the clicks that make it.
        integrated.wait(SignedDuration::from_secs(630));
        let before = integrated.sandbox.log().len();
        assert!(before > 0);
        for path in [
            "/back",
            ACCOUNT,
            "/back/security/session/activity/",
            "/back/admin/system_config/edit/section/admin/",
        ] {
            for _ in 0..3 {
                let page = browser.get(path).await;
                assert_eq!(page.status(), 200, "{path}: {page}");
            }
        }
        let after = integrated.sandbox.log().len();
        assert_eq!(after, before, "{kind:?}");
    }
}
