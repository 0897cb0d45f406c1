//! Tokens of the provider: when it is asked about them, and what is remembered.

use super::stage::{EMAIL, MINUTE, Realm, Stage, ann};
use crate::testing::Shop;
use commerce::configuration::OPENID_GRACE;
use ims_sandbox::Fault;
use secrecy::ExposeSecret;

#[tokio::test]
async fn a_token_of_the_provider_is_its_owners_and_is_kept_encrypted() {
    for realm in [Realm::Adobe, Realm::OpenId] {
        for shop in [Shop::sqlite().await, Shop::mariadb().await] {
            let stage = Stage::with(realm, shop).await;
            let token = stage.token_of(EMAIL).await;
            assert_eq!(stage.call(&token).await, ann(), "{realm:?}");
            let keyring = stage.shop.app.keyring();
            let hash = stage
                .shop
                .texts("SELECT access_token_hash FROM `#admin_adobe_ims_webapi`")
                .await;
            assert_eq!(hash, [keyring.keyed_digest(token.as_bytes())]);
            let stored = stage
                .shop
                .texts("SELECT access_token FROM `#admin_adobe_ims_webapi`")
                .await;
            let opened = keyring.decrypt_text(&stored[0]).unwrap();
            assert_eq!(opened.expose_secret(), token);
        }
    }
}

#[tokio::test]
async fn a_known_token_is_asked_about_again_after_ten_minutes_and_not_before() {
    for realm in [Realm::Adobe, Realm::OpenId] {
        let stage = Stage::new(realm).await;
        let token = stage.token_of(EMAIL).await;
        stage.call(&token).await.unwrap();
        let asked = stage.questions();
        stage.wait(MINUTE * 9);
        assert_eq!(stage.call(&token).await, ann());
        assert_eq!(stage.questions(), asked, "{realm:?}");
        stage.wait(MINUTE);
        assert_eq!(stage.call(&token).await, ann());
        assert!(stage.questions() > asked, "{realm:?}");
        let asked = stage.questions();
        stage.wait(MINUTE * 9);
        assert_eq!(stage.call(&token).await, ann());
        assert_eq!(stage.questions(), asked, "{realm:?}");
    }
}

#[tokio::test]
async fn v13_what_the_provider_revoked_is_forgotten_for_good() {
    for realm in [Realm::Adobe, Realm::OpenId] {
        let stage = Stage::new(realm).await;
        let token = stage.token_of(EMAIL).await;
        stage.call(&token).await.unwrap();
        assert!(stage.sandbox.revoke_tokens_of(EMAIL));
        stage.wait(MINUTE * 10);
        assert!(stage.call(&token).await.is_err(), "{realm:?}");
        assert_eq!(stage.rows().await, 0, "{realm:?}");
        assert!(stage.call(&token).await.is_err(), "{realm:?}");
    }
}

#[tokio::test]
async fn a15_an_outage_is_no_revocation_until_the_grace_is_over() {
    for realm in [Realm::Adobe, Realm::OpenId] {
        let stage = Stage::new(realm).await;
        stage.shop.set(OPENID_GRACE, "300").await;
        let token = stage.token_of(EMAIL).await;
        stage.call(&token).await.unwrap();
        stage.sandbox.set_fault("*", Fault::Down);
        stage.wait(MINUTE * 15);
        assert_eq!(stage.call(&token).await, ann(), "{realm:?}");
        stage.wait(MINUTE);
        let refused = stage.call(&token).await;
        assert_eq!(refused, Err("provider.unreachable"), "{realm:?}");
        assert_eq!(stage.rows().await, 1, "it is not forgotten");
        stage.sandbox.clear_faults();
        stage.wait(MINUTE);
        assert_eq!(stage.call(&token).await, ann(), "{realm:?}");
    }
}

#[tokio::test]
async fn a15_a_provider_that_gave_no_answer_is_left_alone_for_a_while() {
    let stage = Stage::new(Realm::Adobe).await;
    let token = stage.token_of(EMAIL).await;
    stage.call(&token).await.unwrap();
    stage.sandbox.set_fault("*", Fault::Down);
    stage.wait(MINUTE * 10);
    assert_eq!(stage.call(&token).await, ann());
    let asked = stage.questions();
    assert_eq!(stage.call(&token).await, ann());
    assert_eq!(stage.questions(), asked);
}

#[tokio::test]
async fn a_new_token_finds_no_grace() {
    let stage = Stage::new(Realm::Adobe).await;
    let token = stage.token_of(EMAIL).await;
    stage.sandbox.set_fault("*", Fault::Down);
    assert_eq!(stage.call(&token).await, Err("provider.unreachable"));
    assert_eq!(stage.rows().await, 0);
}

#[tokio::test]
async fn a13_the_shops_own_bound_on_age_is_in_hours_and_holds() {
    for realm in [Realm::Adobe, Realm::OpenId] {
        let stage = Stage::new(realm).await;
        let bound = "oauth/access_token_lifetime/admin";
        stage.shop.set(bound, "1").await;
        let token = stage.token_of(EMAIL).await;
        let kept = stage.token_of(EMAIL).await;
        stage.call(&token).await.unwrap();
        stage.wait(MINUTE * 59);
        assert_eq!(stage.call(&token).await, ann(), "{realm:?}");
        // The stand-in's clock goes on by itself, too.
        stage.wait(MINUTE * 2);
        assert_eq!(stage.call(&token).await, Err("api.expired"), "{realm:?}");
        // Nor does it help to bring it for the first time now, or again.
        assert!(stage.call(&kept).await.is_err(), "{realm:?}");
        stage
            .shop
            .execute("DELETE FROM `#admin_adobe_ims_webapi`")
            .await;
        assert!(stage.call(&token).await.is_err(), "{realm:?}");
    }
}

/// What PHP Commerce does with a row: finds it by the digest of a token, and opens it.
const READ_BY_PHP: &str = "[, $env, $token, $hash, $sealed] = $argv; \
    $key = (include $env)['crypt']['key']; \
    if (str_starts_with($key, 'base64')) { $key = base64_decode(substr($key, 6)); } \
    if (!hash_equals(hash_hmac('sha256', $token, $key), $hash)) { exit('another digest'); } \
    [, , $sealed] = explode(':', $sealed); $sealed = base64_decode($sealed); \
    $nonce = substr($sealed, 0, 12); \
    echo sodium_crypto_aead_chacha20poly1305_ietf_decrypt(substr($sealed, 12), $nonce, $nonce, $key);";

#[tokio::test]
async fn what_is_remembered_of_a_token_php_commerce_reads() {
    let stage = Stage::new(Realm::Adobe).await;
    let token = stage.token_of(EMAIL).await;
    stage.call(&token).await.unwrap();
    let column = async |name: &str| {
        let sql = format!("SELECT {name} FROM `#admin_adobe_ims_webapi`");
        stage.shop.texts(&sql).await.remove(0)
    };
    let env = stage
        .shop
        .app
        .instance()
        .path_of(commerce::configuration::ConfigFile::Env);
    let output = std::process::Command::new("php")
        .args(["-r", READ_BY_PHP, "--"])
        .arg(env)
        .args([&token, &column("access_token_hash").await])
        .arg(column("access_token").await)
        .output()
        .expect("this test needs the PHP command line with sodium");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), token);
}
