//! Logout tokens that sign nobody out.

use serde_json::json;

use super::{Case, case};
use crate::world::{Door::Logout, NOW, World};

fn without(world: &mut World, claim: &str) {
    world.claims.as_object_mut().unwrap().remove(claim);
}

pub(crate) const CASES: &[&[Case]] = &[&[
    case(
        Logout,
        "another issuer",
        "logout_token.wrong_issuer",
        |world| {
            world.claims["iss"] = json!("https://evil.test");
        },
    ),
    case(
        Logout,
        "another audience",
        "logout_token.wrong_audience",
        |world| {
            world.claims["aud"] = json!("another-shop");
        },
    ),
    case(
        Logout,
        "an access token's type",
        "logout_token.wrong_type",
        |world| {
            world.header["typ"] = json!("at+jwt");
        },
    ),
    case(
        Logout,
        "no time of issue",
        "logout_token.not_fresh",
        |world| {
            without(world, "iat");
        },
    ),
    case(
        Logout,
        "three minutes old",
        "logout_token.not_fresh",
        |world| {
            world.claims["iat"] = json!(NOW - 180);
        },
    ),
    case(
        Logout,
        "from the future",
        "logout_token.not_fresh",
        |world| {
            world.claims["iat"] = json!(NOW + 90);
        },
    ),
    case(Logout, "no expiry", "logout_token.expired", |world| {
        without(world, "exp")
    }),
    case(Logout, "run out", "logout_token.expired", |world| {
        world.claims["exp"] = json!(NOW - 60);
    }),
    case(Logout, "no name", "logout_token.no_id", |world| {
        without(world, "jti")
    }),
    case(Logout, "an empty name", "logout_token.no_id", |world| {
        world.claims["jti"] = json!("");
    }),
    case(Logout, "no event", "logout_token.no_event", |world| {
        without(world, "events")
    }),
    case(Logout, "another event", "logout_token.no_event", |world| {
        world.claims["events"] = json!({"http://schemas.openid.net/event/other": {}});
    }),
    case(
        Logout,
        "an event that is no object",
        "logout_token.no_event",
        |world| {
            world.claims["events"] =
                json!({"http://schemas.openid.net/event/backchannel-logout": true});
        },
    ),
    case(Logout, "a nonce", "logout_token.has_nonce", |world| {
        world.claims["nonce"] = json!("nonce-1");
    }),
    case(Logout, "about nobody", "logout_token.nobody", |world| {
        without(world, "sub");
        without(world, "sid");
    }),
    case(Logout, "another key", "token.bad_signature", |world| {
        let other = &crate::keys::OTHER_RSA;
        world.signer = crate::world::Signer::Key(other, jsonwebtoken::Algorithm::RS256);
    }),
    case(Logout, "seventeen KiB", "token.too_large", |world| {
        world.claims["more"] = json!("x".repeat(13 * 1024));
    }),
]];
