//! Who holds a connection to the database must not wait for another: with as many requests as there
//! are connections, all of them would wait for each other. Here there is one connection.

use super::*;
use crate::second_factor::programs;
use crate::second_factor::security_key;

#[tokio::test]
async fn what_programs_ask_of_providers_takes_one_at_a_time() {
    each_engine(async |shop| {
        ask(shop);
        let (app, ann) = (shop.reopened(1).await, shop.ann().await.id);
        programs::installed(&app, ann).await.unwrap().unwrap();
        programs::forced(&app, ann).await.unwrap().unwrap();
        programs::of(&app, ann, ann).await.unwrap().unwrap();
        let code = "google";
        let set = programs::set_default(&app, ann, ann, code).await;
        set.unwrap().unwrap();
        let set = programs::set_list(&app, ann, ann, code).await;
        set.unwrap().unwrap();
        let first = programs::default(&app, ann, ann).await.unwrap();
        assert_eq!(first.unwrap(), code);
    })
    .await;
}

#[tokio::test]
async fn setting_a_key_up_takes_one_at_a_time() {
    each_engine(async |shop| {
        security_key::actors::bind(shop).await;
        // Whether Commerce's module is on has to be asked of the database.
        let file = shop.app.instance().root().join("app/etc/config.php");
        std::fs::write(file, "<?php\nreturn [];\n").unwrap();
        let (ann, token) = (shop.ann().await, token(shop).await);
        let (id, app) = (pending(shop, "ann").await, shop.reopened(1).await);
        let nonsense = SecretString::from("{}");
        let begun = security_key::begin_set_up(&app, &id, &token).await;
        begun.unwrap().unwrap();
        let begun = security_key::begin_set_up_by_api(&app, &ann, &token).await;
        begun.unwrap().unwrap();
        let (page, name) = (attempt(&id, Door::Page), "Blue");
        let finished = enrol::finish_key(&app, &page, &token, &nonsense, name).await;
        assert!(finished.unwrap().is_err());
        let finished = enrol::finish_key_by_api(&app, &ann, &token, &nonsense).await;
        assert!(finished.unwrap().is_err());
    })
    .await;
}
