//! Roles that claims give, and what becomes of them during a session.

use super::*;
use ims_sandbox::Twist;

const GROUPS_ARE_ADMINISTRATORS: &str = r#"{"editors":"Administrators"}"#;

async fn map_roles(shop: &Shop, roles: &str) {
    shop.set(OPENID_ROLE_CLAIM, "groups").await;
    shop.set(OPENID_ROLES, roles).await;
}

async fn role(shop: &Shop) -> String {
    shop.ann().await.role.unwrap().name
}

async fn has_other_rights(shop: &Shop, id: &SecretString) -> bool {
    let current = find(shop, id).await.current().expect("an open session");
    current.rights_changed
}

#[tokio::test]
async fn a_role_that_the_id_token_alone_named_stays_where_a_renewal_brings_none() {
    each_engine(async |shop| {
        let sandbox = set_up(shop, Kind::OpenId).await;
        map_roles(shop, GROUPS_ARE_ADMINISTRATORS).await;
        sandbox.set_twist(Some(Twist::GroupsAtSignInOnly));
        let server = Server::of(shop);
        let id = sign_in(shop).await;
        for _ in 0..2 {
            wait(shop, &sandbox, INTERVAL);
            shop_is_used(shop, &id).await;
            assert_eq!(server.check().await, 1);
            assert_eq!(ended(shop, &id).await, None);
        }
        assert_eq!(role(shop).await, "Administrators");
        // With an ID token it is said again, and then it counts.
        sandbox.set_twist(Some(Twist::NotMember));
        wait(shop, &sandbox, INTERVAL);
        shop_is_used(shop, &id).await;
        server.check().await;
        assert_eq!(ended(shop, &id).await, Some(EndReason::RevokedByProvider));
    })
    .await;
}

#[tokio::test]
async fn v13_a_role_that_userinfo_named_as_well_and_names_no_more_is_gone() {
    let shop = Shop::sqlite().await;
    let sandbox = set_up(&shop, Kind::OpenId).await;
    map_roles(&shop, GROUPS_ARE_ADMINISTRATORS).await;
    let server = Server::of(&shop);
    let id = sign_in(&shop).await;
    sandbox.set_twist(Some(Twist::GroupsAtSignInOnly));
    wait(&shop, &sandbox, INTERVAL);
    server.check().await;
    assert_eq!(ended(&shop, &id).await, Some(EndReason::RevokedByProvider));
}

#[tokio::test]
async fn v13_another_role_asks_for_a_new_id_of_each_session_once() {
    each_engine(async |shop| {
        shop.set("admin/security/admin_account_sharing", "1").await;
        let sandbox = set_up(shop, Kind::OpenId).await;
        let server = Server::of(shop);
        let ids = [sign_in(shop).await, sign_in(shop).await];
        for id in &ids {
            assert!(!has_other_rights(shop, id).await);
        }
        shop.execute(
            "INSERT INTO #authorization_role (parent_id, tree_level, sort_order, role_type, \
             user_id, user_type, role_name) VALUES (0, 1, 0, 'G', 0, '2', 'Content')",
        )
        .await;
        map_roles(shop, r#"{"editors":"Content"}"#).await;
        wait(shop, &sandbox, INTERVAL);
        assert_eq!(server.check().await, 2);
        assert_eq!(role(shop).await, "Content");
        for id in &ids {
            assert!(has_other_rights(shop, id).await);
            let new = session::rotate(&shop.app, id).await.unwrap().unwrap();
            assert!(!has_other_rights(shop, &new).await);
            assert!(find(shop, id).await.current().is_none(), "the old id");
            wait(shop, &sandbox, 1);
        }
        wait(shop, &sandbox, INTERVAL);
        assert_eq!(server.check().await, 2, "and the role stays");
        let sql = "SELECT session_hash FROM #postern_provider_grant WHERE rights_changed <> 0";
        assert!(shop.texts(sql).await.is_empty());
    })
    .await;
}
