//! Taking a new password, on both engines.

use super::*;
use crate::testing::{PASSWORD, Shop, each_engine};
use commerce::password_rules::PasswordViolation;
use domain::password_policy::Weakness;
use jiff::SignedDuration;

async fn choose_for_ann(
    shop: &Shop,
    password: &str,
) -> Result<ChosenPassword, Vec<PasswordProblem>> {
    let (ann, password) = (shop.ann().await, SecretString::from(password));
    choose(&shop.app, &Owner::of(&ann), &password, None)
        .await
        .unwrap()
}

/// Sets a password where it is taken, and says whether it was.
async fn change(shop: &Shop, password: &str) -> bool {
    match choose_for_ann(shop, password).await {
        Ok(chosen) => {
            let mut transaction = shop.app.database().begin().await.unwrap();
            let now = shop.app.now();
            chosen.store(&mut transaction, shop.ann, now).await.unwrap();
            transaction.commit().await.unwrap();
            true
        }
        Err(problems) => {
            assert_eq!(problems, [PasswordProblem::UsedBefore]);
            false
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn neither_the_present_password_nor_one_that_is_remembered_is_taken_again() {
    each_engine(async |shop| {
        assert!(!change(shop, PASSWORD).await);
        for number in 1..=4 {
            shop.wait(SignedDuration::from_hours(24));
            assert!(change(shop, &format!("Winter-{number}")).await);
        }
        // The fifth from the end, but not yet as old as a password may get.
        assert!(!change(shop, PASSWORD).await);
        shop.wait(SignedDuration::from_hours(90 * 24));
        assert!(!change(shop, "Winter-1").await);
        assert!(change(shop, PASSWORD).await);
        let history = shop
            .texts("SELECT password_hash FROM #admin_passwords")
            .await;
        assert_eq!(history.len(), 5);
        let ann = shop.ann().await;
        assert_eq!(
            history.last().map(String::as_str),
            Some(ann.password_hash.expose_secret())
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_empty_or_blank_is_refused_under_both_policies() {
    let shop = Shop::sqlite().await;
    for policy in ["commerce", "modern"] {
        shop.set("postern/security/password_policy", policy).await;
        for password in ["", " ", "\t \n", "\u{a0}               \u{2003}"] {
            let problems = choose_for_ann(&shop, password).await.err().unwrap();
            let empty = PasswordProblem::Rule(PasswordViolation::Empty);
            assert!(problems.contains(&empty), "{policy} {password:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_modern_policy_holds_at_once_and_knows_the_person_and_the_shop() {
    let shop = Shop::sqlite().await;
    assert!(choose_for_ann(&shop, "Winter-1").await.is_ok());
    assert!(
        choose_for_ann(&shop, "quiet marble on the sill")
            .await
            .is_err()
    );
    shop.set("postern/security/password_policy", "modern").await;
    shop.set("general/store_information/name", "Zomerwinkel")
        .await;
    let problems = async |password| choose_for_ann(&shop, password).await.err();
    let short = PasswordViolation::TooShort { minimum: 15 };
    assert_eq!(
        problems("Winter-1").await,
        Some(vec![PasswordProblem::Rule(short)])
    );
    assert_eq!(
        problems("zomerwinkelannsmith").await,
        Some(vec![PasswordProblem::Guessable(Weakness::OwnWords)])
    );
    assert_eq!(problems("quiet marble on the sill").await, None);
}

/// PHP hashes the bytes it is given: what we store must be made of the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_password_is_hashed_as_typed_however_its_letters_are_composed() {
    let shop = Shop::sqlite().await;
    shop.set("postern/security/password_policy", "modern").await;
    let decomposed = "U\u{308}ber neunzehn Bru\u{308}cken";
    let chosen = choose_for_ann(&shop, decomposed).await.unwrap();
    let verifies = async |password: &str| {
        let stored = chosen.hash().clone();
        shop.app
            .verify_password(stored, SecretString::from(password))
            .await
            .unwrap()
    };
    assert!(verifies(decomposed).await);
    assert!(!verifies("Über neunzehn Brücken").await);
}
