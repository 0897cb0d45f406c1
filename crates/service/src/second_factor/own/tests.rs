//! What people do with their own factors, and what thieves of a session do not.

use super::super::actors::{SECRET, Session, admin, code, config, current, equip, key, password};
use super::*;
use crate::second_factor::enrol;
use crate::sign_in::identity::Proof;
use crate::testing::{PASSWORD, Shop, each_engine};
use domain::second_factor::Provider;
use jiff::SignedDuration;
use secrecy::ExposeSecret;

/// What a change came to: `done`, or the code of the refusal.
fn told(outcome: &Result<Changed, OwnRefused>) -> &'static str {
    match outcome {
        Ok(_) => "done",
        Err(OwnRefused::Identity(refused)) => refused.code(),
        Err(OwnRefused::NotAsked) => "not asked",
        Err(OwnRefused::Problem { problem, .. }) => problem.code(),
    }
}

async fn subjects(shop: &Shop) -> Vec<String> {
    let sql = "SELECT subject FROM #postern_mail WHERE recipient = 'ann@luma.test'";
    shop.texts(sql).await
}

async fn events(shop: &Shop) -> Vec<String> {
    let sql = "SELECT kind FROM #postern_audit_event WHERE kind LIKE 'second_factor_%' \
               OR kind LIKE 'recovery_%' OR kind LIKE 'security_%' ORDER BY id";
    shop.texts(sql).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_app_takes_the_place_of_another_and_the_session_goes_on_under_a_new_id() {
    each_engine(async |shop| {
        let ann = shop.ann().await;
        equip(shop, &ann, true, &[]).await;
        let session = Session::open(shop, &ann).await;
        let proposal = enrol::propose_app(&shop.app, &ann).await.unwrap();
        let code = code(shop, proposal.secret.expose_secret());
        let set = set_app(
            &shop.app,
            &session.current,
            session.wish(),
            &proposal.sealed,
            &code,
        );
        let changed = set.await.unwrap().unwrap();
        assert_eq!(changed.recovery_codes.len(), 10, "there were none");
        let secret = config(shop, &ann).await.totp_secret(shop.app.keyring());
        assert_eq!(
            secret.unwrap().unwrap().expose_secret(),
            proposal.secret.expose_secret()
        );
        assert!(current(shop, &session.id).await.is_none());
        assert!(current(shop, &changed.session_id.unwrap()).await.is_some());
        assert_eq!(
            events(shop).await,
            ["second_factor_enrolled", "recovery_codes_issued"]
        );
        assert_eq!(subjects(shop).await, ["Second factor of ann"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_first_code_keeps_the_earlier_app_and_asks_for_the_password_once() {
    let shop = Shop::sqlite().await;
    let ann = shop.ann().await;
    equip(&shop, &ann, true, &[]).await;
    let session = Session::open(&shop, &ann).await;
    let proposal = enrol::propose_app(&shop.app, &ann).await.unwrap();
    let (app, current) = (&shop.app, &session.current);
    let sealed = &proposal.sealed;
    let wrong = code(&shop, SECRET);
    let outcome = set_app(app, current, session.wish(), sealed, &wrong).await;
    let outcome = outcome.unwrap();
    assert_eq!(told(&outcome), "factor.wrong_code");
    let Err(OwnRefused::Problem { confirmation, .. }) = outcome else {
        panic!("it was refused");
    };
    let secret = config(&shop, &ann).await.totp_secret(app.keyring());
    assert_eq!(secret.unwrap().unwrap().expose_secret(), SECRET);
    let wish = session.wish_with(Proof::Confirmation(confirmation));
    let right = code(&shop, proposal.secret.expose_secret());
    let outcome = set_app(app, current, wish, sealed, &right).await;
    assert_eq!(told(&outcome.unwrap()), "done");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_last_factor_stays() {
    each_engine(async |shop| {
        let ann = shop.ann().await;
        equip(shop, &ann, true, &[1]).await;
        let first = Session::open(shop, &ann).await;
        let outcome = remove_app(&shop.app, &first.current, first.wish()).await;
        assert_eq!(told(&outcome.unwrap()), "done");
        let session = Session::open(shop, &ann).await;
        let digest = key(1).digest();
        let (app, current) = (&shop.app, &session.current);
        let outcome = remove_key(app, current, session.wish(), &digest).await;
        assert_eq!(told(&outcome.unwrap()), "factor.last_one");
        let outcome = remove_app(app, current, session.wish()).await;
        assert_eq!(told(&outcome.unwrap()), "factor.gone");
        assert!(config(shop, &ann).await.is_active(Provider::U2fKey));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn v13_of_two_removals_at_once_one_factor_is_left() {
    each_engine(async |shop| {
        shop.set("admin/security/admin_account_sharing", "1").await;
        let ann = shop.ann().await;
        equip(shop, &ann, true, &[1]).await;
        let one = Session::open(shop, &ann).await;
        let other = Session::open(shop, &ann).await;
        let digest = key(1).digest();
        let (app, key) = tokio::join!(
            remove_app(&shop.app, &one.current, one.wish()),
            remove_key(&shop.app, &other.current, other.wish(), &digest),
        );
        let mut outcomes = [told(&app.unwrap()), told(&key.unwrap())];
        outcomes.sort_unstable();
        assert_eq!(outcomes, ["done", "factor.last_one"]);
        let config = config(shop, &ann).await;
        let left = Provider::ALL.map(|provider| config.is_active(provider));
        assert_eq!(left.into_iter().filter(|is_left| *is_left).count(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_is_renamed_and_taken_from_both_lists() {
    each_engine(async |shop| {
        let ann = shop.ann().await;
        equip(shop, &ann, false, &[1, 2]).await;
        let (one, two) = (key(1).digest(), key(2).digest());
        let mut session = Session::open(shop, &ann).await;
        for (name, expected) in [
            (" ", "factor.invalid_name"),
            ("a\nb", "factor.invalid_name"),
            (&"x".repeat(65), "factor.invalid_name"),
            (" My \u{1f511} ", "done"),
        ] {
            let wish = session.wish();
            let outcome = rename_key(&shop.app, &session.current, wish, &one, name).await;
            assert_eq!(told(&outcome.unwrap()), expected, "{name}");
        }
        session = Session::open(shop, &ann).await;
        let own = list(&shop.app, &session.current).await.unwrap();
        let names: Vec<String> = own
            .keys
            .into_iter()
            .map(|key| key.known.unwrap().name)
            .collect();
        assert_eq!(names, ["My \u{1f511}", "Key 2"]);
        let outcome = remove_key(&shop.app, &session.current, session.wish(), &one).await;
        assert_eq!(told(&outcome.unwrap()), "done");
        assert_eq!(config(shop, &ann).await.security_keys().unwrap(), [key(2)]);
        let rows = "SELECT credential_hash FROM #postern_security_key";
        assert_eq!(shop.texts(rows).await, [two]);
        assert_eq!(
            events(shop).await,
            ["security_key_renamed", "second_factor_removed"]
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_of_php_is_listed_without_a_name_and_can_be_taken_away() {
    let shop = Shop::sqlite().await;
    let ann = shop.ann().await;
    equip(&shop, &ann, true, &[1]).await;
    shop.execute("DELETE FROM #postern_security_key").await;
    let session = Session::open(&shop, &ann).await;
    let own = list(&shop.app, &session.current).await.unwrap();
    assert_eq!(own.keys[0].known, None);
    let digest = key(1).digest();
    let (app, current) = (&shop.app, &session.current);
    let renamed = rename_key(app, current, session.wish(), &digest, "Mine").await;
    assert_eq!(told(&renamed.unwrap()), "factor.gone");
    let removed = remove_key(app, current, session.wish(), &digest).await;
    assert_eq!(told(&removed.unwrap()), "done");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v12_the_key_and_the_confirmation_of_somebody_else_are_of_no_use() {
    each_engine(async |shop| {
        let (ann, bob) = (shop.ann().await, admin(shop, "bob").await);
        equip(shop, &ann, true, &[1]).await;
        equip(shop, &bob, true, &[2]).await;
        let (of_ann, of_bob) = (
            Session::open(shop, &ann).await,
            Session::open(shop, &bob).await,
        );
        let key = key(2).digest();
        let (app, current) = (&shop.app, &of_ann.current);
        let removed = remove_key(app, current, of_ann.wish(), &key).await;
        assert_eq!(told(&removed.unwrap()), "factor.gone");
        let renamed = rename_key(app, current, of_ann.wish(), &key, "Mine").await;
        assert_eq!(told(&renamed.unwrap()), "factor.gone");
        let outcome = rename_key(app, &of_bob.current, of_bob.wish(), &key, "").await;
        let Err(OwnRefused::Problem { confirmation, .. }) = outcome.unwrap() else {
            panic!("a key needs a name");
        };
        let wish = of_ann.wish_with(Proof::Confirmation(confirmation));
        let outcome = renew_codes(app, current, wish).await;
        assert_eq!(told(&outcome.unwrap()), "identity.unconfirmed");
        assert!(events(shop).await.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_changed_without_the_password_and_nothing_is_told_before_it() {
    let shop = Shop::sqlite().await;
    let ann = shop.ann().await;
    equip(&shop, &ann, true, &[]).await;
    let session = Session::open(&shop, &ann).await;
    let (app, current) = (&shop.app, &session.current);
    for wrong in ["", "wrong"] {
        let wish = session.wish_with(password(wrong));
        let outcome = remove_app(app, current, wish).await.unwrap();
        assert_eq!(told(&outcome), "identity.wrong_password");
        let wish = session.wish_with(password(wrong));
        let outcome = renew_codes(app, current, wish).await.unwrap();
        assert_eq!(told(&outcome), "identity.wrong_password");
    }
    assert!(events(&shop).await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_other_sessions_end_where_that_is_wanted_and_only_then() {
    each_engine(async |shop| {
        shop.set("admin/security/admin_account_sharing", "1").await;
        let ann = shop.ann().await;
        equip(shop, &ann, true, &[]).await;
        for ends_others in [false, true] {
            let session = Session::open(shop, &ann).await;
            let other = Session::open(shop, &ann).await;
            let wish = Wish {
                ends_others,
                ..session.wish()
            };
            let outcome = renew_codes(&shop.app, &session.current, wish).await;
            let changed = outcome.unwrap().unwrap();
            assert_eq!(changed.recovery_codes.len(), 10);
            assert!(current(shop, &changed.session_id.unwrap()).await.is_some());
            let is_open = current(shop, &other.id).await.is_some();
            assert_eq!(is_open, !ends_others);
        }
        assert_eq!(subjects(shop).await, ["Second factor of ann"; 2]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v13_a_session_whose_factor_was_taken_away_meanwhile_sets_nothing_up() {
    each_engine(async |shop| {
        let ann = shop.ann().await;
        equip(shop, &ann, true, &[]).await;
        let session = Session::open(shop, &ann).await;
        let proposal = enrol::propose_app(&shop.app, &ann).await.unwrap();
        let code = code(shop, proposal.secret.expose_secret());
        let reset = crate::second_factor::remove::reset;
        reset(&shop.app, &ann, Provider::Google, "test")
            .await
            .unwrap();
        let (app, current) = (&shop.app, &session.current);
        let outcome = set_app(app, current, session.wish(), &proposal.sealed, &code).await;
        assert_eq!(told(&outcome.unwrap()), "not asked");
        assert!(!config(shop, &ann).await.is_active(Provider::Google));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v15_nothing_is_changed_while_the_integration_is_on() {
    each_engine(async |shop| {
        let ann = shop.ann().await;
        equip(shop, &ann, true, &[1]).await;
        let session = Session::open(shop, &ann).await;
        let (app, current) = (&shop.app, &session.current);
        let digest = key(1).digest();
        let outcome = rename_key(app, current, session.wish(), &digest, "").await;
        let Err(OwnRefused::Problem { confirmation, .. }) = outcome.unwrap() else {
            panic!("a key needs a name");
        };
        shop.integrate().await;
        for proof in [password(PASSWORD), Proof::Confirmation(confirmation)] {
            let outcome = remove_key(app, current, session.wish_with(proof), &digest).await;
            assert_eq!(told(&outcome.unwrap()), "identity.integration_is_on");
        }
        assert!(config(shop, &ann).await.is_active(Provider::U2fKey));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_confirmation_is_good_for_five_minutes() {
    let shop = Shop::sqlite().await;
    let ann = shop.ann().await;
    equip(&shop, &ann, false, &[1, 2]).await;
    let session = Session::open(&shop, &ann).await;
    let (app, current) = (&shop.app, &session.current);
    let digest = key(1).digest();
    let outcome = rename_key(app, current, session.wish(), &digest, "").await;
    let Err(OwnRefused::Problem { confirmation, .. }) = outcome.unwrap() else {
        panic!("a key needs a name");
    };
    shop.wait(SignedDuration::from_mins(5));
    let wish = session.wish_with(Proof::Confirmation(confirmation));
    let outcome = remove_key(app, current, wish, &digest).await;
    assert_eq!(told(&outcome.unwrap()), "identity.unconfirmed");
}
