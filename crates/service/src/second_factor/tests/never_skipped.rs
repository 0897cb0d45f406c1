//! What else might seem to be a way around.

use super::actors::{Session, current, find};
use super::*;
use crate::admin::create;
use crate::second_factor::{remove, user_config};
use crate::session::{self, Origin};
use crate::sign_in::admin_token::{self, Credentials, TokenRefused};
use crate::sign_in::password::SignInRefused;
use crate::sign_in::reset_password::{self, Link};
use crate::testing::PASSWORD;
use domain::admin::Admin;
use domain::second_factor::Provider;
use store::admins::Profile;
use store::reset_tokens;

const NEW_PASSWORD: &str = "Herbst-2026!";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_password_skips_no_second_factor_and_takes_none_away() {
    each_engine(async |shop| {
        asking(shop).await;
        let (app, ann) = (&shop.app, shop.ann().await);
        let token = "Zu3Vb1kQ9sLr0aWnEJc7uMDh5gG2oXyT";
        let sealed = app.keyring().encrypt(token.as_bytes(), [7; 12]);
        let mut connection = actors::connection(shop).await;
        let set = reset_tokens::set(&mut connection, ann.id, &sealed, app.now()).await;
        set.unwrap();
        drop(connection);
        let before = pending(shop, "ann").await;
        let link = Link {
            admin: ann.id,
            token: token.into(),
        };
        let new = SecretString::from(NEW_PASSWORD);
        let reset = reset_password::reset(app, &link, new.clone(), &new).await;
        reset.unwrap().unwrap();
        let code = fresh_code(shop);
        assert_eq!(type_code(shop, &before, &code).await, "factor.not_pending");
        let Err(SignInRefused::FactorNeeded(id)) = shop.sign_in("ann", NEW_PASSWORD).await else {
            panic!("the new password alone is not enough");
        };
        let found = crate::second_factor::pending::find(app, &id)
            .await
            .unwrap()
            .unwrap();
        assert!(found.enrolled.has(Provider::Google));
        assert_eq!(type_code(shop, &id, &code).await, "in");

        let profile = Profile {
            username: ann.username.clone(),
            email: ann.email.clone().unwrap(),
            first_name: "Ann".to_owned(),
            last_name: "Smith".to_owned(),
        };
        let by_command = SecretString::from("Winter-2027!!");
        create::create(app, &profile, &by_command).await.unwrap();
        let signed_in = shop.sign_in("ann", "Winter-2027!!").await;
        assert!(matches!(signed_in, Err(SignInRefused::FactorNeeded(_))));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_from_before_the_module_was_on_is_over_at_the_next_click() {
    each_engine(async |shop| {
        let verified = shop.sign_in("ann", PASSWORD).await.unwrap();
        let opened = session::open(&shop.app, &verified, &Origin::default()).await;
        let id = opened.unwrap().id;
        assert!(current(shop, &id).await.is_some());
        ask(shop);
        assert!(current(shop, &id).await.is_none());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_session_has_shown_is_looked_up_at_every_click() {
    each_engine(async |shop| {
        asking(shop).await;
        let session = Session::open(shop, &shop.ann().await).await;
        assert!(current(shop, &session.id).await.is_some());
        shop.execute("UPDATE #postern_session_factor SET factor = 'charm'")
            .await;
        assert!(
            current(shop, &session.id).await.is_none(),
            "an unknown factor is none"
        );
        let other = Session::open(shop, &shop.ann().await).await;
        shop.execute("DELETE FROM #postern_session_factor").await;
        assert!(current(shop, &other.id).await.is_none());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_ends_when_what_it_has_shown_is_taken_away_in_php() {
    each_engine(async |shop| {
        asking(shop).await;
        let ann = shop.ann().await;
        let session = Session::open(shop, &ann).await;
        take_the_app_away(shop, &ann).await;
        assert!(current(shop, &session.id).await.is_none());
        equip(shop, &ann, true, &[]).await;
        let damaged = Session::open(shop, &ann).await;
        shop.execute("UPDATE #tfa_user_config SET encoded_config = '0:3:x'")
            .await;
        assert!(current(shop, &damaged.id).await.is_none(), "unreadable");
    })
    .await;
}

/// As PHP does it, which knows nothing of what stands beside.
async fn take_the_app_away(shop: &Shop, admin: &Admin) {
    let mut config = actors::config(shop, admin).await;
    config.remove(Provider::Google);
    let mut connection = actors::connection(shop).await;
    let saved = user_config::save(&shop.app, &mut connection, admin, &config);
    saved.await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tokens_of_programs_end_with_a_factor_that_is_taken_away() {
    each_engine(async |shop| {
        asking(shop).await;
        let void = "SELECT user_id FROM #jwt_auth_revoked";
        assert!(shop.texts(void).await.is_empty());
        remove::reset_named(&shop.app, "ann", "google")
            .await
            .unwrap();
        assert_eq!(shop.texts(void).await, [shop.ann.to_string()]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_factor_is_worth_nothing_in_another_session_or_for_another_person() {
    each_engine(async |shop| {
        let bob = actors::admin(shop, "bob").await;
        asking(shop).await;
        let session = Session::open(shop, &shop.ann().await).await;
        let sql = format!("UPDATE #postern_session_factor SET user_id = {}", bob.id);
        shop.execute(&sql).await;
        assert!(current(shop, &session.id).await.is_none());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_password_gets_no_token_of_the_web_api_whatever_the_rest_says() {
    each_engine(async |shop| {
        asking(shop).await;
        let credentials = Credentials {
            username: "ann".to_owned(),
            password: PASSWORD.into(),
            ip: "192.0.2.7".to_owned(),
        };
        let refused = admin_token::create(&shop.app, &credentials).await.unwrap();
        let asked = TokenRefused::FactorNeeded(vec![Provider::Google]);
        assert_eq!(refused.err(), Some(asked));
        let code = fresh_code(shop);
        for (typed, expected) in [("", "refused"), (&code, "token"), (&code, "refused")] {
            let proof = Proof::AppCode(typed.into());
            let provider = Provider::Google;
            let made = admin_token::create_with(&shop.app, &credentials, provider, &proof).await;
            let told = made.unwrap().map_or("refused", |_| "token");
            assert_eq!(told, expected, "{typed}");
        }
        let proof = Proof::RecoveryCode(code.into());
        let made =
            admin_token::create_with(&shop.app, &credentials, Provider::U2fKey, &proof).await;
        assert_eq!(made.unwrap().err(), Some(TokenRefused::ProviderNotSetUp));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v09_what_cannot_be_read_keeps_its_owner_out_and_sets_nothing_up_anew() {
    each_engine(async |shop| {
        asking(shop).await;
        let id = pending(shop, "ann").await;
        let token = token(shop).await;
        let readable = shop
            .texts("SELECT encoded_config FROM #tfa_user_config")
            .await;
        let other_key = commerce::encryption::Keyring::parse("fedcba9876543210fedcba9876543210");
        let foreign = other_key.unwrap().encrypt(b"{}", [1; 12]);
        let no_json = shop.app.keyring().encrypt(b"null", [1; 12]);
        let no_secret = br#"{"google":{"secret":"0:3:AAAA","active":true}}"#;
        let no_secret = shop.app.keyring().encrypt(no_secret, [1; 12]);
        for damaged in ["garbage", "0:3:AAAA", &foreign, &no_json, &no_secret] {
            shop.execute(&format!(
                "UPDATE #tfa_user_config SET encoded_config = '{damaged}'"
            ))
            .await;
            let proof = Proof::AppCode(fresh_code(shop).into());
            let shown = prove::prove(&shop.app, &attempt(&id, Door::Page), &proof).await;
            assert!(shown.is_err(), "{damaged}");
            let link = enrol::has_link(&shop.app, &id, &token).await;
            assert!(link.is_err(), "{damaged}");
            let offer = crate::second_factor::programs::configure_app(&shop.app, &token).await;
            assert!(offer.is_err(), "{damaged}");
        }
        assert!(
            shop.texts("SELECT id_hash FROM #postern_session")
                .await
                .is_empty()
        );
        let restored = &readable[0];
        shop.execute(&format!(
            "UPDATE #tfa_user_config SET encoded_config = '{restored}'"
        ))
        .await;
        let code = fresh_code(shop);
        assert_eq!(type_code(shop, &id, &code).await, "in");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_table_that_is_needed_nobody_gets_in() {
    for table in [
        "tfa_user_config",
        "postern_second_factor",
        "postern_code_failure",
        "postern_pending_sign_in",
    ] {
        each_engine(async |shop| {
            asking(shop).await;
            let id = pending(shop, "ann").await;
            shop.execute(&format!("ALTER TABLE #{table} RENAME TO #lost"))
                .await;
            let proof = Proof::AppCode(fresh_code(shop).into());
            let shown = prove::prove(&shop.app, &attempt(&id, Door::Page), &proof).await;
            assert!(shown.is_err(), "{table}");
            assert!(
                shop.texts("SELECT id_hash FROM #postern_session")
                    .await
                    .is_empty()
            );
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_database_nobody_gets_in() {
    each_engine(async |shop| {
        asking(shop).await;
        let id = pending(shop, "ann").await;
        let proof = Proof::AppCode(fresh_code(shop).into());
        shop.app.database().close().await;
        let shown = prove::prove(&shop.app, &attempt(&id, Door::Page), &proof).await;
        assert!(shown.is_err());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_factor_that_was_taken_away_meanwhile_is_asked_for_no_longer_and_opens_nothing() {
    each_engine(async |shop| {
        asking(shop).await;
        let id = pending(shop, "ann").await;
        take_the_app_away(shop, &find(shop, shop.ann).await).await;
        let code = fresh_code(shop);
        assert_eq!(type_code(shop, &id, &code).await, "factor.not_allowed");
    })
    .await;
}
