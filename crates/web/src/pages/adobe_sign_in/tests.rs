//! Signing in at a provider, as people go through it.

mod confirmation;

use crate::testing::Browser;
use crate::testing::provider::{Integrated, Kind, person};
use ims_sandbox::Options;
use jiff::SignedDuration;

pub(super) const ACCOUNT: &str = "/back/admin/system_account/";

const BOTH: [Kind; 2] = [Kind::Adobe, Kind::OpenId];

/// A person whose last name is missing, so that there is something to change.
pub(super) async fn nameless(integrated: &Integrated) -> Browser {
    integrated.shop.ann().await;
    let sql = "UPDATE #admin_user SET lastname = '' WHERE username = 'ann'";
    integrated.shop.execute(sql).await;
    let mut browser = integrated.shop.browser();
    integrated.sign_in(&mut browser).await;
    browser
}

#[tokio::test]
async fn the_button_leads_to_the_provider_and_back_into_the_shop() {
    for kind in BOTH {
        let integrated = Integrated::open(kind).await;
        integrated.shop.ann().await;
        let mut browser = integrated.shop.browser();
        let answer = integrated.sign_in(&mut browser).await;
        assert_eq!(answer.status(), 303, "{kind:?} {answer}");
        assert_eq!(
            answer.header("location"),
            Some("/back"),
            "{kind:?} {answer}"
        );
        let home = browser.get("/back").await;
        assert!(home.text().contains("You are signed in"), "{home}");
        let provider = match kind {
            Kind::Adobe => "Adobe ID",
            Kind::OpenId => "127.0.0.1:",
        };
        assert!(home.text().contains(provider), "{home}");
        assert_eq!(integrated.last_refusal().await, None);
    }
}

#[tokio::test]
async fn the_request_carries_all_that_the_way_is_bound_by() {
    let integrated = Integrated::open(Kind::Adobe).await;
    let mut browser = integrated.shop.browser();
    let begun = browser.get("/back/admin/auth/adobe").await;
    assert_eq!(begun.status(), 303);
    let there = url::Url::parse(begun.header("location").unwrap()).unwrap();
    let sent: std::collections::BTreeMap<_, _> = there.query_pairs().into_owned().collect();
    assert_eq!(
        sent["redirect_uri"],
        "https://shop.test/back/adobe_ims_auth/oauth/imscallback/"
    );
    assert_eq!(sent["scope"], "AdobeID,openid,email,profile,org.read");
    assert_eq!(sent["locale"], "en_US");
    assert_eq!(sent["code_challenge_method"], "S256");
    assert_eq!(sent["state"].len(), 43);
    assert_eq!(sent["nonce"].len(), 64);
    let cookie = begun.header("set-cookie").unwrap();
    assert!(cookie.starts_with("__Host-postern-provider="), "{cookie}");
    assert!(cookie.contains("; Max-Age=600"), "{cookie}");
    assert!(cookie.contains("; HttpOnly; SameSite=Lax"), "{cookie}");
    let again = browser.get("/back/admin/auth/adobe").await;
    let there = url::Url::parse(again.header("location").unwrap()).unwrap();
    for (name, value) in there.query_pairs() {
        let is_own = ["state", "nonce", "code_challenge"].contains(&&*name);
        assert_eq!(sent[&*name] != value, is_own, "{name}");
    }
}

#[tokio::test]
async fn v12_a_link_made_once_opens_the_account_whatever_the_address_is_then() {
    let integrated = Integrated::open(Kind::OpenId).await;
    let ann = integrated.shop.ann().await;
    integrated.sign_in(&mut integrated.shop.browser()).await;
    let sql = format!("UPDATE #admin_user SET email = 'else@shop.test' WHERE user_id = {ann}");
    integrated.shop.execute(&sql).await;
    integrated.shop.admin("bob").await;
    let sql = "UPDATE #admin_user SET email = 'ann@shop.test' WHERE username = 'bob'";
    integrated.shop.execute(sql).await;
    let mut browser = integrated.shop.browser();
    integrated.sign_in(&mut browser).await;
    let home = browser.get("/back").await;
    let text = home.text();
    let username = text.lines().skip_while(|line| *line != "Username").nth(1);
    assert_eq!(username, Some("ann"), "{home}");
}

#[tokio::test]
async fn who_has_no_account_is_told_so_and_the_log_says_why() {
    let cases = [
        (
            "UPDATE #admin_user SET email = 'x@shop.test'",
            "person.no_account",
        ),
        ("UPDATE #admin_user SET is_active = 0", "person.inactive"),
        (
            "UPDATE #admin_user SET email = 'ann@shop.test'",
            "person.ambiguous",
        ),
        (
            "DELETE FROM #authorization_role WHERE user_id > 0",
            "person.no_role",
        ),
        (
            "INSERT INTO #admin_user_expiration (user_id, expires_at) \
             SELECT user_id, '2020-01-01 00:00:00' FROM #admin_user",
            "person.expired",
        ),
        (
            "INSERT INTO #postern_linked_identity (identity_hash, issuer, subject, user_id, \
             linked_at) SELECT 'x', '{issuer}', 'somebody else', user_id, 1 FROM #admin_user",
            "person.linked_to_another",
        ),
    ];
    for (change, code) in cases {
        let integrated = Integrated::open(Kind::OpenId).await;
        integrated.shop.ann().await;
        if code == "person.ambiguous" {
            integrated.shop.admin("bob").await;
        }
        let issuer = integrated.sandbox.open_id_issuer();
        let change = change.replace("{issuer}", &issuer);
        integrated.shop.execute(&change).await;
        let mut browser = integrated.shop.browser();
        let answer = integrated.sign_in(&mut browser).await;
        let location = answer.header("location");
        let location = location.unwrap_or_else(|| panic!("{code} {answer}"));
        let told = browser.get(location).await;
        assert!(
            told.text()
                .contains("You don't have access to this Commerce instance."),
            "{code} {told}"
        );
        assert!(told.body.contains(code), "{told}");
        assert_eq!(integrated.last_refusal().await.as_deref(), Some(code));
        assert_eq!(integrated.shop.count("postern_session").await, 0);
        assert!(browser.cookie("__Host-postern").is_none());
    }
}

#[tokio::test]
async fn a10_strangers_get_an_account_only_where_that_is_switched_on() {
    let options = Options {
        people: vec![person("eve.new@shop.test")],
        ..Options::default()
    };
    let integrated = Integrated::with(Kind::OpenId, options).await;
    integrated.shop.admin("eve.new").await;
    integrated
        .shop
        .execute("UPDATE #admin_user SET email = 'other@shop.test'")
        .await;
    let mut browser = integrated.shop.browser();
    integrated.sign_in(&mut browser).await;
    assert_eq!(
        integrated.last_refusal().await.as_deref(),
        Some("person.no_account")
    );
    integrated
        .shop
        .set("postern/openid/provisioning", "1")
        .await;
    integrated.sign_in(&mut browser).await;
    let home = browser.get("/back").await;
    assert_eq!(home.status(), 403, "the role of newcomers opens nothing");
    assert!(home.body.contains("Sandbox Person"), "{home}");
    let account = browser.get("/back/admin/system_account/").await;
    assert!(account.body.contains("value=\"eve.new-2\""), "{account}");
    assert_eq!(integrated.shop.count("admin_user").await, 2);
    integrated.sign_in(&mut integrated.shop.browser()).await;
    assert_eq!(
        integrated.shop.count("admin_user").await,
        2,
        "not once more"
    );
}

#[tokio::test]
async fn the_way_back_into_what_somebody_wanted_to_do() {
    let integrated = Integrated::open(Kind::Adobe).await;
    integrated.shop.ann().await;
    let mut browser = integrated.shop.browser();
    let asked = browser.get("/back/security/session/activity/").await;
    assert_eq!(asked.status(), 401);
    let button = asked.between("class=\"button\" href=\"", "\"");
    assert_eq!(
        button,
        "/back/admin/auth/adobe?back=%2Fback%2Fsecurity%2Fsession%2Factivity%2F"
    );
    let begun = browser.get(&button).await;
    let back = integrated
        .at_provider(begun.header("location").unwrap())
        .await;
    let entered = browser.get(&back).await;
    assert_eq!(
        entered.header("location"),
        Some("/back/security/session/activity/")
    );
}

#[tokio::test]
async fn v06_the_way_leads_to_no_other_place() {
    let integrated = Integrated::open(Kind::Adobe).await;
    integrated.shop.ann().await;
    for hostile in [
        "https://evil.test/",
        "//evil.test/back",
        "/back/../../evil",
        "/back\\evil",
        "/back//evil.test",
        "/other",
    ] {
        let mut browser = integrated.shop.browser();
        let value: String = url::form_urlencoded::byte_serialize(hostile.as_bytes()).collect();
        let begun = browser
            .get(&format!("/back/admin/auth/adobe?back={value}"))
            .await;
        let back = integrated
            .at_provider(begun.header("location").unwrap())
            .await;
        let entered = browser.get(&back).await;
        let location = entered.header("location").unwrap();
        assert!(
            location == "/back" || location == "/back?others_ended",
            "{hostile}: {entered}"
        );
    }
}

#[tokio::test]
async fn two_tabs_the_back_button_and_a_bookmark_lead_on() {
    let integrated = Integrated::open(Kind::Adobe).await;
    integrated.shop.ann().await;
    let mut browser = integrated.shop.browser();
    let first = browser.get("/back/admin/auth/adobe").await;
    let second = browser.get("/back/admin/auth/adobe").await;
    let first = integrated
        .at_provider(first.header("location").unwrap())
        .await;
    let second = integrated
        .at_provider(second.header("location").unwrap())
        .await;
    for back in [&first, &second] {
        let entered = browser.get(back).await;
        assert_eq!(entered.status(), 303);
        assert!(entered.header("set-cookie").is_some(), "both tabs are in");
    }
    let again = browser.get(&second).await;
    assert_eq!(again.header("location"), Some("/back"), "signed in already");
    let mut stranger = integrated.shop.browser();
    let told = stranger.get(&second).await;
    let told = stranger.get(told.header("location").unwrap()).await;
    assert!(told.text().contains("Please begin again"), "{told}");
    assert!(
        told.body.contains("href=\"/back/admin/auth/adobe\""),
        "and a button"
    );
}

#[tokio::test]
async fn a_way_holds_for_ten_minutes_in_the_browser_that_began_it_and_in_its_epoch() {
    let integrated = Integrated::open(Kind::Adobe).await;
    integrated.shop.ann().await;
    let begin = async |browser: &mut crate::testing::Browser| {
        let begun = browser.get("/back/admin/auth/adobe").await;
        integrated
            .at_provider(begun.header("location").unwrap())
            .await
    };
    let mut browser = integrated.shop.browser();
    let back = begin(&mut browser).await;
    let mut thief = integrated.shop.browser();
    begin(&mut thief).await;
    thief.get(&back).await;
    assert_eq!(
        integrated.last_refusal().await.as_deref(),
        Some("callback.other_browser")
    );
    let back = begin(&mut browser).await;
    integrated.wait(SignedDuration::from_secs(601));
    browser.get(&back).await;
    assert_eq!(
        integrated.last_refusal().await.as_deref(),
        Some("callback.stale")
    );
    let back = begin(&mut browser).await;
    let mode = domain::sign_in_mode::SignInMode::AdobeIms;
    integrated.shop.switch_to(mode).await;
    browser.get(&back).await;
    assert_eq!(
        integrated.last_refusal().await.as_deref(),
        Some("callback.stale")
    );
    assert_eq!(integrated.shop.count("postern_session").await, 0);
}

#[tokio::test]
async fn after_a_denial_another_account_can_be_used() {
    let integrated = Integrated::open(Kind::OpenId).await;
    integrated.shop.ann().await;
    let twist = ims_sandbox::Twist::CallbackErrorDenied;
    integrated.sandbox.set_twist(Some(twist));
    let mut browser = integrated.shop.browser();
    let denied = integrated.sign_in(&mut browser).await;
    integrated.sandbox.set_twist(None);
    let told = browser.get(denied.header("location").unwrap()).await;
    assert!(
        told.text().contains("The sign-in was broken off."),
        "{told}"
    );
    let begun = browser.get("/back/admin/auth/adobe?account=other").await;
    assert!(told.body.contains("/back/admin/auth/adobe?account=other"));
    let there = begun.header("location").unwrap();
    assert!(there.contains("prompt="), "{there}");
}

#[tokio::test]
async fn a15_a_provider_that_is_down_is_named_with_the_command_that_helps() {
    for kind in BOTH {
        let integrated = Integrated::open(kind).await;
        integrated.shop.ann().await;
        integrated.sandbox.set_fault("*", ims_sandbox::Fault::Down);
        let mut browser = integrated.shop.browser();
        let page = browser.get("/back").await;
        assert_eq!(page.status(), 200, "the sign-in page asks nobody");
        let told = browser.get("/back/admin/auth/adobe").await;
        assert_eq!(told.status(), 503);
        assert!(
            told.text().contains("gives no answer at the moment"),
            "{told}"
        );
        assert!(told.text().contains("bin/magento admin:adobe-ims:disable"));
        assert!(told.text().contains("cannot be reached"), "{told}");
    }
}

#[tokio::test]
async fn from_one_address_only_so_many_ways_are_begun() {
    let integrated = Integrated::open(Kind::Adobe).await;
    let mut browser = integrated.shop.browser();
    for _ in 0..200 {
        assert_eq!(browser.get("/back/admin/auth/adobe").await.status(), 303);
    }
    let refused = browser.get("/back/admin/auth/adobe").await;
    assert_eq!(refused.status(), 429, "{refused}");
    assert!(refused.text().contains("Please wait a few minutes"));
}

#[tokio::test]
async fn a16_a_lock_that_passwords_earned_does_not_close_the_way_of_the_provider() {
    let integrated = Integrated::open(Kind::Adobe).await;
    let ann = integrated.shop.ann().await;
    let sql = "UPDATE #admin_user SET failures_num = 6, lock_expires = '2099-01-01 00:00:00'";
    integrated.shop.execute(sql).await;
    let mut browser = integrated.shop.browser();
    let entered = integrated.sign_in(&mut browser).await;
    assert_eq!(entered.header("location"), Some("/back"), "{entered}");
    assert_eq!(
        integrated.shop.failures_of(ann).await,
        6,
        "and nothing is forgiven"
    );
}
