//! The trial of a registration at an OpenID provider. Adobe's has a suite of its own.

use openid::TrialRefused;
use serde_json::json;

use crate::{
    play::Canned,
    world::{CLIENT_SECRET, Door, REDIRECT_URI, World},
};

async fn try_it(world: &World) -> Result<(), TrialRefused> {
    world.set_up();
    world
        .play
        .on("/token", Canned::refusal(400, "invalid_grant"));
    for (path, canned) in &world.pages {
        world.play.on(path, canned.clone());
    }
    world.open_id().try_credentials(REDIRECT_URI, "en_US").await
}

fn redirect(target: &str) -> Canned {
    let mut redirect = Canned::status(302);
    redirect.headers.push(("location", target.to_owned()));
    redirect
}

async fn with(path: &'static str, canned: Canned) -> Result<(), TrialRefused> {
    let mut world = World::new(Door::SignIn).await;
    world.pages.insert(path, canned);
    try_it(&world).await
}

#[tokio::test]
async fn a11_a_registration_holds_when_only_the_code_is_refused_and_a_person_is_asked_for() {
    let login = format!("{REDIRECT_URI}?error=login_required&state=x");
    for page in [
        Canned::status(200),
        redirect("/login?request=1"),
        redirect(&login),
        redirect("https://sso.test/login"),
    ] {
        assert_eq!(with("/authorize", page).await, Ok(()));
    }
    assert_eq!(
        with("/token", Canned::refusal(403, "invalid_code")).await,
        Ok(())
    );
}

#[tokio::test]
async fn a11_a_wrong_secret_is_found_before_anything_is_switched() {
    for canned in [
        Canned::refusal(401, "invalid_client"),
        Canned::refusal(400, "invalid_client"),
        Canned::refusal(400, "unauthorized_client"),
        Canned::status(401),
    ] {
        let refused = with("/token", canned).await.unwrap_err();
        assert!(matches!(refused, TrialRefused::Client { .. }), "{refused}");
        assert!(!format!("{refused} {refused:?}").contains(CLIENT_SECRET));
    }
}

#[tokio::test]
async fn a_redirect_uri_that_is_not_registered_is_found_where_the_provider_says_so() {
    for page in [
        Canned::status(400),
        Canned::refusal(400, "invalid_redirect_uri"),
        redirect("/error?error=invalid_request"),
        redirect(&format!("{REDIRECT_URI}?error=invalid_scope")),
    ] {
        let refused = with("/authorize", page).await.unwrap_err();
        assert!(
            matches!(refused, TrialRefused::Authorization { .. }),
            "{refused}"
        );
        assert!(refused.to_string().contains(REDIRECT_URI), "{refused}");
    }
}

#[tokio::test]
async fn nothing_is_known_of_credentials_when_the_provider_is_not_understood() {
    let page = || {
        let mut page = Canned::status(200);
        page.body = b"<html>".to_vec();
        page
    };
    for (path, canned) in [
        ("/token", Canned::status(500)),
        ("/token", Canned::json(&json!({"access_token": "x"}))),
        ("/token", redirect("/elsewhere")),
        ("/authorize", Canned::status(503)),
        ("/authorize", Canned::status(302)),
        ("/oidc/.well-known/openid-configuration", page()),
        (
            "/oidc/.well-known/openid-configuration",
            Canned::status(404),
        ),
    ] {
        let refused = with(path, canned).await.unwrap_err();
        assert!(
            matches!(refused, TrialRefused::Unexpected(_)),
            "{path}: {refused}"
        );
    }
}

#[tokio::test]
async fn an_issuer_that_calls_itself_otherwise_is_told_by_name_of_the_thing() {
    let mut world = World::new(Door::SignIn).await;
    world.metadata["issuer"] = json!(format!("{}/oidc/", world.play.base));
    let refused = try_it(&world).await.unwrap_err();
    assert!(matches!(refused, TrialRefused::Provider(_)), "{refused}");
    assert!(
        refused.to_string().contains("metadata.wrong_issuer"),
        "{refused}"
    );
}
