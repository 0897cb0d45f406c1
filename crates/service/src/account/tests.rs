//! What of an account may be changed while the integration is on, with an identity that the
//! provider confirmed.

use super::*;
use crate::session::{self, Current};
use crate::sign_in::identity::Proof;
use crate::sign_in::{NewGrant, Verified};
use crate::testing::{PASSWORD, Shop, each_engine};
use domain::identity::{Action, Confirmation};
use domain::session::KnownMode;
use domain::sign_in_mode::SignInMode;
use openid::Tokens;
use secrecy::{ExposeSecret, SecretString};
use store::identity_confirmations;
use store::sessions::Origin;

/// Ann, signed in with Adobe ID.
async fn ann_with_adobe_id(shop: &Shop) -> (Current, SecretString) {
    let verified = shop.sign_in("ann", PASSWORD).await.unwrap();
    shop.integrate().await;
    let epoch = verified.epoch + 1;
    let tokens = Tokens {
        access: "access".into(),
        expires_at: None,
        refresh: None,
        id: None,
    };
    let verified = Verified {
        epoch,
        grant: Some(NewGrant {
            role_by_id_token: false,
            issuer: "https://id.test".to_owned(),
            subject: "ann".to_owned(),
            provider_session: None,
            tokens,
            confirmed_at: shop.app.now(),
        }),
        ..verified
    };
    let origin = Origin {
        ip: "192.0.2.7".to_owned(),
        user_agent: String::new(),
    };
    let opened = session::open(&shop.app, &verified, &origin).await;
    let id = opened.unwrap().id;
    let known = KnownMode::Leased {
        mode: SignInMode::AdobeIms,
        epoch,
    };
    let found = session::find(&shop.app, &id, known).await.unwrap();
    (found.current().unwrap(), id)
}

/// What a fresh sign-in at the provider leaves behind.
async fn confirmed(shop: &Shop, current: &Current) -> Proof {
    let id = "confirmed at the provider";
    let confirmation = Confirmation {
        admin: current.admin.id,
        session: current.id_hash().to_owned(),
        action: Action::ChangeAccount.code().to_owned(),
        confirmed_at: shop.app.now(),
    };
    let digest = shop
        .app
        .keyring()
        .keyed_digest(format!("identity:{id}").as_bytes());
    let mut connection = shop.app.database().connection().await.unwrap();
    identity_confirmations::create(&mut connection, &digest, &confirmation)
        .await
        .unwrap();
    Proof::Confirmation(SecretString::from(id))
}

fn forged() -> AccountChange {
    AccountChange {
        username: "eve".to_owned(),
        first_name: "Eve".to_owned(),
        last_name: "Evil".to_owned(),
        email: "eve@luma.test".to_owned(),
        locale: "sv_SE".to_owned(),
        password: "Winter-2027!".into(),
        confirmation: "Winter-2027!".into(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v15_what_is_filled_in_is_put_back_and_no_password_is_set_while_the_integration_is_on() {
    each_engine(async |shop| {
        let (current, id) = ann_with_adobe_id(shop).await;
        let before = shop.ann().await;
        let proof = confirmed(shop, &current).await;
        let changed = change(&shop.app, &current, &id, &forged(), proof).await;
        assert!(changed.unwrap().unwrap().session_id.is_none());
        let after = shop.ann().await;
        assert_eq!(format!("{before:?}"), format!("{after:?}"));
        assert_eq!(
            before.password_hash.expose_secret(),
            after.password_hash.expose_secret()
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_empty_may_be_filled_in_while_the_integration_is_on() {
    let shop = Shop::sqlite().await;
    shop.execute("UPDATE #admin_user SET firstname = NULL")
        .await;
    let (current, id) = ann_with_adobe_id(&shop).await;
    assert!(editable(&current).first_name && !editable(&current).last_name);
    let proof = confirmed(&shop, &current).await;
    let changed = change(&shop.app, &current, &id, &forged(), proof).await;
    assert!(changed.unwrap().is_ok());
    assert_eq!(shop.ann().await.full_name(), "Eve Smith");
}
