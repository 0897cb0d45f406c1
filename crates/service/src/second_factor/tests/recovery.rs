//! Recovery codes: each once, for one person, until there are new ones.

use super::*;
use crate::app::App;
use crate::second_factor::recovery::{is_left, issue, use_up};
use crate::second_factor::{overview, user_config};
use commerce::second_factor::UserConfig;
use domain::admin::Admin;
use store::second_factors::user_configs;

/// Another app's secret.
const OTHER_SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

async fn codes_of(shop: &Shop, admin: &Admin) -> Vec<SecretString> {
    let mut connection = actors::connection(shop).await;
    let issued = issue(&shop.app, &mut connection, admin, shop.app.now()).await;
    issued.unwrap()
}

async fn recover(shop: &Shop, code: &str) -> &'static str {
    let id = pending(shop, "ann").await;
    let proof = Proof::RecoveryCode(code.into());
    show(shop, &attempt(&id, Door::Page), proof).await
}

/// What PHP Commerce stores for Ann: an app, keys, or both.
async fn php_stores(shop: &Shop, secret: Option<&str>, keys: &[u8]) {
    let sealed = of(shop, secret, keys).seal(shop.app.keyring(), [2; 12]);
    let (ann, mut connection) = (shop.ann().await, actors::connection(shop).await);
    user_configs::save(&mut connection, ann.id, &sealed)
        .await
        .unwrap();
}

/// The same, stored here.
async fn we_store(shop: &Shop, secret: Option<&str>, keys: &[u8]) {
    let config = of(shop, secret, keys);
    let (ann, mut connection) = (shop.ann().await, actors::connection(shop).await);
    user_config::save(&shop.app, &mut connection, &ann, &config)
        .await
        .unwrap();
}

fn of(shop: &Shop, secret: Option<&str>, keys: &[u8]) -> UserConfig {
    let mut config = UserConfig::default();
    if let Some(secret) = secret {
        config.set_totp_secret(shop.app.keyring(), &secret.into(), [1; 12]);
    }
    let keys: Vec<_> = keys.iter().map(|id| actors::key(*id)).collect();
    config.set_security_keys(&keys);
    config
}

async fn left(shop: &Shop) -> u32 {
    let ann = shop.ann().await;
    overview::of(&shop.app, &ann).await.unwrap().codes_left
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn each_is_good_once_however_it_is_typed_and_of_two_at_once_one_gets_in() {
    each_engine(async |shop| {
        asking(shop).await;
        let ann = shop.ann().await;
        let codes = codes_of(shop, &ann).await;
        assert_eq!(codes.len(), 10);
        let typed: Vec<&str> = codes.iter().map(ExposeSecret::expose_secret).collect();
        assert!(is_left(&shop.app, &ann, &codes[0]).await.unwrap());
        assert_eq!(recover(shop, typed[0]).await, "in", "looking used none up");
        assert_eq!(recover(shop, typed[0]).await, "factor.wrong_code");
        assert!(!is_left(&shop.app, &ann, &codes[0]).await.unwrap());
        let grouped = format!(
            " {}-{} {} {}",
            &typed[1][..4].to_lowercase(),
            &typed[1][4..8],
            &typed[1][8..12],
            &typed[1][12..]
        );
        assert_eq!(recover(shop, &grouped).await, "in");
        let (one, other) = tokio::join!(recover(shop, typed[2]), recover(shop, typed[2]));
        let mut told = [one, other];
        told.sort_unstable();
        assert_eq!(told, ["factor.wrong_code", "in"]);
        let used = "SELECT subject FROM #postern_mail WHERE recipient = 'ann@luma.test'";
        assert_eq!(shop.texts(used).await.len(), 3, "the owner is told of each");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn those_of_others_and_those_from_before_are_worth_nothing() {
    each_engine(async |shop| {
        let bob = actors::admin(shop, "bob").await;
        equip(shop, &bob, true, &[]).await;
        asking(shop).await;
        let ann = shop.ann().await;
        let of_bob = codes_of(shop, &bob).await;
        let old = codes_of(shop, &ann).await;
        let new = codes_of(shop, &ann).await;
        for code in [&of_bob[0], &old[0], &SecretString::default()] {
            assert_eq!(
                recover(shop, code.expose_secret()).await,
                "factor.wrong_code"
            );
        }
        assert_eq!(recover(shop, new[0].expose_secret()).await, "in");
        let sql = "SELECT code_hash FROM #postern_recovery_code";
        let stored = shop.texts(sql).await.join(" ");
        assert!(
            !stored.contains(new[1].expose_secret()),
            "only digests are kept"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn they_open_a_way_that_guesses_have_closed_and_no_guesses_close_theirs() {
    each_engine(async |shop| {
        asking(shop).await;
        let codes = codes_of(shop, &shop.ann().await).await;
        let id = pending(shop, "ann").await;
        for _ in 0..10 {
            type_code(shop, &id, "000000").await;
        }
        for _ in 0..5 {
            assert_eq!(
                recover(shop, "AAAA-AAAA-AAAA-AAAA").await,
                "factor.wrong_code"
            );
        }
        assert_eq!(recover(shop, codes[0].expose_secret()).await, "in");
        let id = pending(shop, "ann").await;
        let code = fresh_code(shop);
        assert_eq!(
            type_code(shop, &id, &code).await,
            "in",
            "and the app's way with it"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn they_are_gone_with_the_last_factor_they_stood_in_for_whatever_php_set_up_since() {
    each_engine(async |shop| {
        asking(shop).await;
        let ann = shop.ann().await;
        for comes_first in [false, true] {
            we_store(shop, Some(SECRET), &[]).await;
            let codes = codes_of(shop, &ann).await;
            assert_eq!(left(shop).await, 10);
            php_stores(shop, Some(OTHER_SECRET), &[]).await;
            assert_eq!(left(shop).await, 0);
            assert!(!is_left(&shop.app, &ann, &codes[0]).await.unwrap());
            if comes_first {
                // What Ann sets up here besides does not bring them back.
                we_store(shop, Some(OTHER_SECRET), &[1]).await;
                assert_eq!(left(shop).await, 0);
            }
            let told = recover(shop, codes[0].expose_secret()).await;
            assert_eq!(told, "factor.wrong_code", "{comes_first}");
            php_stores(shop, Some(SECRET), &[]).await;
            let told = recover(shop, codes[0].expose_secret()).await;
            assert_eq!(told, "factor.wrong_code", "not even with the old app");
            let stored = "SELECT code_hash FROM #postern_recovery_code";
            assert!(shop.texts(stored).await.is_empty());
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn they_outlive_a_change_made_here_and_the_loss_of_one_factor_of_two() {
    each_engine(async |shop| {
        asking(shop).await;
        let codes = codes_of(shop, &shop.ann().await).await;
        we_store(shop, Some(OTHER_SECRET), &[]).await;
        assert_eq!(recover(shop, codes[0].expose_secret()).await, "in");
        we_store(shop, Some(OTHER_SECRET), &[1, 2]).await;
        php_stores(shop, Some(SECRET), &[2]).await;
        assert_eq!(recover(shop, codes[1].expose_secret()).await, "in");
        assert_eq!(left(shop).await, 8);
        php_stores(shop, None, &[3]).await;
        assert_eq!(left(shop).await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_some_that_no_longer_count_gets_new_ones() {
    each_engine(async |shop| {
        asking(shop).await;
        let ann = shop.ann().await;
        let old = codes_of(shop, &ann).await;
        php_stores(shop, Some(OTHER_SECRET), &[]).await;
        let head = crate::mail::Letterhead::load(&shop.app).await.unwrap();
        let mut connection = actors::connection(shop).await;
        let (provider, now) = (crate::second_factor::Provider::U2fKey, shop.app.now());
        let new = enrol::conclude(&shop.app, &mut connection, &head, &ann, provider, now).await;
        let new = new.unwrap();
        assert_eq!(new.len(), 10);
        assert!(!is_left(&shop.app, &ann, &old[0]).await.unwrap());
        assert!(is_left(&shop.app, &ann, &new[0]).await.unwrap());
    })
    .await;
}

/// A process that starts after PHP Commerce has added a crypt key.
async fn with_another_crypt_key(shop: &Shop) -> App {
    let file = shop.app.instance().root().join("app/etc/env.php");
    let text = std::fs::read_to_string(&file).unwrap();
    let (before, key) = text.split_once("'key' => '").unwrap();
    let (key, after) = key.split_once('\'').unwrap();
    let another = "n".repeat(32);
    std::fs::write(&file, format!("{before}'key' => '{key}\n{another}'{after}")).unwrap();
    shop.reopened(8).await
}

#[tokio::test]
async fn a_sheet_that_was_printed_before_a_crypt_key_was_added_stays_good() {
    each_engine(async |shop| {
        asking(shop).await;
        let ann = shop.ann().await;
        let codes = codes_of(shop, &ann).await;
        let app = with_another_crypt_key(shop).await;
        assert!(is_left(&app, &ann, &codes[0]).await.unwrap());
        let mut connection = app.database().connection().await.unwrap();
        for is_good in [true, false] {
            let used = use_up(&app, &mut connection, &ann, &codes[0], app.now()).await;
            assert_eq!(used.unwrap(), is_good);
        }
        let config = of(shop, Some(OTHER_SECRET), &[]);
        user_config::save(&app, &mut connection, &ann, &config)
            .await
            .unwrap();
        drop(connection);
        let left = overview::of(&app, &ann).await.unwrap().codes_left;
        assert_eq!(left, 9, "they stand in for the other app under the new key");
    })
    .await;
}
