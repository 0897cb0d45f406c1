//! The answers of keys: good once, and refused for one reason at a time.

use super::super::actors::{attempt, authenticator, bind, enter, pending, set_up, show, told};
use super::super::{ask, ask_by_api};
use super::list_by_php;
use crate::second_factor::actors::admin;
use crate::second_factor::prove::{self, Proof};
use crate::testing::{Shop, each_engine};
use domain::audit::Door;
use jiff::SignedDuration;
use serde_json::json;
use webauthn::testing::{Authenticator, encode, place, with};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_thing_that_is_wrong_with_an_answer_has_its_code() {
    let shop = Shop::sqlite().await;
    bind(&shop).await;
    let (ann, mut key) = (shop.ann().await, authenticator());
    set_up(&shop, &ann, &mut key).await.ok().unwrap();
    let id = pending(&shop, "ann").await;
    let asked = ask(&shop.app, &id).await.unwrap().unwrap();
    let refused = async |answer: String| told(&show(&shop, &id, answer).await);
    for (name, value, expected) in [
        ("type", json!("webauthn.create"), "key.type"),
        ("challenge", json!(encode(&[1; 57])), "key.challenge"),
        ("challenge", json!(encode(&[1; 16])), "key.challenge"),
        ("origin", json!("https://evil.test"), "key.origin"),
        ("crossOrigin", json!(true), "key.cross_origin"),
        ("topOrigin", json!("https://evil.test"), "key.top_origin"),
    ] {
        let answer = key.get_with(&asked, |parts| parts.client_data[name] = value);
        assert_eq!(refused(answer).await, expected);
    }
    for (flags, expected) in [
        (0, "key.user_presence"),
        (1 | 16, "key.backup_flags"),
        (1 | 8, "key.backup_changed"),
        (1 | 64, "key.authenticator_data"),
        (1 | 128, "key.extensions"),
    ] {
        let answer = key.get_with(&asked, |parts| {
            parts.authenticator_data[place::FLAGS] = flags;
        });
        assert_eq!(refused(answer).await, expected);
    }
    let good = || async { key_answer(&asked, &key) };
    for (path, value, expected) in [
        (
            "response.signature",
            json!(encode(&[0; 70])),
            "key.signature",
        ),
        (
            "response.userHandle",
            json!(encode(&[0; 32])),
            "key.user_handle",
        ),
        ("response.userHandle", json!(7), "key.malformed"),
        ("rawId", json!(encode(&[0; 32])), "key.id"),
        ("type", json!("password"), "key.malformed"),
    ] {
        let answer = with(&good().await, path, value);
        assert_eq!(refused(answer).await, expected, "{path}");
    }
    let elsewhere = key.get_with(&asked, |parts| parts.authenticator_data[0] ^= 1);
    assert_eq!(refused(elsewhere).await, "key.relying_party");
    let mut stranger = authenticator();
    assert_eq!(refused(stranger.get(&asked)).await, "key.unknown");
    let creation = stranger.create(&asked);
    assert_eq!(refused(creation).await, "key.malformed");
    assert_eq!(refused(" ".repeat(70_000)).await, "key.too_large");
    assert_eq!(refused(String::new()).await, "key.malformed");
    assert_eq!(refused(key.get(&asked)).await, "in");
    let reasons = "SELECT DISTINCT detail FROM #postern_audit_event \
                   WHERE kind = 'second_factor_refused' AND detail LIKE '%key.origin%'";
    assert_eq!(shop.texts(reasons).await.len(), 1);
}

/// A good answer of another use of the same key, whose counter nobody has seen.
fn key_answer(asked: &str, key: &Authenticator) -> String {
    let mut copy = Authenticator::new("luma.test", "https://luma.test");
    copy.id.clone_from(&key.id);
    copy.user_handle.clone_from(&key.user_handle);
    copy.get(asked)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_counts_once_in_its_own_sign_in_for_its_own_purpose_for_five_minutes() {
    each_engine(async |shop| {
        bind(shop).await;
        let (ann, mut key) = (shop.ann().await, authenticator());
        set_up(shop, &ann, &mut key).await.ok().unwrap();
        let (one, other) = (pending(shop, "ann").await, pending(shop, "ann").await);
        let asked = ask(&shop.app, &one).await.unwrap().unwrap();
        let answer = key.get(&asked);
        let elsewhere = show(shop, &other, answer.clone()).await;
        assert_eq!(told(&elsewhere), "key.challenge");
        let by_api = ask_by_api(&shop.app, &one).await.unwrap().unwrap();
        let crossed = show(shop, &one, key.get(&by_api)).await;
        assert_eq!(told(&crossed), "key.purpose");
        shop.wait(SignedDuration::from_secs(299));
        let late = ask(&shop.app, &one).await.unwrap().unwrap();
        let late = key.get(&late);
        shop.wait(SignedDuration::from_secs(1));
        let expired = show(shop, &one, answer).await;
        assert_eq!(told(&expired), "key.expired");
        let (first, second) = tokio::join!(
            show(shop, &one, late.clone()),
            show(shop, &one, late.clone()),
        );
        let mut outcomes = [told(&first), told(&second)];
        outcomes.sort_unstable();
        assert_eq!(outcomes, ["factor.not_pending", "in"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_challenge_is_used_up_even_where_the_counter_tells_nothing() {
    let shop = Shop::sqlite().await;
    bind(&shop).await;
    let (ann, mut key) = (shop.ann().await, authenticator());
    key.counter = 0;
    set_up(&shop, &ann, &mut key).await.ok().unwrap();
    let ask = async || {
        let id = pending(&shop, "ann").await;
        (ask_by_api(&shop.app, &id).await.unwrap().unwrap(), id)
    };
    let show = async |id, answer: &str| {
        let proof = Proof::SecurityKey(answer.to_owned().into());
        let attempt = attempt(id, Door::Api);
        told(&prove::prove(&shop.app, &attempt, &proof).await.unwrap())
    };
    let (asked, one) = ask().await;
    let (_, other) = ask().await;
    let answer = key.get(&asked);
    assert_eq!(show(&other, &answer).await, "in", "of the same person");
    assert_eq!(show(&one, &answer).await, "key.replayed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v12_somebody_elses_key_is_no_key_and_cannot_be_set_up_again() {
    each_engine(async |shop| {
        bind(shop).await;
        let (ann, bob) = (shop.ann().await, admin(shop, "bob").await);
        let (mut of_ann, mut of_bob) = (authenticator(), authenticator());
        set_up(shop, &ann, &mut of_ann).await.ok().unwrap();
        let taken = set_up(shop, &bob, &mut of_ann).await;
        assert_eq!(told(&taken), "key.known");
        set_up(shop, &bob, &mut of_bob).await.ok().unwrap();
        let id = pending(shop, "ann").await;
        let asked = ask(&shop.app, &id).await.unwrap().unwrap();
        let shown = show(shop, &id, of_bob.get(&asked)).await;
        assert_eq!(told(&shown), "key.unknown");
        // As a row that was moved to another owner, whose list names the key.
        list_by_php(shop, "ann", &of_bob).await;
        shop.execute(
            "UPDATE #postern_security_key SET user_id = (SELECT MIN(user_id) FROM #admin_user)",
        )
        .await;
        let shown = show(shop, &id, of_bob.get(&asked)).await;
        assert_eq!(told(&shown), "key.unknown");
    })
    .await;
}

async fn events(shop: &Shop) -> Vec<String> {
    let sql = "SELECT kind FROM #postern_audit_event WHERE kind LIKE 'second_factor_%' \
               OR kind LIKE 'security_%' ORDER BY id";
    shop.texts(sql).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cloned_key_is_refused_and_told_and_the_account_stays_open() {
    each_engine(async |shop| {
        bind(shop).await;
        let (ann, mut key) = (shop.ann().await, authenticator());
        set_up(shop, &ann, &mut key).await.ok().unwrap();
        enter(shop, "ann", &mut key).await.ok().unwrap();
        shop.execute("DELETE FROM #postern_mail").await;
        key.counter = 1;
        let cloned = enter(shop, "ann", &mut key).await;
        assert_eq!(told(&cloned), "factor.cloned_key");
        assert_eq!(events(shop).await.last().unwrap(), "second_factor_refused");
        let mails = "SELECT subject FROM #postern_mail WHERE recipient = 'ann@luma.test'";
        assert_eq!(shop.texts(mails).await, ["Second factor of ann"]);
        key.counter = 10;
        assert_eq!(told(&enter(shop, "ann", &mut key).await), "in");
    })
    .await;
}
