//! What a switch leaves of the tokens of programs.

use super::stage::{EMAIL, MINUTE, Realm, Stage, ann};
use crate::sign_in::admin_token;
use crate::testing::PASSWORD;
use crate::web_api::{ApiRefused, authenticate};
use domain::session::KnownMode;
use domain::sign_in_mode::SignInMode;
use ims_sandbox::Fault;
use secrecy::ExposeSecret;

#[tokio::test]
async fn v05_a_switch_voids_tokens_of_both_kinds_in_both_directions() {
    let stage = Stage::new(Realm::Adobe).await;
    let adobe = stage.token_of(EMAIL).await;
    stage.call(&adobe).await.unwrap();
    stage.switch_to(SignInMode::Commerce).await;
    assert_eq!(stage.call(&adobe).await, Err("api.void"));

    let own = || async {
        let credentials = admin_token::Credentials {
            username: "ann".to_owned(),
            password: PASSWORD.into(),
            ip: String::new(),
        };
        let made = admin_token::create(&stage.shop.app, &credentials).await;
        made.unwrap().unwrap().expose_secret().to_owned()
    };
    let first = own().await;
    assert_eq!(stage.call(&first).await, ann());
    stage.switch_to(SignInMode::AdobeIms).await;
    assert!(stage.call(&first).await.is_err());
    stage.switch_to(SignInMode::Commerce).await;
    assert_eq!(stage.call(&first).await, Err("api.void"), "even back on");
    let second = own().await;
    assert_eq!(
        stage.call(&second).await,
        ann(),
        "in the second of the switch"
    );
    assert_eq!(stage.rows().await, 0);
}

#[tokio::test]
async fn a_jwt_of_the_very_second_of_the_switch_is_void() {
    let stage = Stage::new(Realm::Adobe).await;
    stage.wait(MINUTE);
    stage.switch_to(SignInMode::Commerce).await;
    let now = stage.shop.app.now().as_second();
    let issue = |issued_at| {
        let claims = commerce::admin_token::AdminClaims {
            user_id: stage.shop.ann,
            issued_at,
            expires_at: now + 3600,
        };
        let token = commerce::admin_token::issue(stage.shop.app.keyring(), claims);
        token.expose_secret().to_owned()
    };
    assert_eq!(stage.call(&issue(now)).await, Err("api.void"));
    assert_eq!(stage.call(&issue(now + 1)).await, ann());
}

#[tokio::test]
async fn an_opaque_token_of_an_older_release_runs_out_and_is_void_from_the_switch_on() {
    let stage = Stage::new(Realm::Adobe).await;
    stage.switch_to(SignInMode::Commerce).await;
    let token = "abcdefghijklmnopqrstuvwxyz012345";
    stage
        .shop
        .execute(&format!(
            "INSERT INTO `#oauth_token` (admin_id, type, token, secret, callback_url, user_type, \
             created_at) VALUES (1, 'access', '{token}', '', '', 2, '2027-01-15 08:00:00')"
        ))
        .await;
    assert_eq!(stage.call(token).await, ann());
    stage.wait(MINUTE * 60 * 4);
    assert_eq!(stage.call(token).await, Err("api.expired"));
    stage
        .shop
        .set("oauth/access_token_lifetime/admin", "8")
        .await;
    assert_eq!(stage.call(token).await, ann());
    stage.switch_to(SignInMode::AdobeIms).await;
    stage.switch_to(SignInMode::Commerce).await;
    assert_eq!(stage.call(token).await, Err("api.void"));
}

#[tokio::test]
async fn a_switch_while_the_provider_is_asked_leaves_no_token_behind() {
    let stage = Stage::new(Realm::Adobe).await;
    let token = stage.token_of(EMAIL).await;
    let known = stage.known().await;
    let header = format!("Bearer {token}");
    // The node learns of the switch a moment later.
    stage.switch_to(SignInMode::Commerce).await;
    let refused = authenticate(&stage.shop.app, Some(&header), known).await;
    assert_eq!(refused.unwrap().unwrap_err(), ApiRefused::Void);
    assert_eq!(stage.rows().await, 0);
    let links = "SELECT identity_hash FROM #postern_linked_identity";
    assert_eq!(stage.shop.texts(links).await, Vec::<String>::new());
}

#[tokio::test]
async fn v05_disabling_ends_the_tokens_of_programs_here_and_at_the_provider() {
    for realm in [Realm::Adobe, Realm::OpenId] {
        let stage = Stage::new(realm).await;
        let first = stage.token_of(EMAIL).await;
        let second = stage.token_of(EMAIL).await;
        stage.call(&first).await.unwrap();
        stage.call(&second).await.unwrap();
        let known = stage.known().await;
        let options = crate::switch::disable::Options::default();
        let receipt = crate::switch::disable::disable(&stage.shop.app, options).await;
        let receipt = receipt.unwrap();
        assert_eq!(receipt.ended.adobe_tokens, 2, "{realm:?}");
        let revoked = receipt.revoked.unwrap();
        let told = (revoked.revoked, revoked.refused, revoked.unreached);
        assert_eq!(told, (2, 0, 0), "{realm:?}");
        let residue = receipt.residue.unwrap();
        assert!(residue.found.is_empty(), "{realm:?}: {:?}", residue.found);
        for token in [&first, &second] {
            assert!(!stage.sandbox.is_valid_token(token), "{realm:?}");
        }
        // Whoever asks now finds the database closed, and nobody let in.
        let header = format!("Bearer {first}");
        let late = authenticate(&stage.shop.app, Some(&header), known).await;
        assert!(late.is_err(), "{realm:?}");
    }
}

#[tokio::test]
async fn disabling_does_not_wait_for_a_provider_that_is_down() {
    let stage = Stage::new(Realm::OpenId).await;
    let token = stage.token_of(EMAIL).await;
    stage.call(&token).await.unwrap();
    stage.sandbox.set_fault("*", Fault::Hang);
    let begun = std::time::Instant::now();
    let options = crate::switch::disable::Options::default();
    let receipt = crate::switch::disable::disable(&stage.shop.app, options).await;
    assert_eq!(receipt.unwrap().revoked.unwrap().unreached, 1);
    assert!(begun.elapsed() < std::time::Duration::from_secs(9));
}

#[tokio::test]
async fn a_node_that_does_not_know_the_mode_knows_nobody() {
    let stage = Stage::new(Realm::Adobe).await;
    let token = format!("Bearer {}", stage.token_of(EMAIL).await);
    let found = authenticate(&stage.shop.app, Some(&token), KnownMode::Unknown).await;
    assert_eq!(found.unwrap().unwrap_err(), ApiRefused::ModeUnknown);
}
