//! What ends a sign-in that still owes a factor.

use super::*;
use crate::second_factor::pending::{abandon, find, rebind};
use jiff::SignedDuration;

/// What happens meanwhile, how it is undone, and what is told then.
const MEANWHILE: [(&str, &str, &str); 5] = [
    (
        "UPDATE #admin_user SET is_active = 0",
        "UPDATE #admin_user SET is_active = 1",
        "the account was switched off",
    ),
    (
        "UPDATE #authorization_role SET user_type = '9' WHERE role_type = 'U'",
        "UPDATE #authorization_role SET user_type = '2' WHERE role_type = 'U'",
        "the role was taken away",
    ),
    (
        "UPDATE #admin_user SET password = CONCAT(password, 'x')",
        "UPDATE #admin_user SET password = SUBSTR(password, 1, LENGTH(password) - 1)",
        "the password was changed",
    ),
    (
        "INSERT INTO #admin_user_expiration (user_id, expires_at) \
         VALUES (1, '2020-01-01 00:00:00')",
        "DELETE FROM #admin_user_expiration",
        "the account came to its end",
    ),
    (
        "UPDATE #postern_sign_in_mode SET epoch = epoch + 1",
        "UPDATE #postern_sign_in_mode SET epoch = epoch - 1",
        "the mode was switched there and back",
    ),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_happens_to_the_account_meanwhile_ends_the_sign_in() {
    each_engine(async |shop| {
        asking(shop).await;
        let id = pending(shop, "ann").await;
        for (happens, undone, what) in MEANWHILE {
            assert!(
                find(&shop.app, &id).await.unwrap().is_some(),
                "before: {what}"
            );
            shop.execute(happens).await;
            assert!(find(&shop.app, &id).await.unwrap().is_none(), "{what}");
            let code = fresh_code(shop);
            let told = type_code(shop, &id, &code).await;
            assert_eq!(told, "factor.not_pending", "{what}");
            shop.execute(undone).await;
        }
        let code = fresh_code(shop);
        assert_eq!(type_code(shop, &id, &code).await, "in");
        assert_eq!(
            type_code(shop, &id, &code).await,
            "factor.not_pending",
            "it is over"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sign_in_follows_its_password_to_a_stronger_hash_and_to_no_other_password() {
    each_engine(async |shop| {
        asking(shop).await;
        let id = pending(shop, "ann").await;
        let hold = async |stands: &str, stronger: &str| {
            let sql = format!("UPDATE #admin_user SET password = '{stands}'");
            shop.execute(&sql).await;
            let mut connection = actors::connection(shop).await;
            let bound = rebind(&shop.app, &mut connection, &id, &stronger.into()).await;
            bound.unwrap();
            drop(connection);
            find(&shop.app, &id).await.unwrap().is_some()
        };
        assert!(hold("stronger", "stronger").await);
        assert!(!hold("changed meanwhile", "stronger").await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v15_a_right_code_opens_nothing_once_the_integration_is_on() {
    each_engine(async |shop| {
        asking(shop).await;
        let id = pending(shop, "ann").await;
        shop.integrate().await;
        let code = fresh_code(shop);
        let told = type_code(shop, &id, &code).await;
        assert_eq!(told, "factor.integration_is_on");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sign_in_is_of_one_browser_for_ten_minutes() {
    each_engine(async |shop| {
        asking(shop).await;
        let id = pending(shop, "ann").await;
        let made_up = PendingId::of_cookie(SecretString::from("A".repeat(43)));
        let rows = shop
            .texts("SELECT id_hash FROM #postern_pending_sign_in")
            .await;
        let by_digest = PendingId::of_cookie(SecretString::from(rows[0].clone()));
        for stranger in [made_up, by_digest] {
            let code = fresh_code(shop);
            assert_eq!(
                type_code(shop, &stranger, &code).await,
                "factor.not_pending"
            );
        }
        // Two codes were waited for.
        shop.wait(SignedDuration::from_secs(600 - 60 - 1));
        assert!(find(&shop.app, &id).await.unwrap().is_some());
        shop.wait(SignedDuration::from_secs(1));
        assert!(find(&shop.app, &id).await.unwrap().is_none());
        let code = fresh_code(shop);
        assert_eq!(type_code(shop, &id, &code).await, "factor.not_pending");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_gives_up_begins_anew() {
    each_engine(async |shop| {
        asking(shop).await;
        let id = pending(shop, "ann").await;
        abandon(&shop.app, &id).await.unwrap();
        let code = fresh_code(shop);
        assert_eq!(type_code(shop, &id, &code).await, "factor.not_pending");
        assert_eq!(
            type_code(shop, &pending(shop, "ann").await, &code).await,
            "in"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_factor_that_a_switch_overtakes_lets_nobody_in() {
    let shop = Shop::mariadb().await;
    asking(&shop).await;
    let id = pending(&shop, "ann").await;
    let proof = Proof::AppCode(fresh_code(&shop).into());
    let (app, attempt) = (shop.app.clone(), attempt(&id, Door::Page));
    let shown = shop.overtake(Box::pin(async move {
        prove::prove(&app, &attempt, &proof).await
    }));
    assert_eq!(told(&shown.await.unwrap()), "factor.integration_is_on");
    assert!(shop.ann().await.last_sign_in.is_none());
}
