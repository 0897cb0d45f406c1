//! The end of a sign-in, from both sides.

use openid::{Failure, Tokens};
use secrecy::SecretString;
use serde_json::json;

use crate::{
    play::Canned,
    world::{ACCESS_TOKEN, CLIENT_ID, CLIENT_SECRET, Door, SUBJECT, World, now, tokens},
};

#[tokio::test]
async fn both_tokens_are_revoked_the_refresh_token_first() {
    let world = World::new(Door::Revocation).await;
    world.set_up();
    let tokens = Tokens {
        refresh: Some("a-refresh-token".into()),
        ..tokens()
    };
    world.open_id().revoke(&tokens).await.unwrap();
    let fields = |asked: &crate::play::Asked| {
        let field = |name| asked.field(name).unwrap();
        (field("token"), field("token_type_hint"))
    };
    let asked: Vec<_> = world.play.asked("/revoke").iter().map(fields).collect();
    let pair = |one: &str, two: &str| (one.to_owned(), two.to_owned());
    assert_eq!(
        asked,
        [
            pair("a-refresh-token", "refresh_token"),
            pair(ACCESS_TOKEN, "access_token")
        ]
    );

    world.adobe().revoke(&tokens).await.unwrap();
    let asked = world.play.asked("/ims/logout/v1").remove(0);
    assert_eq!(asked.field("access_token").unwrap(), ACCESS_TOKEN);
    assert_eq!(asked.field("client_secret").unwrap(), CLIENT_SECRET);
}

#[tokio::test]
async fn a27_a_revocation_that_failed_is_told() {
    let world = World::new(Door::Revocation).await;
    world.set_up();
    world.play.on("/revoke", Canned::status(503));
    world.play.on("/ims/logout/v1", Canned::status(400));
    for provider in [world.open_id(), world.adobe()] {
        let failure = provider.revoke(&tokens()).await.unwrap_err();
        assert!(matches!(failure, Failure::Unexpected(_)), "{failure}");
    }
}

#[tokio::test]
async fn the_way_out_names_client_and_person_and_carries_no_token() {
    let mut world = World::new(Door::SignIn).await;
    world.set_up();
    let provider = world.open_id();
    let tokens = Tokens {
        id: Some(world.token().into()),
        ..tokens()
    };
    let back = "https://shop.test/admin/";
    let url = provider
        .end_session_url(&tokens, back)
        .await
        .unwrap()
        .unwrap();
    let pairs: Vec<_> = url.query_pairs().into_owned().collect();
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(
        pairs,
        [
            pair("client_id", CLIENT_ID),
            pair("post_logout_redirect_uri", back),
            pair("logout_hint", SUBJECT)
        ]
    );
    assert!(
        world
            .adobe()
            .end_session_url(&tokens, back)
            .await
            .unwrap()
            .is_none()
    );
    world
        .metadata
        .as_object_mut()
        .unwrap()
        .remove("end_session_endpoint");
    world.set_up();
    assert!(
        world
            .open_id()
            .end_session_url(&tokens, back)
            .await
            .unwrap()
            .is_none()
    );
}

#[tokio::test]
async fn a_provider_that_needs_it_is_shown_the_id_token_on_the_way_out() {
    let mut world = World::new(Door::SignIn).await;
    world.id_token_hint = true;
    world.set_up();
    let token = world.token();
    let shown = |id: Option<SecretString>| {
        let provider = world.open_id();
        async move {
            let tokens = Tokens { id, ..tokens() };
            let back = "https://shop.test/admin/";
            let url = provider.end_session_url(&tokens, back).await.unwrap();
            let pairs: Vec<_> = url.unwrap().query_pairs().into_owned().collect();
            let hint = pairs.into_iter().find(|(name, _)| name == "id_token_hint");
            hint.map(|(_, value)| value)
        }
    };
    assert_eq!(shown(Some(token.clone().into())).await, Some(token));
    assert_eq!(shown(None).await, None);
}

#[tokio::test]
async fn v14_a_logout_token_names_whose_session_is_over_and_itself() {
    let mut world = World::new(Door::Logout).await;
    for kind in [
        Some("logout+jwt"),
        Some("application/logout+jwt"),
        Some("JWT"),
        None,
    ] {
        match kind {
            Some(kind) => world.header["typ"] = json!(kind),
            None => drop(world.header.as_object_mut().unwrap().remove("typ")),
        }
        world.set_up();
        let token = world
            .open_id()
            .read_logout_token(&world.token(), now())
            .await
            .unwrap();
        assert_eq!(token.subject.as_deref(), Some(SUBJECT));
        assert_eq!(token.session.as_deref(), Some("session-1"));
        assert_eq!(token.id, "bye-1");
        assert!(token.expires_at > now());
    }
}

/// Remembering the name until `expires_at` is enough: from then on the token is refused.
#[tokio::test]
async fn v14_a_logout_token_is_refused_when_its_name_may_be_forgotten() {
    let mut world = World::new(Door::Logout).await;
    world.claims["exp"] = json!(crate::world::NOW + 86_400);
    world.set_up();
    let provider = world.open_id();
    let token = provider
        .read_logout_token(&world.token(), now())
        .await
        .unwrap();
    let failure = provider
        .read_logout_token(&world.token(), token.expires_at)
        .await;
    assert_eq!(failure.unwrap_err().code(), "logout_token.not_fresh");
}
