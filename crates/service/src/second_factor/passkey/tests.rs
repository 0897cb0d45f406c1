//! Passkeys in the place of a password, and what they do not get past.

use super::super::actors::{ask, find};
use super::super::security_key::actors::{authenticator, bind, pending, set_up};
use super::*;
use crate::second_factor::security_key;
use crate::second_factor::{remove, user_config};
use crate::testing::{PASSWORD, Shop, each_engine};
use commerce::second_factor::UserConfig;
use domain::password_lifetime::PasswordAge;
use jiff::SignedDuration;
use serde_json::json;
use webauthn::testing::{Authenticator, encode, place, with};

/// A shop in which Ann has a passkey.
async fn prepare(shop: &Shop) -> Authenticator {
    bind(shop).await;
    let mut key = authenticator();
    let set_up = set_up(shop, &shop.ann().await, &mut key).await;
    assert!(set_up.is_ok());
    key
}

fn attempt(ticket: &SecretString, answer: String) -> Attempt {
    Attempt {
        ticket: ticket.clone(),
        answer: answer.into(),
        door: Door::Page,
        ip: "192.0.2.7".to_owned(),
        browser: None,
    }
}

async fn send(
    shop: &Shop,
    ticket: &SecretString,
    answer: String,
) -> Result<Entered, PasskeyRefused> {
    let attempt = attempt(ticket, answer);
    sign_in(&shop.app, &attempt).await.unwrap()
}

async fn begun(shop: &Shop) -> Begun {
    begin(&shop.app).await.unwrap().ok().unwrap()
}

async fn enter(shop: &Shop, key: &mut Authenticator) -> Result<Entered, PasskeyRefused> {
    let begun = begun(shop).await;
    let answer = key.get(&begun.options);
    send(shop, &begun.ticket, answer).await
}

fn told(outcome: &Result<Entered, PasskeyRefused>) -> &'static str {
    match outcome {
        Ok(_) => "in",
        Err(refused) => refused.code(),
    }
}

async fn count(shop: &Shop, table: &str) -> usize {
    shop.texts(&format!("SELECT 'x' FROM #{table}")).await.len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_passkey_alone_lets_its_owner_in_and_counts_for_both_factors() {
    each_engine(async |shop| {
        let mut key = prepare(shop).await;
        assert!(is_offered(&shop.app).await.unwrap());
        let entered = enter(shop, &mut key).await.ok().unwrap();
        assert_eq!(entered.verified.admin.username, "ann");
        assert_eq!(entered.verified.factor, Some(Factor::Passkey));
        assert_eq!(entered.codes_left, 10);
        assert!(entered.verified.browser.is_some(), "the browser is known");
        let kinds = "SELECT kind FROM #postern_audit_event ORDER BY id";
        assert_eq!(shop.texts(kinds).await.last().unwrap(), "signed_in");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_visitor_who_only_asks_leaves_nothing_behind() {
    let shop = Shop::sqlite().await;
    let mut key = prepare(&shop).await;
    let tables = [
        "postern_used_puzzle",
        "postern_audit_event",
        "postern_pending_sign_in",
    ];
    let mut before = Vec::new();
    for table in tables {
        before.push(count(&shop, table).await);
    }
    for _ in 0..5 {
        let begun = begun(&shop).await;
        let forged = with(
            &key.get(&begun.options),
            "response.signature",
            json!(encode(&[1])),
        );
        assert_eq!(
            told(&send(&shop, &begun.ticket, forged).await),
            "key.signature"
        );
        let stranger = authenticator().get(&begun.options);
        assert_eq!(
            told(&send(&shop, &begun.ticket, stranger).await),
            "key.unknown"
        );
    }
    for (table, before) in tables.iter().zip(before) {
        assert_eq!(count(&shop, table).await, before, "{table}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_counts_once_in_its_own_browser_for_five_minutes() {
    each_engine(async |shop| {
        let mut key = prepare(shop).await;
        let (one, other) = (begun(shop).await, begun(shop).await);
        let answer = key.get(&one.options);
        assert_eq!(
            told(&send(shop, &other.ticket, answer.clone()).await),
            "passkey.stale"
        );
        assert_eq!(
            told(&send(shop, &"".into(), answer.clone()).await),
            "passkey.stale"
        );
        assert_eq!(told(&send(shop, &one.ticket, answer.clone()).await), "in");
        let again = send(shop, &one.ticket, answer).await;
        assert_eq!(told(&again), "passkey.stale", "it is no clone");
        let late = begun(shop).await;
        let answer = key.get(&late.options);
        shop.wait(SignedDuration::from_mins(5));
        assert_eq!(
            told(&send(shop, &late.ticket, answer).await),
            "passkey.stale"
        );
        let id = pending(shop, "ann").await;
        let asked = security_key::ask(&shop.app, &id).await.unwrap().unwrap();
        let of_another = key.get(&asked);
        assert_eq!(
            told(&send(shop, &one.ticket, of_another).await),
            "passkey.stale"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_verification_or_its_owners_handle_a_passkey_is_none() {
    let shop = Shop::sqlite().await;
    let mut key = prepare(&shop).await;
    let begun = begun(&shop).await;
    let touched = key.get_with(&begun.options, |parts| {
        parts.authenticator_data[place::FLAGS] = 1;
    });
    let refused = send(&shop, &begun.ticket, touched).await;
    assert_eq!(told(&refused), "key.user_verification");
    for handle in [json!(null), json!(encode(&[1; 32]))] {
        let answer = with(&key.get(&begun.options), "response.userHandle", handle);
        let refused = send(&shop, &begun.ticket, answer).await;
        assert_eq!(told(&refused), "key.user_handle");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_of_php_is_no_passkey_even_after_its_use_as_second_factor() {
    let shop = Shop::sqlite().await;
    let mut key = prepare(&shop).await;
    shop.execute("DELETE FROM #postern_security_key").await;
    assert_eq!(told(&enter(&shop, &mut key).await), "key.unknown");
    let used = security_key::actors::enter(&shop, "ann", &mut key).await;
    assert!(used.is_ok());
    assert_eq!(count(&shop, "postern_security_key").await, 1);
    assert_eq!(told(&enter(&shop, &mut key).await), "key.unknown");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_keeps_a_password_out_keeps_a_passkey_out() {
    each_engine(async |shop| {
        let mut key = prepare(shop).await;
        shop.execute("UPDATE #admin_user SET is_active = 0").await;
        assert_eq!(told(&enter(shop, &mut key).await), "signin.bad_credentials");
        shop.execute("UPDATE #admin_user SET is_active = 1").await;
        shop.execute("UPDATE #authorization_role SET user_id = 9999 WHERE role_type = 'U'")
            .await;
        assert_eq!(told(&enter(shop, &mut key).await), "signin.no_role");
        shop.execute("UPDATE #authorization_role SET user_id = (SELECT user_id FROM #admin_user) WHERE role_type = 'U'")
            .await;
        assert_eq!(told(&enter(shop, &mut key).await), "in");
        shop.execute("INSERT INTO #admin_user_expiration (user_id, expires_at) \
                      SELECT user_id, '2020-01-01 00:00:00' FROM #admin_user")
            .await;
        assert_eq!(told(&enter(shop, &mut key).await), "signin.bad_credentials");
        let active = "SELECT username FROM #admin_user WHERE is_active = 1";
        assert!(shop.texts(active).await.is_empty(), "it is switched off");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_is_offered_only_where_keys_are_asked_for_and_the_integration_is_off() {
    let shop = Shop::sqlite().await;
    assert_eq!(
        begin(&shop.app).await.unwrap().err(),
        Some(PasskeyRefused::NotOffered)
    );
    ask(&shop);
    assert!(!is_offered(&shop.app).await.unwrap(), "no domain is set");
    let mut key = prepare(&shop).await;
    let begun = begun(&shop).await;
    shop.set("twofactorauth/general/force_providers", "google")
        .await;
    assert!(!is_offered(&shop.app).await.unwrap());
    let answer = key.get(&begun.options);
    let refused = send(&shop, &begun.ticket, answer.clone()).await;
    assert_eq!(told(&refused), "passkey.not_offered");
    shop.set("twofactorauth/general/force_providers", "").await;
    shop.integrate().await;
    assert!(!is_offered(&shop.app).await.unwrap());
    let refused = send(&shop, &begun.ticket, answer).await;
    assert_eq!(told(&refused), "signin.integration_is_on");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lock_after_wrong_passwords_neither_stops_it_nor_is_lifted_by_it() {
    let shop = Shop::sqlite().await;
    let mut key = prepare(&shop).await;
    let lock = "UPDATE #admin_user SET failures_num = 6, lock_expires = '2099-01-01 00:00:00'";
    shop.execute(lock).await;
    assert_eq!(told(&enter(&shop, &mut key).await), "in");
    assert!(shop.sign_in("ann", PASSWORD).await.is_err());
    let locked = "SELECT username FROM #admin_user WHERE failures_num = 6";
    assert_eq!(shop.texts(locked).await, ["ann"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_old_password_is_still_to_be_changed() {
    let shop = Shop::sqlite().await;
    let mut key = prepare(&shop).await;
    shop.wait(SignedDuration::from_hours(24 * 100));
    let entered = enter(&shop, &mut key).await.ok().unwrap();
    assert_ne!(entered.verified.password_age, PasswordAge::Fresh);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cloned_passkey_is_refused_and_told_and_a_removed_one_is_none() {
    each_engine(async |shop| {
        let mut key = prepare(shop).await;
        assert_eq!(told(&enter(shop, &mut key).await), "in");
        shop.execute("DELETE FROM #postern_mail").await;
        key.counter = 1;
        assert_eq!(told(&enter(shop, &mut key).await), "factor.cloned_key");
        let subjects = shop.texts("SELECT subject FROM #postern_mail").await;
        assert_eq!(subjects, ["Second factor of ann"]);
        key.counter = 9;
        assert_eq!(told(&enter(shop, &mut key).await), "in");
        let ann = find(shop, shop.ann).await;
        remove::reset(&shop.app, &ann, Provider::U2fKey, "test")
            .await
            .unwrap();
        assert_eq!(told(&enter(shop, &mut key).await), "key.unknown");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v13_a_passkey_that_is_removed_while_it_signs_in_opens_nothing() {
    let shop = Shop::mariadb().await;
    let mut key = prepare(&shop).await;
    let begun = begun(&shop).await;
    let attempt = attempt(&begun.ticket, key.get(&begun.options));
    let ann = shop.ann().await;
    let mut removing = shop.app.database().begin().await.unwrap();
    admins::hold(&mut removing, ann.id).await.unwrap();
    let app = shop.app.clone();
    let entering = tokio::spawn(async move { sign_in(&app, &attempt).await.unwrap() });
    shop.until_held_up(&entering).await;
    user_config::save(&shop.app, &mut removing, &ann, &UserConfig::default())
        .await
        .unwrap();
    removing.commit().await.unwrap();
    assert_eq!(told(&entering.await.unwrap()), "key.unknown");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_passkey_that_a_switch_overtakes_opens_nothing() {
    let shop = Shop::mariadb().await;
    let mut key = prepare(&shop).await;
    let before = shop.ann().await.last_sign_in;
    shop.wait(SignedDuration::from_secs(1));
    let begun = begun(&shop).await;
    let attempt = attempt(&begun.ticket, key.get(&begun.options));
    let app = shop.app.clone();
    let entered = shop.overtake(Box::pin(async move { sign_in(&app, &attempt).await }));
    assert_eq!(told(&entered.await.unwrap()), "signin.integration_is_on");
    assert_eq!(shop.ann().await.last_sign_in, before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v09_a_damaged_list_lets_nobody_in() {
    let shop = Shop::sqlite().await;
    let mut key = prepare(&shop).await;
    let begun = begun(&shop).await;
    let ann = shop.ann().await;
    let mut connection = shop.app.database().connection().await.unwrap();
    user_config::save(&shop.app, &mut connection, &ann, &UserConfig::default())
        .await
        .unwrap();
    let answer = key.get(&begun.options);
    let refused = send(&shop, &begun.ticket, answer.clone()).await;
    assert_eq!(told(&refused), "key.unknown");
    shop.execute("UPDATE #tfa_user_config SET encoded_config = 'damaged'")
        .await;
    let attempt = attempt(&begun.ticket, answer);
    assert!(sign_in(&shop.app, &attempt).await.is_err());
}
