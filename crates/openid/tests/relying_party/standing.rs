//! Whether a sign-in of before still stands: yes, no, and "nothing is known" are three answers.

use jiff::SignedDuration;
use openid::{Failure, Standing, Tokens};
use secrecy::ExposeSecret;
use serde_json::json;

use crate::{
    play::Canned,
    world::{Door, NOW, ORGANIZATION, SUBJECT, World, now, tokens},
};

/// What is altered, how, and what is said then.
type Row = (&'static str, fn(&mut World), &'static str);

/// In a word, for comparing.
fn word(standing: Result<Standing, Failure>) -> String {
    match standing {
        Ok(Standing::Valid { .. }) => "valid".to_owned(),
        Ok(Standing::Revoked(code)) => code.to_owned(),
        Err(failure) if failure.is_outage() => "outage".to_owned(),
        Err(failure) => format!("failure {}", failure.code()),
    }
}

async fn check(world: &World, tokens: &Tokens) -> String {
    world.set_up();
    word(world.open_id().check(tokens, SUBJECT, now()).await)
}

/// Userinfo says all that is required, so that the ID token is not needed.
async fn world() -> World {
    let mut world = World::new(Door::SignIn).await;
    world.userinfo["groups"] = json!(["staff"]);
    world
}

fn with_refresh_token() -> Tokens {
    Tokens {
        refresh: Some("first-refresh-token".into()),
        id: Some("first-id-token".into()),
        ..tokens()
    }
}

const WITHOUT_REFRESH_TOKEN: &[Row] = &[
    ("all is well", |_| (), "valid"),
    (
        "ended",
        |it| it.introspection = json!({"active": false}),
        "token.revoked",
    ),
    (
        "denied",
        |it| drop(it.pages.insert("/userinfo", Canned::status(401))),
        "token.revoked",
    ),
    (
        "forbidden",
        |it| drop(it.pages.insert("/userinfo", Canned::status(403))),
        "token.revoked",
    ),
    (
        "other",
        |it| it.userinfo["sub"] = json!("eve"),
        "profile.other_subject",
    ),
    (
        "other there",
        |it| it.introspection["sub"] = json!("eve"),
        "profile.other_subject",
    ),
    (
        "left the group",
        |it| {
            it.userinfo["groups"] = json!(["guests"]);
            it.introspection["groups"] = json!([]);
        },
        "organization.not_member",
    ),
    (
        "userinfo down",
        |it| drop(it.pages.insert("/userinfo", Canned::status(503))),
        "outage",
    ),
    (
        "500",
        |it| drop(it.pages.insert("/introspect", Canned::status(500))),
        "outage",
    ),
    (
        "our secret",
        |it| drop(it.pages.insert("/introspect", Canned::status(401))),
        "outage",
    ),
    (
        "nonsense",
        |it| it.introspection = json!({"valid": true}),
        "outage",
    ),
    (
        "about nobody",
        |it| it.userinfo = json!({"status": "maintenance"}),
        "outage",
    ),
    (
        "issuer moved",
        |it| it.metadata["issuer"] = json!("https://evil.test"),
        "outage",
    ),
];

#[tokio::test]
async fn a15_without_refresh_token_introspection_and_userinfo_are_asked() {
    for (name, alter, expected) in WITHOUT_REFRESH_TOKEN {
        let mut world = world().await;
        alter(&mut world);
        assert_eq!(check(&world, &tokens()).await, *expected, "{name}");
    }
}

#[tokio::test]
async fn a15_a_provider_that_is_gone_has_revoked_nothing() {
    let world = world().await;
    world.set_up();
    let (known, unknown) = (world.open_id(), {
        let nobody = openid::ProviderUrl::parse("http://127.0.0.1:9/oidc").unwrap();
        let client = openid::Client::new(openid::Limits::default());
        let registration = crate::world::registration();
        openid::Provider::open_id(
            client,
            nobody,
            registration,
            openid::OpenIdOptions::default(),
        )
    });
    assert_eq!(word(known.check(&tokens(), SUBJECT, now()).await), "valid");
    assert_eq!(
        word(unknown.check(&tokens(), SUBJECT, now()).await),
        "outage"
    );
}

#[tokio::test]
async fn a_token_that_has_run_out_ends_without_asking() {
    let world = world().await;
    let tokens = Tokens {
        expires_at: Some(now()),
        ..tokens()
    };
    assert_eq!(check(&world, &tokens).await, "token.expired");
    assert!(world.play.asked("/introspect").is_empty());
}

#[tokio::test]
async fn v13_a_refresh_token_is_redeemed_once_and_the_new_ones_are_handed_over() {
    let mut world = world().await;
    world.claims.as_object_mut().unwrap().remove("nonce");
    world.userinfo["groups"] = json!(["staff", "boss"]);
    world.set_up();
    let standing = world
        .open_id()
        .check(&with_refresh_token(), SUBJECT, now())
        .await;
    let Ok(Standing::Valid {
        person: Some(person),
        renewed: Some(renewed),
    }) = standing
    else {
        panic!("{}", word(standing));
    };
    assert_eq!(person.verified_email.as_deref(), Some("ann@shop.test"));
    assert_eq!(renewed.refresh.unwrap().expose_secret(), "a-refresh-token");
    assert_eq!(renewed.id.unwrap().expose_secret(), world.token());
    assert_eq!(
        renewed.expires_at,
        Some(now() + SignedDuration::from_hours(1))
    );
    let asked = world.play.asked("/token");
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].field("grant_type").unwrap(), "refresh_token");
    assert_eq!(
        asked[0].field("refresh_token").unwrap(),
        "first-refresh-token"
    );
}

#[tokio::test]
async fn a_renewal_without_new_ones_keeps_the_refresh_and_id_token() {
    let mut world = world().await;
    world.has_id_token = false;
    world
        .answer
        .as_object_mut()
        .unwrap()
        .remove("refresh_token");
    world.set_up();
    let standing = world
        .open_id()
        .check(&with_refresh_token(), SUBJECT, now())
        .await;
    let Ok(Standing::Valid {
        renewed: Some(renewed),
        ..
    }) = standing
    else {
        panic!("{}", word(standing));
    };
    assert_eq!(
        renewed.refresh.unwrap().expose_secret(),
        "first-refresh-token"
    );
    assert_eq!(renewed.id.unwrap().expose_secret(), "first-id-token");
}

const WITH_REFRESH_TOKEN: &[Row] = &[
    (
        "ended",
        |it| {
            drop(
                it.pages
                    .insert("/token", Canned::refusal(400, "invalid_grant")),
            )
        },
        "token.revoked",
    ),
    (
        "our secret",
        |it| {
            drop(
                it.pages
                    .insert("/token", Canned::refusal(401, "invalid_client")),
            )
        },
        "outage",
    ),
    (
        "asked wrongly",
        |it| {
            drop(
                it.pages
                    .insert("/token", Canned::refusal(400, "invalid_request")),
            )
        },
        "outage",
    ),
    (
        "down",
        |it| drop(it.pages.insert("/token", Canned::status(502))),
        "outage",
    ),
    (
        "other person",
        |it| it.claims["sub"] = json!("eve"),
        "profile.other_subject",
    ),
    (
        "other audience",
        |it| it.claims["aud"] = json!("another-shop"),
        "id_token.wrong_audience",
    ),
    (
        "other userinfo",
        |it| it.userinfo["sub"] = json!("eve"),
        "profile.other_subject",
    ),
    (
        "left the group",
        |it| {
            it.claims["groups"] = json!([]);
            it.userinfo["groups"] = json!([]);
        },
        "organization.not_member",
    ),
];

#[tokio::test]
async fn a15_a_renewal_is_refused_unreachable_or_of_somebody_else() {
    for (name, alter, expected) in WITH_REFRESH_TOKEN {
        let mut world = world().await;
        alter(&mut world);
        assert_eq!(
            check(&world, &with_refresh_token()).await,
            *expected,
            "{name}"
        );
    }
}

/// The old refresh token is worth nothing any more: to forget the new one would sign the person out.
#[tokio::test]
async fn v13_renewed_tokens_are_not_lost_when_the_next_answer_does_not_come() {
    let broken: [fn(&mut World); 6] = [
        |it| drop(it.pages.insert("/userinfo", Canned::status(503))),
        |it| drop(it.pages.insert("/jwks", Canned::status(503))),
        |it| it.header["kid"] = json!("two"),
        |it| it.userinfo = json!({"status": "maintenance"}),
        |it| it.claims["iat"] = json!(NOW + 120),
        |it| it.claims["exp"] = json!(NOW - 120),
    ];
    for alter in broken {
        let mut world = world().await;
        alter(&mut world);
        world.set_up();
        let standing = world
            .open_id()
            .check(&with_refresh_token(), SUBJECT, now())
            .await;
        let Ok(Standing::Valid {
            person: None,
            renewed: Some(renewed),
        }) = standing
        else {
            panic!("{}", word(standing));
        };
        assert_eq!(renewed.refresh.unwrap().expose_secret(), "a-refresh-token");
    }
}

#[tokio::test]
async fn a15_adobe_revokes_refuses_members_and_is_down() {
    let membership: &'static str = format!("/{ORGANIZATION}@AdobeOrg/membership").leak();
    let mut good = World::new(Door::AdobeSignIn).await;
    good.set_up();
    assert_eq!(
        word(good.adobe().check(&tokens(), SUBJECT, now()).await),
        "valid"
    );
    let asked = good.play.asked("/ims/validate_token/v1").remove(0);
    assert_eq!(asked.field("type").unwrap(), "access_token");
    for (status, expected) in [(500, "outage"), (404, "outage"), (401, "outage")] {
        good.pages.insert(membership, Canned::status(status));
        good.set_up();
        assert_eq!(
            word(good.adobe().check(&tokens(), SUBJECT, now()).await),
            expected
        );
    }
    good.pages.clear();
    let tables = [
        (
            json!({"valid": false, "reason": "expired"}),
            "true",
            "token.revoked",
        ),
        (json!({"valid": true}), "false", "organization.not_member"),
        (
            json!({"valid": true, "token": {"user_id": "eve"}}),
            "true",
            "profile.other_subject",
        ),
        (json!({}), "true", "outage"),
        (json!({"valid": 1}), "true", "outage"),
        (json!({"valid": true}), "TRUE", "outage"),
    ];
    for (validation, membership, expected) in tables {
        (good.validation, good.membership) = (validation.clone(), membership);
        good.set_up();
        let standing = word(good.adobe().check(&tokens(), SUBJECT, now()).await);
        assert_eq!(standing, expected, "{validation} {membership} at {NOW}");
    }
}
