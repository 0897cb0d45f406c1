//! Keys as second factors, whoever lists them: people here, or PHP.

mod answers;
mod own;
mod php;
mod setting_up;

use super::actors::{authenticator, bind, enter, pending, set_up, told};
use super::ask;
use crate::second_factor::actors::{config, connection, find};
use crate::second_factor::{remove, user_config};
use crate::testing::{Shop, each_engine};
use commerce::second_factor::{Provider, StoredKey};
use jiff::SignedDuration;
use webauthn::testing::Authenticator;

/// Puts a key into somebody's list as PHP does, and nowhere else.
async fn list_by_php(shop: &Shop, username: &str, authenticator: &Authenticator) {
    let admins = "SELECT username FROM #admin_user ORDER BY user_id";
    let position = shop.texts(admins).await;
    let position = position.iter().position(|name| name == username).unwrap();
    let admin = find(shop, u32::try_from(position).unwrap() + shop.ann).await;
    let mut config = config(shop, &admin).await;
    let mut keys = config.security_keys().unwrap();
    keys.push(StoredKey {
        id: authenticator.id.clone(),
        public_key: authenticator.public_key().to_pem(),
        aaguid: "AAAAAAAAAAAAAAAAAAAAAA==".to_owned(),
    });
    config.set_security_keys(&keys);
    let mut connection = connection(shop).await;
    user_config::save(&shop.app, &mut connection, &admin, &config)
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_of_php_counts_as_second_factor_and_is_watched_from_its_first_use() {
    each_engine(async |shop| {
        bind(shop).await;
        let mut key = authenticator();
        key.counter = 40;
        // PHP writes a handle that is not ours, and asks for no verification.
        key.user_handle = Some(b"356a192b7913b04c54574d18c28d46e6395428ab".to_vec());
        key.flags = 1;
        list_by_php(shop, "ann", &key).await;
        assert_eq!(told(&enter(shop, "ann", &mut key).await), "in");
        let names = "SELECT name FROM #postern_security_key";
        assert_eq!(shop.texts(names).await, ["U2F (Yubikey and others)"]);
        assert_eq!(told(&enter(shop, "ann", &mut key).await), "in");
        key.counter = 40;
        let cloned = enter(shop, "ann", &mut key).await;
        assert_eq!(told(&cloned), "factor.cloned_key");
        shop.execute("UPDATE #postern_security_key SET credential = 'damaged'")
            .await;
        key.counter = 90;
        let damaged = enter(shop, "ann", &mut key).await;
        assert_eq!(told(&damaged), "key.unknown", "nothing is known to be less");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_php_took_off_its_list_counts_for_nothing_and_can_be_set_up_anew() {
    let shop = Shop::sqlite().await;
    bind(&shop).await;
    let (ann, mut key) = (shop.ann().await, authenticator());
    set_up(&shop, &ann, &mut key).await.ok().unwrap();
    let mut config = config(&shop, &ann).await;
    config.set_security_keys(&[]);
    let mut connection = connection(&shop).await;
    let app = &shop.app;
    user_config::save(app, &mut connection, &ann, &config)
        .await
        .unwrap();
    let id = pending(&shop, "ann").await;
    assert_eq!(told(&ask(app, &id).await.unwrap()), "factor.not_allowed");
    shop.wait(SignedDuration::from_secs(1));
    assert_eq!(told(&set_up(&shop, &ann, &mut key).await), "in");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_name_that_keys_are_bound_to_stays_while_there_are_any() {
    use crate::config::set::{Target, set};
    use commerce::configuration::Scope;
    let shop = Shop::sqlite().await;
    bind(&shop).await;
    let ann = shop.ann().await;
    set_up(&shop, &ann, &mut authenticator())
        .await
        .ok()
        .unwrap();
    let rename = async |name: &str, target| {
        let path = "postern/passkey/rp_id";
        let outcome = set(&shop.app, &Scope::Default, path, name, target).await;
        outcome.map_err(|refused| refused.to_string())
    };
    assert!(
        rename("luma.test", Target::Database).await.is_ok(),
        "it is the same"
    );
    for target in [Target::Database, Target::EnvFile] {
        let refused = rename("other.test", target).await.unwrap_err();
        assert!(
            refused.contains("bound to luma.test, for ever, and there are 1:"),
            "{refused}"
        );
    }
    remove::reset(&shop.app, &ann, Provider::U2fKey, "test")
        .await
        .unwrap();
    assert!(rename("other.test", Target::Database).await.is_ok());
}
