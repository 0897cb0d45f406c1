//! Sessions that rest on a provider's word, lived through with a stand-in.

mod leftovers;
mod redis;
mod roles;

use super::*;
use crate::node::Node;
use crate::session::{self, Found};
use crate::testing::provider::{Kind, asked, ended, find, set_up, sign_in, wait};
use crate::testing::{Shop, each_engine};
use commerce::configuration::{OPENID_ROLE_CLAIM, OPENID_ROLES};
use ims_sandbox::{Fault, Sandbox};
use secrecy::SecretString;

const VALIDATION: &str = "/ims/validate_token/v1";
const TOKEN: &str = "/oidc/token";
const INTERVAL: i64 = 600;

/// One server, as far as it asks the provider.
struct Server {
    node: Node,
    checker: Arc<Checker>,
}

impl Server {
    fn of(shop: &Shop) -> Self {
        let node = Node::new("test".to_owned()).unwrap();
        let checker = Arc::new(Checker::new(shop.app.clone(), node.lease()));
        Self { node, checker }
    }

    /// Begins what is due now. Returns how many are asked about.
    async fn begin(&self, under_way: &mut JoinSet<()>) -> usize {
        self.node.renew(&self.checker.app).await.unwrap();
        let before = under_way.len();
        self.checker.begin_due(under_way).await.unwrap();
        under_way.len() - before
    }

    /// Looks after everything that is due, to the end. Returns how many that were.
    async fn check(&self) -> usize {
        let mut under_way = JoinSet::new();
        let mut all = 0;
        loop {
            let begun = self.begin(&mut under_way).await;
            while let Some(ended) = under_way.join_next().await {
                ended.unwrap();
            }
            all += begun;
            if begun == 0 {
                return all;
            }
        }
    }

    async fn metrics(&self) -> String {
        let known = self.node.lease().known();
        crate::metrics::read(&self.checker.app, known)
            .await
            .unwrap()
    }

    fn is_away(&self) -> bool {
        self.checker.watch.is_away()
    }
}

async fn grace_until(shop: &Shop, id: &SecretString) -> Option<i64> {
    let current = find(shop, id).await.current().expect("an open session");
    let now = shop.app.now();
    current
        .grace_until
        .map(|until| until.duration_since(now).as_secs())
}

async fn grants(shop: &Shop) -> usize {
    let sql = "SELECT session_hash FROM #postern_provider_grant";
    shop.texts(sql).await.len()
}

async fn each_kind(shop: &Shop, test: impl AsyncFn(&Shop, &Sandbox, &Server)) {
    for kind in [Kind::Adobe, Kind::OpenId] {
        let sandbox = set_up(shop, kind).await;
        test(shop, &sandbox, &Server::of(shop)).await;
        shop.execute("DELETE FROM #core_config_data").await;
        shop.execute("DELETE FROM #postern_linked_identity").await;
        shop.execute("DELETE FROM #postern_provider_grant").await;
    }
}

#[tokio::test]
async fn who_was_signed_out_at_the_provider_is_asked_to_sign_in_with_the_reason() {
    each_engine(async |shop| {
        each_kind(shop, async |shop, sandbox, server| {
            let id = sign_in(shop).await;
            wait(shop, sandbox, INTERVAL - 1);
            assert_eq!(server.check().await, 0);
            wait(shop, sandbox, 1);
            shop_is_used(shop, &id).await;
            assert_eq!(server.check().await, 1);
            assert_eq!(ended(shop, &id).await, None);

            sandbox.revoke_tokens_of(crate::testing::provider::EMAIL);
            wait(shop, sandbox, INTERVAL);
            shop_is_used(shop, &id).await;
            assert_eq!(server.check().await, 1);
            assert_eq!(ended(shop, &id).await, Some(EndReason::RevokedByProvider));
            assert_eq!(grants(shop).await, 0);
            let events = "SELECT actor FROM #postern_audit_event WHERE kind = 'sessions_ended' \
                          AND detail LIKE '%revoked_by_provider%'";
            assert!(shop.texts(events).await.contains(&"provider".to_owned()));
            assert!(!server.is_away());
        })
        .await;
    })
    .await;
}

/// A click, so that the session does not end for want of use.
async fn shop_is_used(shop: &Shop, id: &SecretString) {
    let known = crate::testing::provider::known(shop).await;
    session::extend(&shop.app, id, known).await.unwrap();
}

#[tokio::test]
async fn a15_while_the_provider_is_down_sessions_go_on_for_the_grace_and_no_longer() {
    each_engine(async |shop| {
        let faults = [Fault::Down, Fault::ServerError, Fault::Nonsense];
        let sandbox = set_up(shop, Kind::OpenId).await;
        let server = Server::of(shop);
        for fault in faults {
            let id = sign_in(shop).await;
            sandbox.set_fault("*", fault);
            wait(shop, &sandbox, INTERVAL);
            assert_eq!(server.check().await, 1, "{fault:?}");
            assert!(server.is_away());
            let told = server.metrics().await;
            assert!(told.contains("postern_provider_reachable{} 0"), "{told}");
            assert!(told.contains("postern_sessions_in_grace{} 1"), "{told}");
            assert_eq!(grace_until(shop, &id).await, Some(600));
            assert_eq!(server.check().await, 0);
            wait(shop, &sandbox, 30);
            assert_eq!(server.check().await, 1);
            assert_eq!(
                grace_until(shop, &id).await,
                Some(570),
                "from the first time on"
            );

            sandbox.clear_faults();
            wait(shop, &sandbox, 30);
            server.check().await;
            assert!(!server.is_away());
            let told = server.metrics().await;
            assert!(told.contains("postern_provider_reachable{} 1"), "{told}");
            assert!(told.contains("postern_sessions_in_grace{} 0"), "{told}");
            assert!(
                told.contains("checks_total{outcome=\"unreachable\"}"),
                "{told}"
            );
            assert_eq!(grace_until(shop, &id).await, None);

            sandbox.set_fault("*", fault);
            wait(shop, &sandbox, INTERVAL);
            shop_is_used(shop, &id).await;
            server.check().await;
            wait(shop, &sandbox, 599);
            assert_eq!(ended(shop, &id).await, None);
            wait(shop, &sandbox, 1);
            server.check().await;
            assert_eq!(ended(shop, &id).await, Some(EndReason::ProviderUnreachable));

            sandbox.clear_faults();
            wait(shop, &sandbox, INTERVAL);
            server.check().await;
            server.check().await;
            assert!(ended(shop, &id).await.is_some(), "over is over");
            assert_eq!(grants(shop).await, 0, "its tokens are revoked and gone");
        }
    })
    .await;
}

#[tokio::test]
async fn v13_of_two_servers_one_asks_and_the_refresh_token_is_used_once() {
    each_engine(async |shop| {
        let sandbox = set_up(shop, Kind::OpenId).await;
        let id = sign_in(shop).await;
        let (one, other) = (Server::of(shop), Server::of(shop));
        for _ in 0..5 {
            let before = asked(&sandbox, TOKEN);
            wait(shop, &sandbox, INTERVAL);
            shop_is_used(shop, &id).await;
            let (one, other) = tokio::join!(one.check(), other.check());
            assert_eq!(one + other, 1);
            assert_eq!(asked(&sandbox, TOKEN) - before, 1);
            assert_eq!(ended(shop, &id).await, None);
        }
    })
    .await;
}

#[tokio::test]
async fn a_new_id_in_the_middle_of_the_question_loses_no_tokens() {
    each_engine(async |shop| {
        let sandbox = set_up(shop, Kind::OpenId).await;
        let server = Server::of(shop);
        let mut id = sign_in(shop).await;
        sandbox.set_fault("/oidc/userinfo", Fault::Slow);
        for _ in 0..2 {
            wait(shop, &sandbox, INTERVAL);
            shop_is_used(shop, &id).await;
            let before = asked(&sandbox, TOKEN);
            let mut under_way = JoinSet::new();
            assert_eq!(server.begin(&mut under_way).await, 1);
            while asked(&sandbox, TOKEN) == before {
                tokio::task::yield_now().await;
            }
            id = session::rotate(&shop.app, &id).await.unwrap().unwrap();
            under_way.join_all().await;
            assert_eq!(grace_until(shop, &id).await, None);
        }
        sandbox.clear_faults();
        wait(shop, &sandbox, INTERVAL);
        shop_is_used(shop, &id).await;
        assert_eq!(server.check().await, 1);
        assert_eq!(ended(shop, &id).await, None, "renewed with what came");
    })
    .await;
}

#[tokio::test]
async fn a_slow_answer_about_one_session_delays_no_other() {
    let shop = Shop::sqlite().await;
    shop.set("admin/security/admin_account_sharing", "1").await;
    let sandbox = set_up(&shop, Kind::Adobe).await;
    let server = Server::of(&shop);
    sign_in(&shop).await;
    wait(&shop, &sandbox, INTERVAL);
    let mut slow = JoinSet::new();
    sandbox.set_fault(VALIDATION, Fault::Hang);
    let before = asked(&sandbox, VALIDATION);
    assert_eq!(server.begin(&mut slow).await, 1);
    while asked(&sandbox, VALIDATION) == before {
        tokio::task::yield_now().await;
    }
    let quick = sign_in(&shop).await;
    // That no key opens its tokens is known without the provider.
    shop.execute(
        "UPDATE #postern_provider_grant SET next_check_at = 0, access_token = 'no' \
         WHERE next_check_at > (SELECT MIN(next_check_at) FROM #postern_provider_grant)",
    )
    .await;
    let mut under_way = JoinSet::new();
    assert_eq!(server.begin(&mut under_way).await, 1);
    under_way.join_all().await;
    let over = ended(&shop, &quick).await;
    assert_eq!(over, Some(EndReason::RevokedByProvider));
    assert!(slow.try_join_next().is_none(), "still waiting");
}

#[tokio::test]
async fn claims_give_another_role_during_the_session_and_without_one_it_ends() {
    each_engine(async |shop| {
        let sandbox = set_up(shop, Kind::OpenId).await;
        let server = Server::of(shop);
        let id = sign_in(shop).await;
        shop.execute(
            "INSERT INTO #authorization_role (parent_id, tree_level, sort_order, role_type, \
             user_id, user_type, role_name) VALUES (0, 1, 0, 'G', 0, '2', 'Content')",
        )
        .await;
        shop.set(OPENID_ROLE_CLAIM, "groups").await;
        shop.set(OPENID_ROLES, r#"{"editors":"Content"}"#).await;
        wait(shop, &sandbox, INTERVAL);
        server.check().await;
        assert_eq!(ended(shop, &id).await, None);
        let role = shop.ann().await.role.unwrap();
        assert_eq!(role.name, "Content");

        shop.execute("DELETE FROM #core_config_data WHERE path = 'postern/openid/roles'")
            .await;
        shop.set(OPENID_ROLES, r#"{"bosses":"Administrators"}"#)
            .await;
        wait(shop, &sandbox, INTERVAL);
        shop_is_used(shop, &id).await;
        server.check().await;
        assert_eq!(ended(shop, &id).await, Some(EndReason::RevokedByProvider));
        assert_eq!(shop.ann().await.role.unwrap().name, "Content");
    })
    .await;
}

#[tokio::test]
async fn tokens_of_a_session_that_was_ended_here_are_revoked_and_forgotten() {
    each_engine(async |shop| {
        let sandbox = set_up(shop, Kind::Adobe).await;
        let server = Server::of(shop);
        let id = sign_in(shop).await;
        session::end(&shop.app, &id).await.unwrap();
        sandbox.set_fault("/ims/logout/v1", Fault::Down);
        wait(shop, &sandbox, INTERVAL);
        server.check().await;
        wait(shop, &sandbox, INTERVAL);
        server.check().await;
        assert_eq!((grants(shop).await, sandbox.revoked()), (1, 0));
        sandbox.clear_faults();
        // What is missing once may only have got a new id.
        for _ in 0..2 {
            wait(shop, &sandbox, INTERVAL);
            server.check().await;
        }
        assert_eq!((grants(shop).await, sandbox.revoked()), (0, 1));
    })
    .await;
}

#[tokio::test]
async fn a_provider_that_ends_all_tokens_with_one_ends_no_newer_session() {
    each_engine(async |shop| {
        let sandbox = set_up(shop, Kind::OpenId).await;
        let server = Server::of(shop);
        let first = sign_in(shop).await;
        let second = sign_in(shop).await;
        let over = ended(shop, &first).await;
        assert_eq!(over, Some(EndReason::SignedInElsewhere));
        assert_eq!(grants(shop).await, 2);
        wait(shop, &sandbox, INTERVAL);
        shop_is_used(shop, &second).await;
        assert_eq!(server.check().await, 2);
        assert_eq!(grants(shop).await, 1, "forgotten");
        assert_eq!(asked(&sandbox, "/oidc/revoke"), 0, "and left to run out");
        assert_eq!(ended(shop, &second).await, None);
    })
    .await;
}

#[tokio::test]
async fn no_click_asks_the_provider() {
    let shop = Shop::sqlite().await;
    let sandbox = set_up(&shop, Kind::Adobe).await;
    let id = sign_in(&shop).await;
    wait(&shop, &sandbox, INTERVAL + 30);
    let before = sandbox.log().len();
    for _ in 0..50 {
        assert!(matches!(find(&shop, &id).await, Found::Current(_)));
    }
    assert_eq!(sandbox.log().len(), before);
}

#[tokio::test]
async fn tokens_are_not_shown_to_another_provider_than_the_one_that_gave_them() {
    let shop = Shop::sqlite().await;
    let _first = set_up(&shop, Kind::Adobe).await;
    let id = sign_in(&shop).await;
    shop.execute("DELETE FROM #core_config_data").await;
    let second = set_up(&shop, Kind::Adobe).await;
    shop.execute("UPDATE #postern_session SET epoch = epoch + 1")
        .await;
    wait(&shop, &second, INTERVAL);
    Server::of(&shop).check().await;
    assert_eq!(ended(&shop, &id).await, Some(EndReason::RevokedByProvider));
    assert!(second.log().is_empty());
}
