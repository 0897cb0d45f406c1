//! Setting an app up on the way in.

use super::*;
use crate::second_factor::enrol::{Enrolled, Proposal};
use domain::second_factor::Provider;
use jiff::SignedDuration;

/// Finishes with the code that the proposal's app shows.
async fn finish(
    shop: &Shop,
    id: &PendingId,
    token: &SecretString,
    proposal: &Proposal,
) -> Result<Enrolled, FactorRefused> {
    let code = code(shop, proposal.secret.expose_secret());
    let attempt = attempt(id, Door::Page);
    let finished = enrol::finish_app(&shop.app, &attempt, token, &proposal.sealed, &code).await;
    finished.unwrap()
}

async fn propose(shop: &Shop) -> Proposal {
    let ann = shop.ann().await;
    enrol::propose_app(&shop.app, &ann).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_has_guessed_at_an_app_that_was_just_set_up() {
    each_engine(async |shop| {
        asking(shop).await;
        let id = pending(shop, "ann").await;
        for _ in 0..10 {
            type_code(shop, &id, "000000").await;
        }
        // Taken away in PHP, which knows nothing of the count.
        shop.execute("DELETE FROM #tfa_user_config").await;
        let (id, token) = (pending(shop, "ann").await, token(shop).await);
        let proposal = propose(shop).await;
        finish(shop, &id, &token, &proposal).await.unwrap();
        shop.wait(SignedDuration::from_secs(30));
        let id = pending(shop, "ann").await;
        let code = code(shop, proposal.secret.expose_secret());
        assert_eq!(type_code(shop, &id, code.expose_secret()).await, "in");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_nothing_sets_an_app_up_with_a_link_once_and_is_in() {
    each_engine(async |shop| {
        ask(shop);
        let (id, token) = (pending(shop, "ann").await, token(shop).await);
        let proposal = propose(shop).await;
        let enrolled = finish(shop, &id, &token, &proposal).await.unwrap();
        assert_eq!(enrolled.recovery_codes.len(), 10);
        assert_eq!(enrolled.entered.codes_left, 10);
        let again = pending(shop, "ann").await;
        shop.wait(SignedDuration::from_secs(30));
        let outcome = finish(shop, &again, &token, &proposal).await;
        assert_eq!(told(&outcome), "factor.already_set_up");
        assert!(!enrol::has_link(&shop.app, &again, &token).await.unwrap());
        let code = code(shop, proposal.secret.expose_secret());
        assert_eq!(type_code(shop, &again, code.expose_secret()).await, "in");
        let events = "SELECT kind FROM #postern_audit_event WHERE kind LIKE 'second_factor_e%' \
                      OR kind LIKE 'recovery_%' ORDER BY id";
        let expected = ["second_factor_enrolled", "recovery_codes_issued"];
        assert_eq!(shop.texts(events).await, expected);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_who_set_an_app_up_at_once_one_is_in() {
    each_engine(async |shop| {
        ask(shop);
        let (one, other) = (pending(shop, "ann").await, pending(shop, "ann").await);
        let token = token(shop).await;
        let (mine, theirs) = (propose(shop).await, propose(shop).await);
        let (first, second) = tokio::join!(
            finish(shop, &one, &token, &mine),
            finish(shop, &other, &token, &theirs)
        );
        let mut outcomes = [told(&first), told(&second)];
        outcomes.sort_unstable();
        assert_eq!(outcomes, ["factor.already_set_up", "in"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_right_link_proposal_and_code_nothing_is_set_up() {
    each_engine(async |shop| {
        let bob = actors::admin(shop, "bob").await;
        ask(shop);
        let (id, good) = (pending(shop, "ann").await, token(shop).await);
        let proposal = propose(shop).await;
        let of_bob = super::super::security_key::actors::token(shop, &bob).await;
        for token in [SecretString::default(), SecretString::from("x"), of_bob] {
            let outcome = finish(shop, &id, &token, &proposal).await;
            assert_eq!(told(&outcome), "factor.link_needed");
        }
        let for_bob = enrol::propose_app(&shop.app, &bob).await.unwrap();
        assert_eq!(
            told(&finish(shop, &id, &good, &for_bob).await),
            "factor.stale"
        );
        let wrong = Proposal {
            secret: SecretString::from(SECRET),
            ..propose(shop).await
        };
        assert_eq!(
            told(&finish(shop, &id, &good, &wrong).await),
            "factor.wrong_code"
        );
        shop.set("twofactorauth/general/force_providers", "u2fkey")
            .await;
        assert_eq!(
            told(&finish(shop, &id, &good, &proposal).await),
            "factor.not_allowed"
        );
        shop.wait(SignedDuration::from_mins(30));
        shop.set("twofactorauth/general/force_providers", "google")
            .await;
        let id = pending(shop, "ann").await;
        assert_eq!(
            told(&finish(shop, &id, &good, &proposal).await),
            "factor.stale"
        );
        let config = actors::config(shop, &shop.ann().await).await;
        assert!(!config.is_active(Provider::Google));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_something_sets_nothing_up_on_the_way_in() {
    each_engine(async |shop| {
        let token = token(shop).await;
        asking(shop).await;
        let id = pending(shop, "ann").await;
        let outcome = finish(shop, &id, &token, &propose(shop).await).await;
        assert_eq!(
            told(&outcome),
            "factor.already_set_up",
            "not even with a link"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn codes_from_before_something_was_taken_away_in_php_are_void() {
    each_engine(async |shop| {
        asking(shop).await;
        let mut connection = actors::connection(shop).await;
        let (app, ann) = (&shop.app, shop.ann().await);
        let issued = crate::second_factor::recovery::issue(app, &mut connection, &ann, app.now());
        let old = issued.await.unwrap().remove(0);
        drop(connection);
        shop.execute("UPDATE #tfa_user_config SET encoded_config = NULL")
            .await;
        let id = pending(shop, "ann").await;
        let proof = Proof::RecoveryCode(old.clone());
        let told = show(shop, &attempt(&id, Door::Page), proof).await;
        assert_eq!(
            told, "factor.not_allowed",
            "they stand in for what is set up"
        );
        let token = token(shop).await;
        let enrolled = finish(shop, &id, &token, &propose(shop).await)
            .await
            .unwrap();
        assert_eq!(enrolled.recovery_codes.len(), 10);
        let id = pending(shop, "ann").await;
        let told = show(shop, &attempt(&id, Door::Page), Proof::RecoveryCode(old)).await;
        assert_eq!(told, "factor.wrong_code");
    })
    .await;
}
