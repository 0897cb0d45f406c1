//! Access tokens that open nothing to API clients.

use serde_json::json;

use super::{Case, case};
use crate::{
    play::Canned,
    world::{
        Door::{Bearer, OpaqueBearer},
        NOW, World,
    },
};

fn without(world: &mut World, claim: &str) {
    world.claims.as_object_mut().unwrap().remove(claim);
}

pub(crate) const CASES: &[&[Case]] = &[TOKENS, ANSWERS];

const TOKENS: &[Case] = &[
    case(Bearer, "no type", "bearer.not_access_token", |world| {
        world.header.as_object_mut().unwrap().remove("typ");
    }),
    case(
        Bearer,
        "a logout token",
        "bearer.not_access_token",
        |world| {
            world.header["typ"] = json!("logout+jwt");
        },
    ),
    case(Bearer, "an ID token", "bearer.not_access_token", |world| {
        world.header["typ"] = json!("JWT");
        world.claims["nonce"] = json!("nonce-1");
    }),
    case(Bearer, "another issuer", "bearer.wrong_issuer", |world| {
        world.claims["iss"] = json!("https://evil.test");
    }),
    case(
        Bearer,
        "another audience",
        "bearer.wrong_audience",
        |world| {
            world.claims["aud"] = json!(["another-shop"]);
        },
    ),
    case(Bearer, "no expiry", "bearer.bad_times", |world| {
        without(world, "exp")
    }),
    case(Bearer, "no time of issue", "bearer.bad_times", |world| {
        without(world, "iat")
    }),
    case(
        Bearer,
        "issued in the future",
        "bearer.issued_in_future",
        |world| {
            world.claims["iat"] = json!(NOW + 120);
        },
    ),
    case(Bearer, "run out", "bearer.expired", |world| {
        world.claims["exp"] = json!(NOW - 60);
    }),
    case(Bearer, "older than a day", "bearer.too_old", |world| {
        world.claims["iat"] = json!(NOW - 86_400);
    }),
    case(Bearer, "no signature", "token.bad_signature", |world| {
        world.signer = crate::world::Signer::Nobody;
    }),
    case(Bearer, "a blank in it", "token.malformed", |world| {
        world.token_text = |token| format!("{token} x");
    }),
];

const ANSWERS: &[Case] = &[
    case(Bearer, "not honoured any more", "bearer.revoked", |world| {
        world.introspection = json!({"active": false});
    }),
    case(
        Bearer,
        "introspection of somebody else",
        "bearer.other_subject",
        |world| {
            world.introspection["sub"] = json!("eve-0002");
        },
    ),
    case(
        Bearer,
        "userinfo of somebody else",
        "bearer.other_subject",
        |world| {
            world.userinfo["sub"] = json!("eve-0002");
        },
    ),
    case(
        Bearer,
        "an active that is a text",
        "provider.unexpected",
        |world| {
            world.introspection["active"] = json!("true");
        },
    ),
    case(Bearer, "no member", "organization.not_member", |world| {
        world.claims["groups"] = json!([]);
        world.introspection["groups"] = json!([]);
    }),
    case(
        Bearer,
        "no way to ask about it",
        "bearer.cannot_be_checked",
        |world| {
            for name in ["introspection_endpoint", "userinfo_endpoint"] {
                world.metadata.as_object_mut().unwrap().remove(name);
            }
        },
    ),
    case(
        Bearer,
        "userinfo refuses it and alone could tell",
        "bearer.revoked",
        |world| {
            world
                .metadata
                .as_object_mut()
                .unwrap()
                .remove("introspection_endpoint");
            world.pages.insert("/userinfo", Canned::status(401));
        },
    ),
    case(
        OpaqueBearer,
        "opaque and no introspection",
        "bearer.cannot_be_checked",
        |world| {
            world
                .metadata
                .as_object_mut()
                .unwrap()
                .remove("introspection_endpoint");
        },
    ),
    case(
        OpaqueBearer,
        "a refresh token",
        "bearer.not_access_token",
        |world| {
            world.introspection["token_type"] = json!("refresh_token");
        },
    ),
    case(
        OpaqueBearer,
        "of no type, and userinfo refuses it",
        "bearer.not_access_token",
        |world| {
            world
                .introspection
                .as_object_mut()
                .unwrap()
                .remove("token_type");
            world.pages.insert("/userinfo", Canned::status(401));
        },
    ),
    case(
        OpaqueBearer,
        "another application's",
        "bearer.wrong_audience",
        |world| {
            world.introspection["client_id"] = json!("another-shop");
        },
    ),
    case(
        OpaqueBearer,
        "opaque without times",
        "bearer.bad_times",
        |world| {
            world.introspection.as_object_mut().unwrap().remove("exp");
        },
    ),
    case(
        OpaqueBearer,
        "opaque of nobody",
        "bearer.other_subject",
        |world| {
            world.introspection.as_object_mut().unwrap().remove("sub");
        },
    ),
];
