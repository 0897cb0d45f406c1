//! One more key for who is signed in.

use super::super::actors::{authenticator, bind, enter, set_up, told};
use crate::second_factor::FactorRefused;
use crate::second_factor::actors::{self, Session, config};
use crate::second_factor::own::{self, OwnProblem, OwnRefused};
use crate::testing::{Shop, each_engine};
use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};
use webauthn::testing::encode;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_more_key_is_added_after_the_password_and_both_work_until_one_is_removed() {
    each_engine(async |shop| {
        bind(shop).await;
        let (ann, mut one, mut two) = (shop.ann().await, authenticator(), authenticator());
        set_up(shop, &ann, &mut one).await.ok().unwrap();
        let session = Session::open(shop, &ann).await;
        let (app, current) = (&shop.app, &session.current);
        let asked = own::begin_key(app, current).await.unwrap().unwrap();
        let options: Value = serde_json::from_str(&asked).unwrap();
        let excluded = &options["excludeCredentials"][0];
        assert_eq!(excluded["id"], json!(BASE64URL_NOPAD.encode(&one.id)));
        assert_eq!(excluded["transports"], json!(["usb", "nfc"]));
        let again = one.create(&asked).into();
        let added = own::add_key(app, current, session.wish(), &again, "A").await;
        assert_eq!(
            problem(added.unwrap()),
            OwnProblem::Key(FactorRefused::Key("key.known"))
        );
        let answer = two.create(&asked).into();
        let nameless = own::add_key(app, current, session.wish(), &answer, " ").await;
        assert_eq!(problem(nameless.unwrap()), OwnProblem::InvalidName);
        let wish = session.wish_with(actors::password("wrong"));
        let added = own::add_key(app, current, wish, &answer, "Phone").await;
        assert!(matches!(added.unwrap(), Err(OwnRefused::Identity(_))));
        let added = own::add_key(app, current, session.wish(), &answer, "Phone").await;
        let changed = added.unwrap().unwrap();
        assert!(changed.recovery_codes.is_empty(), "there are some");
        assert_eq!(told(&enter(shop, "ann", &mut one).await), "in");
        assert_eq!(told(&enter(shop, "ann", &mut two).await), "in");
        let session = Session::open(shop, &ann).await;
        let (app, current) = (&shop.app, &session.current);
        let accepted = own::accepted_keys(app, current).await.unwrap().unwrap();
        assert_eq!(accepted.rp_id, "luma.test");
        assert_eq!(
            accepted.user_handle,
            encode(&two.user_handle.clone().unwrap())
        );
        assert_eq!(accepted.ids, [encode(&one.id), encode(&two.id)]);
        let listed = config(shop, &ann).await.security_keys().unwrap();
        let removed = own::remove_key(app, current, session.wish(), &listed[1].digest()).await;
        removed.unwrap().unwrap();
        assert_eq!(told(&enter(shop, "ann", &mut two).await), "key.unknown");
        assert_eq!(told(&enter(shop, "ann", &mut one).await), "in");
    })
    .await;
}

fn problem<T: std::fmt::Debug>(outcome: Result<T, OwnRefused>) -> OwnProblem {
    match outcome {
        Err(OwnRefused::Problem { problem, .. }) => problem,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_for_one_more_key_is_of_its_session_alone() {
    let shop = Shop::sqlite().await;
    bind(&shop).await;
    shop.set("admin/security/admin_account_sharing", "1").await;
    let (ann, mut key) = (shop.ann().await, authenticator());
    set_up(&shop, &ann, &mut authenticator())
        .await
        .ok()
        .unwrap();
    let (one, other) = (
        Session::open(&shop, &ann).await,
        Session::open(&shop, &ann).await,
    );
    let asked = own::begin_key(&shop.app, &one.current).await.unwrap();
    let answer = key.create(&asked.unwrap()).into();
    let added = own::add_key(&shop.app, &other.current, other.wish(), &answer, "A").await;
    let challenge = OwnProblem::Key(FactorRefused::Key("key.challenge"));
    assert_eq!(problem(added.unwrap()), challenge);
    shop.set("twofactorauth/general/force_providers", "google")
        .await;
    let asked = own::begin_key(&shop.app, &one.current).await.unwrap();
    assert_eq!(told(&asked), "factor.not_allowed");
}
