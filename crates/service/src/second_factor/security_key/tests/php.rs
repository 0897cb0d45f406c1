//! Keys go to and fro between PHP Commerce and here.

use super::super::actors::{authenticator, bind, pending, set_up, show, told};
use super::super::ask;
use crate::testing::{Shop, each_engine};
use commerce::configuration::ConfigFile;
use data_encoding::BASE64;
use serde_json::{Value, json};
use std::process::Command;

const ROW: &str = "SELECT encoded_config FROM #tfa_user_config";

fn php(shop: &Shop, command: &str, argument: &str) -> String {
    let output = Command::new("php")
        .args(["-r", &include_str!("shop.php").replacen("<?php", "", 1)])
        .args(["--", command])
        .arg(shop.app.instance().path_of(ConfigFile::Env))
        .arg(argument)
        .output()
        .expect("this test needs the PHP command line with openssl and sodium");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && errors.is_empty(), "{errors}");
    String::from_utf8(output.stdout).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_php_listed_opens_the_door_here() {
    each_engine(async |shop| {
        bind(shop).await;
        let made: Value = serde_json::from_str(&php(shop, "list", "")).unwrap();
        let row = made["row"].as_str().unwrap();
        shop.execute(&format!(
            "INSERT INTO #tfa_user_config (user_id, encoded_config) \
             SELECT user_id, '{row}' FROM #admin_user"
        ))
        .await;
        let id = pending(shop, "ann").await;
        let options = ask(&shop.app, &id).await.unwrap().unwrap();
        let argument = json!({ "private": made["private"], "options": options });
        let answer = php(shop, "answer", &argument.to_string());
        let forged = answer.replace("\"signature\":\"", "\"signature\":\"AAAA");
        assert_eq!(told(&show(shop, &id, forged).await), "key.signature");
        assert_eq!(told(&show(shop, &id, answer).await), "in");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn php_verifies_a_signature_by_what_was_written_here() {
    each_engine(async |shop| {
        bind(shop).await;
        let mut key = authenticator();
        set_up(shop, &shop.ann().await, &mut key)
            .await
            .ok()
            .unwrap();
        let row = shop.texts(ROW).await.remove(0);
        let message = b"what an authenticator signs";
        let signature = key.sign(message);
        let verify = |signed: &[u8]| {
            let argument = json!({
                "row": row,
                "id": BASE64.encode(&key.id),
                "message": BASE64.encode(signed),
                "signature": BASE64.encode(&signature),
            });
            php(shop, "verify", &argument.to_string())
        };
        assert_eq!(verify(message), "[true,true,1,16]");
        assert_eq!(verify(b"something else"), "[true,true,0,16]");
    })
    .await;
}
