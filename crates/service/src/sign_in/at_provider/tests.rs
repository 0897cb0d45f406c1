//! Ways to the provider that nobody came back from, and ways that a switch overtakes.

use super::*;
use crate::housekeeping;
use crate::session::{self, Origin};
use crate::testing::provider::{Kind, set_up, sign_in, verify, wait};
use crate::testing::{Shop, each_engine};
use domain::sign_in_mode::SignInMode;
use jiff::SignedDuration;
use store::{provider_attempts, sign_in_mode};

async fn begin_one(shop: &Shop) -> Result<Begun, ProviderRefused> {
    let beginning = Beginning {
        errand: Errand::SignIn,
        current: None,
        other_account: false,
        back: None,
        kept: None,
        browser: None,
        ip: "192.0.2.7".to_owned(),
    };
    begin(&shop.app, beginning).await.unwrap()
}

async fn count(shop: &Shop, table: &str) -> usize {
    let sql = format!("SELECT '' FROM #{table}");
    shop.texts(&sql).await.len()
}

/// Switches as the command does, as far as it concerns the provider.
async fn switch_off(shop: &Shop) {
    let mut transaction = shop.app.database().begin().await.unwrap();
    let record = sign_in_mode::lock(&mut transaction).await.unwrap().unwrap();
    store::adobe_tokens::erase(&mut transaction).await.unwrap();
    provider_attempts::delete_all(&mut transaction)
        .await
        .unwrap();
    let next = record.switched_to(SignInMode::Commerce, None, shop.app.now(), "test");
    let replaced = sign_in_mode::replace(&mut transaction, &next, record.epoch).await;
    assert!(replaced.unwrap());
    transaction.commit().await.unwrap();
}

#[tokio::test]
async fn ways_that_nobody_came_back_from_stop_counting_and_are_swept() {
    each_engine(async |shop| {
        let sandbox = set_up(shop, Kind::OpenId).await;
        while begin_one(shop).await.is_ok() {}
        let refused = begin_one(shop).await.err();
        assert_eq!(refused, Some(ProviderRefused::TooMany));
        let span = LIFETIME + SignedDuration::from_secs(1);
        wait(shop, &sandbox, span.as_secs());
        assert!(begin_one(shop).await.is_ok());
        housekeeping::sweep(&shop.app).await.unwrap();
        assert_eq!(count(shop, "postern_provider_attempt").await, 1);
    })
    .await;
}

#[tokio::test]
async fn what_anybody_can_send_takes_little_room() {
    let shop = Shop::sqlite().await;
    let _sandbox = set_up(&shop, Kind::OpenId).await;
    let beginning = Beginning {
        errand: Errand::SignIn,
        current: None,
        other_account: false,
        back: Some("/back".to_owned()),
        kept: Some("x".repeat(60_000)),
        browser: None,
        ip: "192.0.2.7".to_owned(),
    };
    assert!(begin(&shop.app, beginning).await.unwrap().is_ok());
    let sql = "SELECT back FROM #postern_provider_attempt WHERE kept IS NULL";
    assert_eq!(shop.texts(sql).await, ["/back"]);
    for state in ["made up", &"x".repeat(65)] {
        let returned = Returned {
            state: Some(state.to_owned()),
            ..Returned::default()
        };
        let refused = finish(&shop.app, returned).await.unwrap();
        assert!(refused.is_err());
    }
    let written = "SELECT kind FROM #postern_audit_event \
                   WHERE kind = 'provider_sign_in_refused'";
    assert_eq!(shop.texts(written).await, Vec::<String>::new());
}

#[tokio::test]
async fn a01_a_sign_in_that_a_switch_overtakes_leaves_no_token_behind() {
    each_engine(async |shop| {
        let _sandbox = set_up(shop, Kind::OpenId).await;
        let verified = verify(shop).await;
        switch_off(shop).await;
        let opened = session::open(&shop.app, &verified, &Origin::default()).await;
        let found = crate::testing::provider::find(shop, &opened.unwrap().id).await;
        assert!(found.current().is_none());
        assert_eq!(count(shop, "postern_provider_grant").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a01_a_way_that_a_switch_overtakes_at_the_provider_leads_nowhere() {
    each_engine(async |shop| {
        let sandbox = set_up(shop, Kind::OpenId).await;
        let returned = crate::testing::provider::come_back_later(shop).await;
        sandbox.set_fault("/oidc/userinfo", ims_sandbox::Fault::Slow);
        let before = crate::testing::provider::asked(&sandbox, "/oidc/token");
        let switching = async {
            while crate::testing::provider::asked(&sandbox, "/oidc/token") == before {
                tokio::task::yield_now().await;
            }
            switch_off(shop).await;
        };
        let (finished, ()) = tokio::join!(finish(&shop.app, returned), switching);
        let refused = finished.unwrap().err();
        assert_eq!(refused, Some(ProviderRefused::Stale));
        assert_eq!(count(shop, "postern_linked_identity").await, 0);
        assert!(shop.ann().await.last_sign_in.is_none());
    })
    .await;
}

#[tokio::test]
async fn a_switch_waits_for_a_sign_in_and_a_sign_in_for_a_switch() {
    let shop = Shop::mariadb().await;
    let _sandbox = set_up(&shop, Kind::OpenId).await;
    let database = shop.app.database();
    let mut signing_in = database.begin().await.unwrap();
    let record = sign_in_mode::hold(&mut signing_in).await.unwrap().unwrap();
    let switching = crate::switch::disable::disable(&shop.app, Default::default());
    let mut switching = std::pin::pin!(switching);
    let still = tokio::time::timeout(std::time::Duration::from_millis(300), &mut switching).await;
    assert!(still.is_err(), "it waits");
    signing_in.commit().await.unwrap();
    let receipt = switching.await.unwrap();
    assert!(receipt.epoch > record.epoch);
}

#[tokio::test]
async fn a09_an_account_that_was_made_anew_is_linked_anew() {
    each_engine(async |shop| {
        let _sandbox = set_up(shop, Kind::OpenId).await;
        sign_in(shop).await;
        shop.execute("UPDATE #postern_linked_identity SET user_id = user_id + 1000")
            .await;
        sign_in(shop).await;
        let sql = "SELECT username FROM #admin_user u \
                   JOIN #postern_linked_identity l ON l.user_id = u.user_id";
        assert_eq!(shop.texts(sql).await, ["ann"]);
    })
    .await;
}

#[tokio::test]
async fn v12_a_link_does_not_outlive_its_account() {
    each_engine(async |shop| {
        let _sandbox = set_up(shop, Kind::OpenId).await;
        sign_in(shop).await;
        housekeeping::sweep(&shop.app).await.unwrap();
        assert_eq!(count(shop, "postern_linked_identity").await, 1);
        shop.execute("UPDATE #postern_linked_identity SET user_id = user_id + 1000")
            .await;
        housekeeping::sweep(&shop.app).await.unwrap();
        assert_eq!(count(shop, "postern_linked_identity").await, 0);
    })
    .await;
}
