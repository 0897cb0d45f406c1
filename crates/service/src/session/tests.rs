//! Sessions as people live through them, with sessions in SQLite, in MariaDB and in Redis.

mod shop;

use super::*;
use crate::switch;
use domain::session::KnownMode;
use domain::sign_in_mode::SignInMode;
use jiff::SignedDuration;
use shop::{Shop, each_shop};
use store::redis_server::testing::OwnServer;
use store::sign_in_mode;

#[tokio::test]
async fn a_session_lasts_while_it_is_used_and_no_longer_than_its_absolute_limit() {
    each_shop(async |shop| {
        let path = "postern/security/session_absolute_lifetime";
        shop.set(path, "1800").await;
        let id = shop.sign_in().await.id;
        let start = shop.app.now();
        shop.wait(800);
        let current = shop.current(&id).await;
        assert_eq!(
            current.expires_at.duration_since(start),
            SignedDuration::from_secs(1700)
        );
        shop.wait(899);
        let current = shop.current(&id).await;
        assert_eq!(
            current.expires_at.duration_since(start),
            SignedDuration::from_secs(1800)
        );
        shop.wait(101);
        assert_eq!(shop.ended(&id).await, Some(EndReason::Expired));
        assert_eq!(rotate_and_find(shop, &id).await, Some(EndReason::Expired));
    })
    .await;
}

async fn rotate_and_find(shop: &Shop, id: &SecretString) -> Option<EndReason> {
    let id = rotate(&shop.app, id).await.unwrap().expect("another id");
    shop.ended(&id).await
}

#[tokio::test]
async fn only_who_says_so_extends_at_once_and_an_unused_session_expires() {
    each_shop(async |shop| {
        let id = shop.sign_in().await.id;
        let start = shop.app.now();
        shop.wait(10);
        // Ten seconds are too few to be worth a write.
        let expires_at = shop.current(&id).await.expires_at;
        assert_eq!(
            expires_at.duration_since(start),
            SignedDuration::from_secs(900)
        );
        let extended = extend(&shop.app, &id, shop.known().await).await.unwrap();
        let expires_at = extended.current().unwrap().expires_at;
        assert_eq!(
            expires_at.duration_since(start),
            SignedDuration::from_secs(910)
        );
        shop.wait(899);
        assert_eq!(shop.ended(&id).await, None);
        shop.wait(900);
        assert_eq!(shop.ended(&id).await, Some(EndReason::Expired));
        let extended = extend(&shop.app, &id, shop.known().await).await.unwrap();
        assert!(matches!(extended, Found::Ended(EndReason::Expired)));
    })
    .await;
}

#[tokio::test]
async fn signing_in_elsewhere_ends_the_session_before_and_its_browser_is_told_once() {
    each_shop(async |shop| {
        let insert = format!(
            "INSERT INTO #admin_user_session (user_id, status, ip) VALUES ({}, 1, '192.0.2.1')",
            shop.ann
        );
        let first = shop.sign_in().await;
        assert!(!first.others_ended);
        shop.execute(&insert).await;
        let second = shop.sign_in().await;
        assert!(second.others_ended);
        let reason = Some(EndReason::SignedInElsewhere);
        assert_eq!(shop.ended(&first.id).await, reason);
        assert_eq!(shop.ended(&first.id).await, reason, "asking is not telling");
        let known = shop.known().await;
        let told = async |id| acknowledge(&shop.app, id, known).await.unwrap();
        assert_eq!(told(&first.id).await, reason);
        assert_eq!(told(&first.id).await, None);
        assert!(matches!(shop.find(&first.id).await, Found::None));
        assert_eq!(told(&second.id).await, None);
        shop.current(&second.id).await;
        assert_eq!(shop.events().await, ["ann: 2 \"signed_in_elsewhere\""]);

        let mut connection = shop.app.database().connection().await.unwrap();
        assert_eq!(sessions::commerce::count(&mut connection).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn of_many_who_sign_in_at_once_one_session_stays() {
    each_shop(async |shop| {
        let opened = futures_util::future::join_all((0..6).map(|_| shop.sign_in())).await;
        let mut open = 0;
        for opened in &opened {
            open += usize::from(shop.find(&opened.id).await.current().is_some());
        }
        assert_eq!(open, 1);
    })
    .await;
}

#[tokio::test]
async fn v13_a_new_id_is_given_to_one_and_the_old_one_is_dead_at_once() {
    each_shop(async |shop| {
        let old = shop.sign_in().await.id;
        let created_at = shop.current(&old).await.session.created_at;
        shop.wait(5);
        let rotations = (0..6).map(|_| rotate(&shop.app, &old));
        let rotated = futures_util::future::join_all(rotations).await;
        let mut won = rotated.into_iter().filter_map(Result::unwrap);
        let new = won.next().expect("one wins");
        assert!(won.next().is_none(), "only one wins");
        assert!(matches!(shop.find(&old).await, Found::None));
        assert!(rotate(&shop.app, &old).await.unwrap().is_none());
        assert_eq!(shop.current(&new).await.session.created_at, created_at);
    })
    .await;
}

#[tokio::test]
async fn v05_after_signing_out_or_a_switch_the_old_id_is_nothing_on_any_node() {
    each_shop(async |shop| {
        shop.share_accounts().await;
        let (out, stays) = (shop.sign_in().await.id, shop.sign_in().await.id);
        end(&shop.app, &out).await.unwrap();
        end(&shop.app, &out).await.unwrap();
        assert!(matches!(shop.find(&out).await, Found::None));
        shop.current(&stays).await;

        // As far as any node can see: nothing but the mode and the epoch changes.
        for mode in [SignInMode::AdobeIms, SignInMode::Commerce] {
            let mut connection = shop.app.database().connection().await.unwrap();
            let record = sign_in_mode::find(&mut connection).await.unwrap().unwrap();
            let next = record.switched_to(mode, None, shop.app.now(), "test");
            let replaced = sign_in_mode::replace(&mut connection, &next, record.epoch).await;
            assert!(replaced.unwrap());
            drop(connection);
            assert!(matches!(shop.find(&stays).await, Found::None), "{mode:?}");
            let known = shop.known().await;
            assert_eq!(acknowledge(&shop.app, &stays, known).await.unwrap(), None);
        }
        let unknown = find(&shop.app, &stays, KnownMode::Unknown).await;
        assert!(matches!(unknown.unwrap(), Found::None));
    })
    .await;
}

#[tokio::test]
async fn v09_what_is_no_id_is_no_session_and_no_error() {
    each_shop(async |shop| {
        let id = shop.sign_in().await.id;
        let digest = digest(&shop.app, &id);
        let handle = handle(&shop.app, &digest);
        let long = "a".repeat(100_000);
        for forged in ["", "0", "' OR 1=1 --", "a\0b", "*", &digest, &handle, &long] {
            let forged = SecretString::from(forged);
            assert!(matches!(shop.find(&forged).await, Found::None));
            assert!(rotate(&shop.app, &forged).await.unwrap().is_none());
            end(&shop.app, &forged).await.unwrap();
        }
        shop.current(&id).await;
    })
    .await;
}

#[tokio::test]
async fn a_person_sees_their_sessions_and_ends_one_or_all_others() {
    each_shop(async |shop| {
        shop.share_accounts().await;
        let this = shop.sign_in().await.id;
        shop.wait(5);
        let curl = shop.sign_in_with("curl/8.14").await.id;
        shop.wait(5);
        let third = shop.sign_in_with("?").await.id;
        let current = shop.current(&this).await;
        let listed = list_of(&shop.app, &current).await.unwrap();
        let seen = |one: &Listed| (one.browser.clone(), one.is_this, one.address.clone());
        let seen: Vec<_> = listed.iter().map(seen).collect();
        let address = || "192.0.2.7".to_owned();
        assert_eq!(
            seen,
            [
                (None, false, address()),
                (Some("curl".to_owned()), false, address()),
                (Some("Firefox on Linux".to_owned()), true, address()),
            ]
        );

        let handle = &listed[1].handle;
        assert_eq!(end_one(&shop.app, &current, handle).await.unwrap(), Ok(()));
        let again = end_one(&shop.app, &current, handle).await.unwrap();
        assert_eq!(again, Err(HandleUnknown));
        assert_eq!(shop.ended(&curl).await, Some(EndReason::EndedByOwner));
        assert_eq!(shop.ended(&third).await, None);
        let ended = end_others(&shop.app, &current).await.unwrap();
        assert_eq!(ended.own, 1);
        assert_eq!(shop.ended(&third).await, Some(EndReason::EndedByOwner));
        shop.current(&this).await;
        let one = "ann: 1 \"ended_by_owner\"";
        assert_eq!(shop.events().await, [one, one]);
    })
    .await;
}

#[tokio::test]
async fn a_disabled_account_is_out_and_stays_out_when_it_is_enabled_again() {
    each_shop(async |shop| {
        let id = shop.sign_in().await.id;
        shop.execute("UPDATE #admin_user SET is_active = 0").await;
        assert_eq!(shop.ended(&id).await, Some(EndReason::AccountDisabled));
        shop.execute("UPDATE #admin_user SET is_active = 1").await;
        assert_eq!(shop.ended(&id).await, Some(EndReason::AccountDisabled));
        assert_eq!(shop.events().await, ["test: 1 \"account_disabled\""]);
    })
    .await;
}

#[tokio::test]
async fn the_operator_sees_all_sessions_and_ends_all_or_none_of_those_named() {
    each_shop(async |shop| {
        shop.share_accounts().await;
        let (first, second) = (shop.sign_in().await.id, shop.sign_in().await.id);
        let listed = list_all(&shop.app, Some("ann")).await.unwrap();
        assert_eq!(listed, list_all(&shop.app, None).await.unwrap());
        assert_eq!((listed.len(), listed[0].username.as_str()), (2, "ann"));
        let nobody = list_all(&shop.app, Some("zoe")).await;
        assert!(matches!(
            nobody,
            Err(ServiceError::EndRefused(EndRefused::NoSuchUser(_)))
        ));

        let one_is_wrong = Selection::Ids(vec![listed[0].id.clone(), "0".repeat(12)]);
        let refused = end_selected(&shop.app, &one_is_wrong).await;
        assert!(matches!(
            refused,
            Err(ServiceError::EndRefused(EndRefused::NoSuchSession(_)))
        ));
        assert_eq!(list_all(&shop.app, None).await.unwrap().len(), 2);

        let one = Selection::Ids(vec![listed[0].id.clone()]);
        assert_eq!(end_selected(&shop.app, &one).await.unwrap().own, 1);
        assert_eq!(list_all(&shop.app, None).await.unwrap(), listed[1..]);
        let all = end_selected(&shop.app, &Selection::All).await.unwrap();
        assert_eq!(all.own, 1);
        for id in [&first, &second] {
            assert_eq!(shop.ended(id).await, Some(EndReason::EndedByOperator));
        }
        let none = Selection::User("ann".to_owned());
        assert_eq!(end_selected(&shop.app, &none).await.unwrap().own, 0);
    })
    .await;
}

#[tokio::test]
async fn a_session_is_forgotten_a_day_after_its_time_and_not_before() {
    each_shop(async |shop| {
        let id = shop.sign_in().await.id;
        shop.wait(900 + 86_399);
        assert_eq!(forget(&shop.app).await.unwrap(), 0);
        assert_eq!(shop.ended(&id).await, Some(EndReason::Expired));
        shop.wait(1);
        assert_eq!(forget(&shop.app).await.unwrap(), 1);
        assert!(matches!(shop.find(&id).await, Found::None));
    })
    .await;
}

#[tokio::test]
async fn v13_a_switch_needs_no_redis_and_what_it_left_there_is_void_and_then_removed() {
    let mut server = OwnServer::start_with(&[], "appendonly yes\nappendfsync always\n").await;
    let shop = Shop::in_redis(&server).await;
    let id = shop.sign_in().await.id;
    shop.execute("UPDATE #postern_sign_in_mode SET mode = 'adobe_ims'")
        .await;
    server.stop();
    let away = find(&shop.app, &id, shop.known().await).await.unwrap_err();
    assert!(away.is_unavailable(), "{away}");

    let options = switch::disable::Options::default();
    let receipt = switch::disable::disable(&shop.app, options).await.unwrap();
    assert_eq!(receipt.epoch, 2);
    let told = receipt.warnings.join("\n");
    assert!(told.contains("the sessions cannot be reached"), "{told}");

    server.resume().await;
    assert!(matches!(shop.find(&id).await, Found::None));
    assert!(switch::resume(&shop.app).await.unwrap().is_empty());
    let mut connection = shop.app.database().connection().await.unwrap();
    assert_eq!(shop.app.sessions().count(&mut connection).await.unwrap(), 0);
}
