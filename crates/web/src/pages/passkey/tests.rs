//! Signing in with a passkey alone.

use crate::testing::security_key::authenticator;
use crate::testing::{Answer, Browser, Shop};
use domain::sign_in_mode::SignInMode;
use jiff::SignedDuration;
use webauthn::testing::{Authenticator, encode, with};

const PASSKEY: &str = "/back/admin/passkey/";
const OPTIONS: &str = "/back/admin/passkey/options/";
const SESSIONS: &str = "/back/security/session/activity/";

/// What stands in the sign-in page of a shop that takes passkeys, and in no other.
const TRACES: [&str; 4] = ["webauthn", "passkey", "data-key", "Passkey"];

/// What a page's script does: fetches what to ask, asks, and has the ticket and the answer.
async fn ask(browser: &mut Browser, page: &Answer, key: &mut Authenticator) -> [String; 2] {
    let asked = browser.fetch_options(page).await;
    assert_eq!(asked.status(), 200, "{}", asked.body);
    let asked: serde_json::Value = serde_json::from_str(&asked.body).unwrap();
    let ticket = asked["ticket"].as_str().unwrap().to_owned();
    [ticket, key.get(&asked["publicKey"].to_string())]
}

async fn send(browser: &mut Browser, page: &Answer, [ticket, answer]: &[String; 2]) -> Answer {
    let fields = [("ticket", ticket.as_str()), ("answer", answer)];
    browser.fill_in(page, PASSKEY, &fields).await
}

/// Signs in from the sign-in page.
async fn sign_in(browser: &mut Browser, key: &mut Authenticator) -> Answer {
    let page = browser.get("/back").await;
    let asked = ask(browser, &page, key).await;
    send(browser, &page, &asked).await
}

#[tokio::test]
async fn a_passkey_signs_in_without_password_and_second_factor_and_leads_on() {
    let (shop, ann) = Shop::with_keys().await;
    let mut key = shop.set_up_key(ann).await;
    let mut browser = shop.browser();
    let page = browser.get(SESSIONS).await;
    assert!(page.body.contains("autocomplete=\"username webauthn\""));
    assert!(page.text().contains("Sign in with a passkey"), "{page}");
    assert!(
        page.between("<form method=\"post\" action=\"/back/admin/passkey/\"", ">")
            .ends_with(" hidden")
    );
    let asked = ask(&mut browser, &page, &mut key).await;
    assert!(!page.body.contains(&encode(&key.id)));
    let answer = send(&mut browser, &page, &asked).await;
    insta::assert_snapshot!(answer, @r"
    303 See Other
    location: /back/security/session/activity/
    ");
    assert!(browser.is_in().await);
}

#[tokio::test]
async fn there_is_no_trace_of_it_where_passkeys_are_not_taken() {
    let (shop, ann) = Shop::with_keys().await;
    let mut key = shop.set_up_key(ann).await;
    let mut browser = shop.browser();
    let offered = browser.get("/back").await;
    let asked = ask(&mut browser, &offered, &mut key).await;
    let refuses = async |browser: &mut Browser, code: &str| {
        let page = browser.get("/back").await;
        for trace in TRACES {
            assert!(!page.body.contains(trace), "{code} {trace}");
        }
        assert_eq!(page.body.matches("<script").count(), 1, "{code}");
        let refused = browser.fetch_options(&offered).await;
        assert_eq!(refused.body, format!("{{\"refused\":\"{code}\"}}"));
        let refused = send(browser, &offered, &asked).await;
        assert_eq!(refused.status(), 403, "{refused}");
        refused
    };
    shop.force_providers("google").await;
    let refused = refuses(&mut browser, "passkey.not_offered").await;
    assert!(
        refused.text().contains("Passkeys are not accepted here."),
        "{refused}"
    );
    shop.force_providers("").await;
    shop.ask_for_no_second_factors();
    refuses(&mut browser, "passkey.not_offered").await;
    shop.ask_for_second_factors();
    shop.switch_to(SignInMode::AdobeIms).await;
    let refused = refuses(&mut browser, "signin.integration_is_on").await;
    assert!(
        refused.text().contains("Please sign in with Adobe ID"),
        "{refused}"
    );
    assert_eq!(browser.cookie("__Host-postern"), None);
}

#[tokio::test]
async fn at_another_address_of_the_shop_none_is_offered() {
    let (shop, _) = Shop::with_keys().await;
    let mut browser = shop.browser();
    browser.set_header("host", "shop.example");
    let page = browser.get("/back").await;
    for trace in TRACES {
        assert!(!page.body.contains(trace), "{trace}");
    }
}

#[tokio::test]
async fn what_is_wrong_is_said_and_the_password_is_the_other_way() {
    let (shop, ann) = Shop::with_keys().await;
    let mut key = shop.set_up_key(ann).await;
    let mut browser = shop.browser();
    let page = browser.get(SESSIONS).await;
    let [ticket, right] = ask(&mut browser, &page, &mut key).await;
    let signature = encode(&[0; 70]);
    for (answer, words) in [
        (String::new(), "This passkey was not accepted."),
        ("[]".to_owned(), "This passkey was not accepted."),
        (
            with(&right, "response.signature", signature.into()),
            "This passkey was not accepted.",
        ),
    ] {
        let refused = send(&mut browser, &page, &[ticket.clone(), answer]).await;
        assert_eq!(refused.status(), 401, "{words}");
        assert!(refused.text().contains(words), "{refused}");
        assert_eq!(refused.hidden("back").as_deref(), Some(SESSIONS));
        assert!(refused.body.contains("name=\"login[password]\""));
        assert!(!refused.body.contains("data-signal"));
    }
    key.flags = 1;
    let refused = sign_in(&mut browser, &mut key).await;
    assert!(
        refused.text().contains("This passkey was not accepted."),
        "{refused}"
    );
    key.flags = 1 | 4;
    key.counter = 0;
    let refused = sign_in(&mut browser, &mut key).await;
    assert!(
        refused.text().contains("as if there were a copy of it"),
        "{refused}"
    );
    assert!(!browser.is_in().await);
}

#[tokio::test]
async fn a_passkey_that_nobody_has_is_named_to_the_browser_for_it_to_forget() {
    let (shop, ann) = Shop::with_keys().await;
    let kept = shop.set_up_key(ann).await;
    let mut removed = authenticator();
    removed.user_handle = kept.user_handle;
    let mut browser = shop.browser();
    let refused = sign_in(&mut browser, &mut removed).await;
    assert_eq!(refused.status(), 401);
    assert!(
        refused.text().contains("This passkey is not known here"),
        "{refused}"
    );
    let told = refused
        .between("data-signal=\"", "\"")
        .replace("&#34;", "\"");
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(
        told,
        serde_json::json!({
            "method": "signalUnknownCredential",
            "rpId": "shop.test",
            "credentialId": encode(&removed.id),
        })
    );
    let of_php = b"356a192b7913b04c54574d18c28d46e6395428ab".to_vec();
    for handle in [of_php, vec![7; 32]] {
        removed.user_handle = Some(handle);
        let refused = sign_in(&mut browser, &mut removed).await;
        let words = "This passkey is not known here";
        assert!(refused.text().contains(words), "{refused}");
        assert!(!refused.body.contains("data-signal"), "somebody else's");
    }
}

#[tokio::test]
async fn a_question_is_for_one_browser_and_one_answer_and_five_minutes() {
    let (shop, ann) = Shop::with_keys().await;
    let mut key = shop.set_up_key(ann).await;
    let mut browser = shop.browser();
    let page = browser.get("/back").await;
    let asked = ask(&mut browser, &page, &mut key).await;
    let is_stale = |refused: &Answer| {
        let is_stale = refused.text().contains("open for too long");
        assert!(
            is_stale && [401, 403].contains(&refused.status().as_u16()),
            "{refused}"
        );
    };
    let mut other = shop.browser();
    let own = other.get("/back").await;
    is_stale(&send(&mut other, &own, &asked).await);
    is_stale(&send(&mut other, &page, &asked).await);
    let [ticket, answer] = &asked;
    let bare = ticket.split_once(' ').unwrap().0.to_owned();
    for ticket in [String::new(), " ".to_owned(), bare, format!("{ticket}x")] {
        is_stale(&send(&mut browser, &page, &[ticket, answer.clone()]).await);
    }
    let mut program = shop.browser();
    program.remove_header("sec-fetch-site");
    is_stale(&send(&mut program, &page, &asked).await);
    let later = ask(&mut browser, &page, &mut key).await;
    let mixed = [later[0].clone(), answer.clone()];
    is_stale(&send(&mut browser, &page, &mixed).await);
    assert_eq!(send(&mut browser, &page, &later).await.status(), 303);
    is_stale(&send(&mut browser, &page, &later).await);
    let late = ask(&mut browser, &page, &mut key).await;
    shop.wait(SignedDuration::from_mins(5));
    is_stale(&send(&mut browser, &page, &late).await);
}

#[tokio::test]
async fn every_tab_has_a_question_of_its_own() {
    let (shop, ann) = Shop::with_keys().await;
    let mut key = shop.set_up_key(ann).await;
    let mut browser = shop.browser();
    let page = browser.get("/back").await;
    let first = ask(&mut browser, &page, &mut key).await;
    let tab = browser.get("/back").await;
    ask(&mut browser, &tab, &mut key).await;
    assert_eq!(send(&mut browser, &page, &first).await.status(), 303);
}

#[tokio::test]
async fn without_the_page_s_own_key_nothing_is_told_and_whoever_asks_leaves_nothing_behind() {
    let (shop, ann) = Shop::with_keys().await;
    shop.set_up_key(ann).await;
    let before = shop.count("postern_audit_event").await;
    let mut browser = shop.browser();
    let page = browser.get("/back").await;
    for _ in 0..20 {
        assert_eq!(browser.fetch_options(&page).await.status(), 200);
    }
    assert_eq!(shop.count("postern_audit_event").await, before);
    for mut other in [shop.browser(), browser] {
        let refused = other.post(OPTIONS, &[("form_key", "x")]).await;
        assert_eq!(refused.status(), 403);
        assert_eq!(refused.body, r#"{"refused":"passkey.stale"}"#);
        assert_eq!(other.get(OPTIONS).await.status(), 405);
    }
}

#[tokio::test]
async fn who_may_not_sign_in_may_not_with_a_passkey_either() {
    let (shop, ann) = Shop::with_keys().await;
    let mut key = shop.set_up_key(ann).await;
    shop.execute("UPDATE #admin_user SET is_active = 0").await;
    let refused = sign_in(&mut shop.browser(), &mut key).await;
    assert_eq!(refused.status(), 401);
    assert!(refused.text().contains("disabled temporarily"), "{refused}");
    shop.execute("UPDATE #admin_user SET is_active = 1").await;
    shop.execute("DELETE FROM #authorization_role WHERE role_type = 'U'")
        .await;
    let refused = sign_in(&mut shop.browser(), &mut key).await;
    assert_eq!(refused.status(), 403);
    assert!(
        refused.text().contains("More permissions are needed"),
        "{refused}"
    );
}

#[tokio::test]
async fn a_password_that_is_too_old_is_to_be_changed_after_a_passkey_as_well() {
    let (shop, ann) = Shop::with_keys().await;
    let mut key = shop.set_up_key(ann).await;
    shop.set("admin/security/password_is_forced", "1").await;
    shop.wait(SignedDuration::from_hours(24 * 400));
    let mut browser = shop.browser();
    sign_in(&mut browser, &mut key).await;
    let answer = browser.get("/back").await;
    assert_eq!(
        answer.header("location"),
        Some("/back/admin/system_account/")
    );
}

#[tokio::test]
async fn the_sign_in_page_with_all_its_scripts_weighs_less_than_50_kb() {
    let (shop, _) = Shop::with_keys().await;
    let mut browser = shop.browser();
    let page = browser.get("/back").await;
    let mut weight = page.body.len();
    let assets = page.body.split("/back/static/").skip(1);
    let assets: Vec<&str> = assets.filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(assets.len(), 3);
    for asset in assets {
        let asset = browser.get(&format!("/back/static/{asset}")).await;
        assert_eq!(asset.status(), 200);
        for remote in ["http://", "https://", "eval("] {
            assert!(!asset.body.contains(remote), "{remote}");
        }
        weight += asset.body.len();
    }
    assert!(weight < 50_000, "{weight}");
}
