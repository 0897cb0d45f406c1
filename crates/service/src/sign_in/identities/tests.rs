use super::*;
use crate::testing::provider::{Kind as ProviderKind, ended, find, set_up, sign_in, try_to_verify};
use crate::testing::{Shop, each_engine};
use domain::session::EndReason;
use store::linked_identities::Identity;

/// Ann's account is linked to an Adobe ID that she has no more.
async fn link_to_former(shop: &Shop, issuer: &str) {
    let mut connection = shop.app.database().connection().await.unwrap();
    let subject = "FORMER@AdobeID";
    let former = Identity { issuer, subject };
    let is_linked = linked_identities::create(&mut connection, former, shop.ann, shop.app.now());
    assert!(is_linked.await.unwrap());
}

async fn subjects(shop: &Shop) -> Vec<String> {
    let list = list(&shop.app, Some("ann")).await.unwrap();
    list.into_iter().map(|linked| linked.subject).collect()
}

#[tokio::test]
async fn v12_another_account_at_the_provider_opens_the_account_once_the_former_is_forgotten() {
    each_engine(async |shop| {
        let sandbox = set_up(shop, ProviderKind::Adobe).await;
        link_to_former(shop, &sandbox.url()).await;
        let refused = try_to_verify(shop).await.err().unwrap();
        assert_eq!(refused.code(), "person.linked_to_another");
        let place = Where::PresentProvider;
        let unlinked = unlink(&shop.app, "ann", place).await.unwrap();
        assert_eq!((unlinked.identities, unlinked.others), (1, 0));
        assert_eq!(try_to_verify(shop).await.unwrap().admin.id, shop.ann);
        let now = subjects(shop).await;
        assert!(now.len() == 1 && now[0] != "FORMER@AdobeID", "{now:?}");
        let told = "SELECT kind FROM #postern_audit_event WHERE kind LIKE 'identity_%' ORDER BY id";
        let told = shop.texts(told).await;
        assert_eq!(told, ["identity_unlinked", "identity_linked"]);
    })
    .await;
}

#[tokio::test]
async fn v12_sessions_and_tokens_that_rest_on_a_forgotten_identity_are_over() {
    each_engine(async |shop| {
        let _sandbox = set_up(shop, ProviderKind::Adobe).await;
        let id = sign_in(shop).await;
        assert!(matches!(find(shop, &id).await, session::Found::Current(_)));
        shop.execute(&format!(
            "INSERT INTO #admin_adobe_ims_webapi (admin_user_id, access_token_hash, access_token, \
             last_check_time, access_token_expires_at) \
             VALUES ({}, 'abc', '0:3:sealed', '2027-01-15 08:00:00', '2027-01-15 09:00:00')",
            shop.ann
        ))
        .await;
        let place = Where::PresentProvider;
        let unlinked = unlink(&shop.app, "ann", place).await.unwrap();
        assert_eq!((unlinked.identities, unlinked.sessions), (1, 1));
        assert_eq!(ended(shop, &id).await, Some(EndReason::EndedByOperator));
        let tokens = "SELECT access_token_hash FROM #admin_adobe_ims_webapi";
        assert!(shop.texts(tokens).await.is_empty());
        let again = unlink(&shop.app, "ann", place).await.unwrap();
        assert_eq!((again.identities, again.sessions), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn identities_at_other_providers_stay_unless_all_are_meant() {
    let shop = Shop::sqlite().await;
    link_to_former(&shop, "https://id.example.test").await;
    let refused = unlink(&shop.app, "ann", Where::PresentProvider).await;
    assert!(matches!(
        refused,
        Err(ServiceError::Identities(IdentitiesRefused::NoProvider))
    ));
    let _sandbox = set_up(&shop, ProviderKind::OpenId).await;
    let none = unlink(&shop.app, "ann", Where::PresentProvider).await;
    let none = none.unwrap();
    assert_eq!((none.identities, none.others), (0, 1));
    assert_eq!(subjects(&shop).await, ["FORMER@AdobeID"]);
    let all = unlink(&shop.app, "ann", Where::EveryProvider).await;
    assert_eq!(all.unwrap().identities, 1);
    assert!(subjects(&shop).await.is_empty());
}

#[tokio::test]
async fn what_an_account_leaves_behind_goes_by_its_number() {
    let shop = Shop::sqlite().await;
    link_to_former(&shop, "https://id.example.test").await;
    shop.execute("DELETE FROM #admin_user").await;
    let number = shop.ann.to_string();
    let listed = list(&shop.app, None).await.unwrap();
    assert_eq!(listed[0].username, number);
    for unknown in ["ann", "4711", "zoe"] {
        let refused = unlink(&shop.app, unknown, Where::EveryProvider).await;
        assert!(refused.is_err(), "{unknown}");
    }
    let unlinked = unlink(&shop.app, &number, Where::EveryProvider).await;
    assert_eq!(unlinked.unwrap().identities, 1);
    assert!(list(&shop.app, None).await.unwrap().is_empty());
}
