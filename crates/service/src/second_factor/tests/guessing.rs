//! A code is good once, and may be guessed at only so often.

use super::*;
use crate::second_factor::guard::Guard;
use crate::sign_in::password::SignInRefused;
use crate::testing::PASSWORD;
use domain::second_factor::code_limit::CodeLimit;
use futures_util::future::join_all;
use jiff::SignedDuration;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_code_is_good_once_and_of_two_at_once_one_gets_in() {
    each_engine(async |shop| {
        asking(shop).await;
        for _ in 0..5 {
            let (one, other) = (pending(shop, "ann").await, pending(shop, "ann").await);
            let code = fresh_code(shop);
            let mut told: [&str; 2] =
                tokio::join!(type_code(shop, &one, &code), type_code(shop, &other, &code)).into();
            told.sort_unstable();
            assert_eq!(told, ["factor.used_code", "in"]);
        }
        let id = pending(shop, "ann").await;
        let code = fresh_code(shop);
        let mut told: [&str; 2] =
            tokio::join!(type_code(shop, &id, &code), type_code(shop, &id, &code)).into();
        told.sort_unstable();
        assert_eq!(told, ["factor.not_pending", "in"], "of one sign-in, too");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_code_before_the_one_that_was_used_is_taken() {
    let shop = Shop::sqlite().await;
    asking(&shop).await;
    let earlier = fresh_code(&shop);
    let later = fresh_code(&shop);
    let id = pending(&shop, "ann").await;
    assert_eq!(type_code(&shop, &id, &later).await, "in");
    let id = pending(&shop, "ann").await;
    assert_eq!(type_code(&shop, &id, &earlier).await, "factor.used_code");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_codes_lock_for_twice_as_long_each_time_and_in_the_end_for_good() {
    each_engine(async |shop| {
        asking(shop).await;
        let wrong = "000000";
        let mut guesses = 0;
        for minutes in [5, 10, 20, 40, 80, 160, 320, 640, 1280, 1440] {
            let id = pending(shop, "ann").await;
            for _ in 0..10 {
                assert_eq!(type_code(shop, &id, wrong).await, "factor.wrong_code");
                guesses += 1;
            }
            // Neither a new sign-in nor the right code opens it, and nothing more is counted.
            let id = pending(shop, "ann").await;
            let code = fresh_code(shop);
            let locked = if guesses == 100 {
                "factor.closed"
            } else {
                "factor.locked"
            };
            assert_eq!(type_code(shop, &id, &code).await, locked, "{guesses}");
            shop.wait(SignedDuration::from_secs(minutes * 60 - 31));
            let id = pending(shop, "ann").await;
            let told = type_code(shop, &id, wrong).await;
            assert_eq!(told, locked, "a second before {minutes} minutes");
            shop.wait(SignedDuration::from_secs(1));
        }
        let id = pending(shop, "ann").await;
        let code = fresh_code(shop);
        assert_eq!(type_code(shop, &id, &code).await, "factor.closed");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_right_code_forgives_what_was_guessed_before() {
    let shop = Shop::sqlite().await;
    asking(&shop).await;
    for _ in 0..3 {
        let id = pending(&shop, "ann").await;
        for _ in 0..9 {
            assert_eq!(type_code(&shop, &id, "000000").await, "factor.wrong_code");
        }
        let code = fresh_code(&shop);
        assert_eq!(type_code(&shop, &id, &code).await, "in");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_guesses_made_at_once_no_more_are_looked_at_than_the_limit_allows() {
    each_engine(async |shop| {
        asking(shop).await;
        shop.set("twofactorauth/general/twofactorauth_retry", "3")
            .await;
        let id = pending(shop, "ann").await;
        let guesses = (0..8).map(|_| Box::pin(type_code(shop, &id, "000000")));
        let told = join_all(guesses).await;
        let looked_at = told
            .iter()
            .filter(|told| **told == "factor.wrong_code")
            .count();
        assert_eq!(looked_at, 3, "{told:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn strangers_who_guess_do_not_lock_a_browser_that_signed_in_before() {
    each_engine(async |shop| {
        asking(shop).await;
        let id = pending(shop, "ann").await;
        let proof = Proof::AppCode(fresh_code(shop).into());
        let entered = prove::prove(&shop.app, &attempt(&id, Door::Page), &proof).await;
        let introduction = entered.unwrap().unwrap().verified.browser.unwrap();
        let browser = introduction.new_id.unwrap();
        let id = pending(shop, "ann").await;
        for _ in 0..10 {
            type_code(shop, &id, "000000").await;
        }
        let code = fresh_code(shop);
        assert_eq!(type_code(shop, &id, &code).await, "factor.locked");
        let known = Attempt {
            browser: Some(browser),
            ..attempt(&id, Door::Page)
        };
        let proof = Proof::AppCode(code.into());
        assert_eq!(show(shop, &known, proof).await, "in");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn addresses_of_one_ipv6_network_are_counted_as_one() {
    each_engine(async |shop| {
        let (app, now) = (&shop.app, shop.app.now());
        let mut connection = actors::connection(shop).await;
        let limit = CodeLimit::of_person(20, 300);
        // Each at another person, so that only the address counts.
        let guard = |who: u32, ip: &str| Guard::new(app, who, None, ip, limit);
        for who in 0..50 {
            let guard = guard(who, &format!("2001:db8:1:2::{who:x}"));
            let admitted = guard.admit(&mut connection, now).await.unwrap();
            assert!(admitted.is_ok(), "{who}");
            guard.count(&mut connection, now).await.unwrap();
        }
        for (ip, is_open) in [
            ("2001:db8:1:2:ffff::1", false),
            ("2001:db8:1:3::1", true),
            ("192.0.2.7", true),
            ("", true),
        ] {
            let admitted = guard(99, ip).admit(&mut connection, now).await.unwrap();
            assert_eq!(admitted.is_ok(), is_open, "{ip}");
        }
        let later = now + SignedDuration::from_hours(1);
        let again = guard(99, "2001:db8:1:2::1");
        assert!(again.admit(&mut connection, later).await.unwrap().is_ok());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_owner_is_told_of_a_lock_once_and_the_record_has_every_guess() {
    each_engine(async |shop| {
        asking(shop).await;
        let id = pending(shop, "ann").await;
        for _ in 0..10 {
            type_code(shop, &id, "000000").await;
        }
        type_code(shop, &id, "000000").await;
        let mail = "SELECT subject FROM #postern_mail WHERE recipient = 'ann@luma.test'";
        assert_eq!(shop.texts(mail).await, ["Second factor of ann"]);
        let refusals = "SELECT kind FROM #postern_audit_event \
                        WHERE kind = 'second_factor_refused'";
        assert_eq!(shop.texts(refusals).await.len(), 11);
        let signed_in = shop.sign_in("ann", PASSWORD).await;
        assert!(matches!(signed_in, Err(SignInRefused::FactorNeeded(_))));
    })
    .await;
}
