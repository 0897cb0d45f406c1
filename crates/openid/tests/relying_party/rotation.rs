//! Keys that change, under load and while the provider is down.

use std::time::Duration;

use futures_util::future::join_all;
use openid::Provider;
use secrecy::SecretString;
use serde_json::json;

use crate::{
    keys::{OTHER_RSA, RSA},
    play::Canned,
    world::{Door, Signer, World, now},
};

const DISCOVERY: &str = "/oidc/.well-known/openid-configuration";

/// Lets time pass for the caches, without anybody waiting.
async fn pass(time: Duration) {
    tokio::time::pause();
    tokio::time::advance(time).await;
    tokio::time::resume();
}

/// The provider signs with another key from now on, and publishes it.
fn rotate(world: &mut World) {
    world.header["kid"] = json!("two");
    world.signer = Signer::Key(&OTHER_RSA, jsonwebtoken::Algorithm::RS256);
    world.jwks = json!({"keys": [OTHER_RSA.published("two")]});
    world.set_up();
}

async fn redeem_at_once(world: &World, provider: &Provider, times: usize) -> Vec<&'static str> {
    let redeem = || async {
        match world.redeem(provider).await {
            Ok(_) => "ok",
            Err(failure) => failure.code(),
        }
    };
    join_all((0..times).map(|_| redeem())).await
}

#[tokio::test]
async fn a_hundred_sign_ins_at_once_fetch_description_and_keys_once_and_a_rotation_once_more() {
    let mut world = World::new(Door::SignIn).await;
    world.set_up();
    let provider = world.open_id();
    assert_eq!(redeem_at_once(&world, &provider, 100).await, ["ok"; 100]);
    assert_eq!(world.play.asked(DISCOVERY).len(), 1);
    assert_eq!(world.play.asked("/jwks").len(), 1);

    rotate(&mut world);
    assert_eq!(redeem_at_once(&world, &provider, 100).await, ["ok"; 100]);
    assert_eq!(world.play.asked("/jwks").len(), 2);
}

#[tokio::test]
async fn a14_made_up_keys_make_the_set_be_fetched_once_in_thirty_seconds() {
    let mut world = World::new(Door::SignIn).await;
    world.set_up();
    let provider = world.open_id();
    world.header["kid"] = json!("made-up");
    world.set_up();
    let refused = ["token.unknown_key"; 100];
    assert_eq!(redeem_at_once(&world, &provider, 100).await, refused);
    assert_eq!(world.play.asked("/jwks").len(), 2);
    pass(Duration::from_secs(29)).await;
    assert_eq!(redeem_at_once(&world, &provider, 100).await, refused);
    assert_eq!(world.play.asked("/jwks").len(), 2);
    pass(Duration::from_secs(2)).await;
    assert_eq!(redeem_at_once(&world, &provider, 100).await, refused);
    assert_eq!(world.play.asked("/jwks").len(), 3);
    // Who has a good key is let in all the while.
    world.header["kid"] = json!("one");
    world.set_up();
    assert_eq!(redeem_at_once(&world, &provider, 1).await, ["ok"]);
}

#[tokio::test]
async fn a_withdrawn_key_is_forgotten_within_the_hour() {
    let mut world = World::new(Door::SignIn).await;
    world.set_up();
    let provider = world.open_id();
    assert_eq!(redeem_at_once(&world, &provider, 1).await, ["ok"]);
    world.jwks = json!({"keys": [OTHER_RSA.published("two")]});
    world.set_up();
    pass(Duration::from_secs(3590)).await;
    assert_eq!(redeem_at_once(&world, &provider, 1).await, ["ok"]);
    pass(Duration::from_secs(11)).await;
    assert_eq!(
        redeem_at_once(&world, &provider, 1).await,
        ["token.unknown_key"]
    );
}

#[tokio::test]
async fn the_last_good_copy_serves_for_a_day_while_the_provider_publishes_nothing() {
    let mut world = World::new(Door::SignIn).await;
    world.set_up();
    let provider = world.open_id();
    assert_eq!(redeem_at_once(&world, &provider, 1).await, ["ok"]);
    world.pages.insert(DISCOVERY, Canned::status(503));
    world.pages.insert("/jwks", Canned::status(503));
    world.set_up();
    for _ in 0..3 {
        pass(Duration::from_secs(6 * 60 * 60)).await;
        assert_eq!(redeem_at_once(&world, &provider, 20).await, ["ok"; 20]);
    }
    // One attempt for each wait, and not one for each of the sign-ins.
    assert_eq!(world.play.asked("/jwks").len(), 4);
    pass(Duration::from_secs(6 * 60 * 60)).await;
    assert_eq!(
        redeem_at_once(&world, &provider, 1).await,
        ["provider.unexpected"]
    );

    world.pages.clear();
    world.set_up();
    assert_eq!(redeem_at_once(&world, &provider, 1).await, ["ok"]);
}

#[tokio::test]
async fn a_provider_that_was_down_at_the_start_is_believed_as_soon_as_it_is_up() {
    let mut world = World::new(Door::SignIn).await;
    world.pages.insert(DISCOVERY, Canned::status(503));
    world.set_up();
    let provider = world.open_id();
    let down = redeem_at_once(&world, &provider, 100).await;
    assert_eq!(down, ["provider.unexpected"; 100]);
    assert_eq!(world.play.asked(DISCOVERY).len(), 1);
    world.pages.clear();
    world.set_up();
    assert_eq!(redeem_at_once(&world, &provider, 1).await, ["ok"]);
}

#[tokio::test]
async fn a_key_that_cannot_be_looked_for_is_an_outage_and_no_refusal() {
    let mut world = World::new(Door::SignIn).await;
    world.set_up();
    let provider = world.open_id();
    assert_eq!(redeem_at_once(&world, &provider, 1).await, ["ok"]);
    rotate(&mut world);
    world.play.on("/jwks", Canned::status(503));
    assert_eq!(
        redeem_at_once(&world, &provider, 10).await,
        ["provider.unexpected"; 10]
    );
    assert_eq!(world.play.asked("/jwks").len(), 2);
}

#[tokio::test]
async fn a14_made_up_certificates_are_looked_for_four_times_in_half_a_minute() {
    let mut world = World::new(Door::AdobeBearer).await;
    world.set_up();
    let provider = world.adobe();
    let good = SecretString::from(world.token());
    assert!(provider.read_bearer(&good, now()).await.is_ok());
    for name in 0..20 {
        world.header["x5u"] = json!(format!("made-up-{name}.cer"));
        let token = SecretString::from(world.token());
        let failure = provider.read_bearer(&token, now()).await.unwrap_err();
        assert_eq!(failure.code(), "token.unknown_key");
    }
    let asked = |name: usize| {
        world
            .play
            .asked(&format!("/keys/prod/made-up-{name}.cer"))
            .len()
    };
    assert_eq!((0..20).map(asked).sum::<usize>(), 3);
    assert!(provider.read_bearer(&good, now()).await.is_ok());
    assert_eq!(world.play.asked("/keys/prod/ims-1.cer").len(), 1);

    pass(Duration::from_secs(3601)).await;
    world.certificate = RSA.certificate(2024, 2026);
    world.set_up();
    let failure = provider.read_bearer(&good, now()).await.unwrap_err();
    assert_eq!(failure.code(), "keys.certificate_outdated");
}
