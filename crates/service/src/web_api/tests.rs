//! Calls with tokens of the stand-in, of both kinds of provider, and with Commerce's own.

mod asked;
mod stage;
mod switched;

use super::*;
use secrecy::ExposeSecret;
use stage::{EMAIL, Realm, Stage, ann};

#[tokio::test]
async fn every_condition_of_the_account_is_looked_up_at_every_call() {
    let stage = Stage::new(Realm::Adobe).await;
    let token = stage.token_of(EMAIL).await;
    stage.call(&token).await.unwrap();
    let day = "'2020-01-01 00:00:00'";
    for (on, off, code) in [
        (
            "UPDATE `#admin_user` SET is_active = 0".to_owned(),
            "UPDATE `#admin_user` SET is_active = 1",
            "person.inactive",
        ),
        (
            format!("INSERT INTO `#admin_user_expiration` VALUES (1, {day})"),
            "DELETE FROM `#admin_user_expiration`",
            "person.expired",
        ),
        (
            "UPDATE `#authorization_role` SET role_type = 'X' WHERE role_type = 'U'".to_owned(),
            "UPDATE `#authorization_role` SET role_type = 'U' WHERE role_type = 'X'",
            "person.no_role",
        ),
    ] {
        stage.shop.execute(&on).await;
        assert_eq!(stage.call(&token).await, Err(code));
        stage.shop.execute(off).await;
        assert_eq!(stage.call(&token).await, ann(), "{code}");
    }
}

#[tokio::test]
async fn a16_a_lock_that_was_earned_with_passwords_stops_no_program() {
    let stage = Stage::new(Realm::Adobe).await;
    let token = stage.token_of(EMAIL).await;
    let lock = "UPDATE `#admin_user` SET lock_expires = '2030-01-01 00:00:00'";
    stage.shop.execute(lock).await;
    assert_eq!(stage.call(&token).await, ann());
    assert_eq!(stage.call(&token).await, ann(), "known by now");
}

#[tokio::test]
async fn who_has_no_account_gets_none_by_a_token() {
    let stage = Stage::new(Realm::OpenId).await;
    stage.shop.set("postern/openid/provisioning", "1").await;
    let token = stage.token_of("eve@luma.test").await;
    assert_eq!(stage.call(&token).await, Err("person.no_account"));
    assert_eq!(stage.rows().await, 0);
}

#[tokio::test]
async fn v14_made_up_changed_and_foreign_tokens_are_refused() {
    for realm in [Realm::Adobe, Realm::OpenId] {
        let stage = Stage::new(realm).await;
        let token = stage.token_of(EMAIL).await;
        let (body, signature) = token.rsplit_once('.').unwrap();
        let turned: String = signature.chars().rev().collect();
        for made_up in [
            "x",
            "a.b.c",
            &format!("{body}."),
            &format!("{body}.{turned}"),
        ] {
            assert!(stage.call(made_up).await.is_err(), "{realm:?} {made_up}");
        }
        assert_eq!(stage.rows().await, 0);
        stage.sandbox.rotate_key();
        let other = Stage::new(realm).await.token_of(EMAIL).await;
        assert!(stage.call(&other).await.is_err(), "{realm:?}");
    }
}

#[test]
fn a_header_has_exactly_two_parts() {
    for (header, token) in [
        ("Bearer abc", Some("abc")),
        ("bEARER abc", Some("abc")),
        ("Bearer", None),
        ("Bearer ", None),
        ("Bearer  abc", None),
        ("Bearer abc ", None),
        ("Bearer abc def", None),
        ("Bearer\tabc", None),
        ("Basic abc", None),
        ("abc", None),
    ] {
        let read = bearer(header);
        assert_eq!(
            read.as_ref().map(ExposeSecret::expose_secret),
            token,
            "{header}"
        );
    }
    let long = format!("Bearer {}", "a".repeat(LONGEST_TOKEN + 1));
    assert!(bearer(&long).is_none());
}
