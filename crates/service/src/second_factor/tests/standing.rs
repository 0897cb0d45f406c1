//! What a session's person is still to set up.

use super::actors::Session;
use super::*;
use crate::second_factor::Provider;
use crate::second_factor::standing::{missing, postpone};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_shop_forces_besides_is_asked_for_in_each_session_until_it_is_there_or_put_off() {
    each_engine(async |shop| {
        asking(shop).await;
        let (app, ann) = (&shop.app, shop.ann().await);
        let session = Session::open(shop, &ann).await;
        assert!(
            missing(app, &session.current).await.unwrap().is_empty(),
            "any one is enough"
        );
        let both = "google,u2fkey";
        shop.set("twofactorauth/general/force_providers", both)
            .await;
        let first = Session::open(shop, &ann).await;
        let key = vec![Provider::U2fKey];
        assert_eq!(missing(app, &first.current).await.unwrap(), key);
        postpone(app, &first.current).await.unwrap();
        let later = actors::current(shop, &first.id).await.unwrap();
        assert!(missing(app, &later).await.unwrap().is_empty());
        let next = Session::open(shop, &ann).await;
        assert_eq!(
            missing(app, &next.current).await.unwrap(),
            key,
            "until the next sign-in"
        );
        equip(shop, &ann, true, &[1]).await;
        assert!(missing(app, &next.current).await.unwrap().is_empty());
        equip(shop, &ann, true, &[]).await;
        shop.execute("UPDATE #tfa_user_config SET encoded_config = 'garbage'")
            .await;
        assert!(missing(app, &next.current).await.is_err());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_module_is_off_nothing_is_missing() {
    let shop = Shop::sqlite().await;
    shop.set("twofactorauth/general/force_providers", "u2fkey")
        .await;
    asking(&shop).await;
    let session = Session::open(&shop, &shop.ann().await).await;
    let file = shop.app.instance().root().join("app/etc/config.php");
    let off = "<?php\nreturn ['modules' => ['Magento_TwoFactorAuth' => 0]];\n";
    std::fs::write(file, off).unwrap();
    assert!(
        missing(&shop.app, &session.current)
            .await
            .unwrap()
            .is_empty()
    );
}
