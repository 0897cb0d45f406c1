//! Showing at the provider once more who one is.

use super::{ACCOUNT, BOTH, nameless};
use crate::testing::Browser;
use crate::testing::provider::{Integrated, Kind, person};
use ims_sandbox::Options;

/// Sends the form, and follows to the provider and back. Returns the callback's answer.
async fn confirm(integrated: &Integrated, browser: &mut Browser) -> String {
    let page = browser.get(ACCOUNT).await;
    assert!(page.text().contains("[button] Confirm Identity"), "{page}");
    let leave = browser
        .fill_in(&page, ACCOUNT, &[("lastname", "Confirmed")])
        .await;
    assert_eq!(leave.status(), 200);
    assert!(leave.text().contains("Go there now"), "{leave}");
    let url = leave.between("http-equiv=\"refresh\" content=\"0;url=", "\"");
    let url = url.replace("&#38;", "&");
    integrated.at_provider(&url).await
}

#[tokio::test]
async fn a06_who_one_is_is_confirmed_by_signing_in_anew_for_one_action_once() {
    for kind in BOTH {
        let integrated = Integrated::open(kind).await;
        let mut browser = nameless(&integrated).await;
        let back = confirm(&integrated, &mut browser).await;
        assert!(back.contains("/imsreauthcallback/"), "{back}");
        let answer = browser.get(&back).await;
        let address = answer.header("location").unwrap().to_owned();
        assert!(address.starts_with(&format!("{ACCOUNT}?confirmed=")));
        let page = browser.get(&address).await;
        assert!(page.text().contains("Identity verified."), "{page}");
        assert!(page.body.contains("value=\"Confirmed\""), "typed before");
        let fields = [("lastname", "Confirmed")];
        let saved = browser.fill_in(&page, ACCOUNT, &fields).await;
        assert_eq!(
            saved.header("location"),
            Some("/back/admin/system_account/?saved")
        );
        let sql = "UPDATE #admin_user SET lastname = ''";
        integrated.shop.execute(sql).await;
        let again = browser.get(&address).await;
        let refused = browser.fill_in(&again, ACCOUNT, &fields).await;
        assert_eq!(refused.status(), 403, "{kind:?} used up: {refused}");
    }
}

#[tokio::test]
async fn a06_another_person_at_the_provider_confirms_nothing() {
    for kind in BOTH {
        let options = Options {
            people: vec![person("ann@shop.test"), person("bob@shop.test")],
            ..Options::default()
        };
        let integrated = Integrated::with(kind, options).await;
        let mut browser = nameless(&integrated).await;
        integrated.shop.admin("bob").await;
        let twist = ims_sandbox::Twist::OtherPerson;
        integrated.sandbox.set_twist(Some(twist));
        let back = confirm(&integrated, &mut browser).await;
        let answer = browser.get(&back).await;
        let page = browser.get(answer.header("location").unwrap()).await;
        assert!(page.text().contains("so nothing was confirmed."), "{page}");
        assert_eq!(
            integrated.last_refusal().await.as_deref(),
            Some("confirmation.other_person")
        );
        assert_eq!(
            integrated.shop.count("postern_identity_confirmation").await,
            0
        );
    }
}

#[tokio::test]
async fn a06_an_old_sign_in_at_the_provider_confirms_nothing() {
    let integrated = Integrated::open(Kind::OpenId).await;
    let mut browser = nameless(&integrated).await;
    for (twist, code) in [
        (ims_sandbox::Twist::OldAuthTime, "id_token.old_auth_time"),
        (ims_sandbox::Twist::NoAuthTime, "id_token.no_auth_time"),
    ] {
        integrated.sandbox.set_twist(Some(twist));
        let back = confirm(&integrated, &mut browser).await;
        browser.get(&back).await;
        assert_eq!(integrated.last_refusal().await.as_deref(), Some(code));
        integrated.sandbox.set_twist(None);
    }
    assert_eq!(
        integrated.shop.count("postern_identity_confirmation").await,
        0
    );
}

#[tokio::test]
async fn a06_a_callback_of_one_kind_serves_no_other() {
    let integrated = Integrated::open(Kind::OpenId).await;
    let mut browser = nameless(&integrated).await;
    let back = confirm(&integrated, &mut browser).await;
    let crossed = back.replace("imsreauthcallback", "imscallback");
    browser.get(&crossed).await;
    assert_eq!(
        integrated.last_refusal().await.as_deref(),
        Some("callback.other_purpose")
    );
    let begun = browser.get("/back/admin/auth/adobe").await;
    let back = integrated
        .at_provider(begun.header("location").unwrap())
        .await;
    let crossed = back.replace("imscallback", "imsreauthcallback");
    browser.get(&crossed).await;
    assert_eq!(
        integrated.last_refusal().await.as_deref(),
        Some("callback.other_purpose")
    );
}
