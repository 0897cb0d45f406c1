//! Answers to a sign-in that are no signed token: callback, token endpoint, userinfo.

use openid::RequiredClaim;
use serde_json::json;

use super::{Case, case};
use crate::{
    play::Canned,
    world::Door::{Callback, Revocation, SignIn},
};

pub(crate) const CASES: &[&[Case]] = &[CALLBACKS, TOKEN_ANSWERS, PEOPLE];

const CALLBACKS: &[Case] = &[
    case(Callback, "no issuer", "callback.no_issuer", |world| {
        world.named = None
    }),
    case(
        Callback,
        "another issuer",
        "callback.wrong_issuer",
        |world| {
            world.named = Some("https://evil.test".to_owned());
        },
    ),
    case(
        Callback,
        "an empty issuer",
        "callback.wrong_issuer",
        |world| {
            world.named = Some(String::new());
        },
    ),
    case(
        Revocation,
        "nowhere to end a token",
        "revocation.not_offered",
        |world| {
            world
                .metadata
                .as_object_mut()
                .unwrap()
                .remove("revocation_endpoint");
        },
    ),
];

const TOKEN_ANSWERS: &[Case] = &[
    case(SignIn, "a used code", "code.refused", |world| {
        world
            .pages
            .insert("/token", Canned::refusal(400, "invalid_grant"));
    }),
    case(SignIn, "another secret", "client.refused", |world| {
        world
            .pages
            .insert("/token", Canned::refusal(401, "invalid_client"));
    }),
    case(SignIn, "401 without a word", "client.refused", |world| {
        world.pages.insert("/token", Canned::status(401));
    }),
    case(
        SignIn,
        "another refusal",
        "token_endpoint.refused",
        |world| {
            world
                .pages
                .insert("/token", Canned::refusal(400, "invalid_request"));
        },
    ),
    case(
        SignIn,
        "no access token",
        "token_answer.no_access_token",
        |world| {
            world.answer.as_object_mut().unwrap().remove("access_token");
        },
    ),
    case(
        SignIn,
        "a line break in it",
        "token_answer.no_access_token",
        |world| {
            world.answer["access_token"] = json!("a\r\nX-Evil: 1");
        },
    ),
    case(SignIn, "another type", "token_answer.wrong_type", |world| {
        world.answer["token_type"] = json!("mac");
    }),
    case(
        SignIn,
        "a type that is no text",
        "token_answer.wrong_type",
        |world| {
            world.answer["token_type"] = json!(["Bearer"]);
        },
    ),
    case(SignIn, "no ID token", "token_answer.no_id_token", |world| {
        world.has_id_token = false;
    }),
    case(
        SignIn,
        "the token endpoint fails",
        "provider.unexpected",
        |world| {
            world.pages.insert("/token", Canned::status(500));
        },
    ),
    case(SignIn, "a redirect", "provider.unexpected", |world| {
        let target = format!("{}/elsewhere", world.play.base);
        let mut redirect = Canned::status(307);
        redirect.headers.push(("location", target));
        world.pages.insert("/token", redirect);
    }),
    case(SignIn, "a list", "provider.unexpected", |world| {
        world
            .pages
            .insert("/token", Canned::json(&json!([world.answer])));
    }),
    case(SignIn, "a page", "provider.unexpected", |world| {
        let mut page = Canned::status(200);
        page.body = b"<html>down for maintenance</html>".to_vec();
        world.pages.insert("/token", page);
    }),
    case(
        SignIn,
        "two access tokens",
        "provider.unexpected",
        |world| {
            let mut twice = Canned::json(&world.answer);
            twice
                .body
                .splice(1..1, b"\"access_token\":\"x\",".iter().copied());
            world.pages.insert("/token", twice);
        },
    ),
];

const PEOPLE: &[Case] = &[
    case(
        SignIn,
        "userinfo refuses the token",
        "profile.denied",
        |world| {
            world.pages.insert("/userinfo", Canned::status(401));
        },
    ),
    case(
        SignIn,
        "userinfo of nobody",
        "profile.bad_subject",
        |world| {
            world.userinfo.as_object_mut().unwrap().remove("sub");
        },
    ),
    case(
        SignIn,
        "userinfo of somebody else",
        "profile.other_subject",
        |world| {
            world.userinfo["sub"] = json!("eve-0002");
        },
    ),
    case(SignIn, "userinfo fails", "provider.unexpected", |world| {
        world.pages.insert("/userinfo", Canned::status(503));
    }),
    case(
        SignIn,
        "not in the group",
        "organization.not_member",
        |world| {
            world.claims["groups"] = json!(["staffing"]);
        },
    ),
    case(
        SignIn,
        "no second factor",
        "token.no_second_factor",
        |world| {
            world.second_factor = vec![RequiredClaim {
                name: "amr".to_owned(),
                value: "mfa".to_owned(),
            }];
            world.claims["amr"] = json!(["pwd"]);
        },
    ),
    case(SignIn, "no groups", "organization.not_member", |world| {
        world.claims.as_object_mut().unwrap().remove("groups");
    }),
    case(
        SignIn,
        "groups as one text",
        "organization.not_member",
        |world| {
            world.claims["groups"] = json!("staff,other");
        },
    ),
];
