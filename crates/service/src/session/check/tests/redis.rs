//! Sessions that are kept in Redis, while their grants are in the database.

use super::*;
use crate::testing::provider::EMAIL;
use store::redis_server::testing::OwnServer;

#[tokio::test]
async fn sessions_in_redis_are_checked_every_ten_minutes_and_end_by_the_providers_word() {
    let redis = OwnServer::start().await;
    let shop = Shop::in_redis(&redis).await;
    for kind in [Kind::Adobe, Kind::OpenId] {
        let sandbox = set_up(&shop, kind).await;
        let server = Server::of(&shop);
        let id = sign_in(&shop).await;
        wait(&shop, &sandbox, INTERVAL - 1);
        assert_eq!(server.check().await, 0, "not yet");
        wait(&shop, &sandbox, 1);
        shop_is_used(&shop, &id).await;
        assert_eq!(server.check().await, 1);
        let id = session::rotate(&shop.app, &id).await.unwrap().unwrap();
        assert_eq!(ended(&shop, &id).await, None);
        assert!(sandbox.revoke_tokens_of(EMAIL));
        wait(&shop, &sandbox, INTERVAL);
        shop_is_used(&shop, &id).await;
        assert_eq!(server.check().await, 1);
        let over = ended(&shop, &id).await;
        assert_eq!(over, Some(EndReason::RevokedByProvider), "{kind:?}");
        assert_eq!(grants(&shop).await, 0);
        shop.execute("DELETE FROM #core_config_data").await;
        shop.execute("DELETE FROM #postern_linked_identity").await;
    }
}

#[tokio::test]
async fn a_redis_that_is_away_ends_no_session_and_what_is_over_there_is_let_go_later() {
    let mut redis = OwnServer::start_with(&[], "appendonly yes\nappendfsync always\n").await;
    let shop = Shop::in_redis(&redis).await;
    let sandbox = set_up(&shop, Kind::OpenId).await;
    let server = Server::of(&shop);
    let id = sign_in(&shop).await;
    wait(&shop, &sandbox, INTERVAL);
    redis.stop();
    let before = sandbox.log().len();
    server.check().await;
    assert_eq!((grants(&shop).await, sandbox.log().len()), (1, before));
    redis.resume().await;
    // Until then nobody else would have asked.
    wait(&shop, &sandbox, 120);
    shop_is_used(&shop, &id).await;
    assert_eq!(server.check().await, 1);
    assert_eq!(ended(&shop, &id).await, None);
    session::end(&shop.app, &id).await.unwrap();
    // What is missing once may only have got a new id.
    for _ in 0..2 {
        wait(&shop, &sandbox, INTERVAL);
        server.check().await;
    }
    assert_eq!(grants(&shop).await, 0);
    assert_eq!(asked(&sandbox, "/oidc/revoke"), 2);
}
