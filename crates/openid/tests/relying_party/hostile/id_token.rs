//! ID tokens that are signed as they should be, and say what they should not.

use serde_json::json;

use super::{Case, case};
use crate::world::{
    ACCESS_TOKEN, CLIENT_ID,
    Door::{AdobeSignIn, SignIn},
    NOW, World, half_hash, now,
};

fn without(world: &mut World, claim: &str) {
    world.claims.as_object_mut().unwrap().remove(claim);
}

pub(crate) const CASES: &[&[Case]] = &[PARTIES, TIMES, SIGN_INS];

const PARTIES: &[Case] = &[
    case(SignIn, "an access token", "id_token.wrong_type", |world| {
        world.header["typ"] = json!("at+jwt");
    }),
    case(
        AdobeSignIn,
        "a logout token",
        "id_token.wrong_type",
        |world| {
            world.header["typ"] = json!("logout+jwt");
        },
    ),
    case(SignIn, "another issuer", "id_token.wrong_issuer", |world| {
        world.claims["iss"] = json!("https://evil.test/oidc");
    }),
    case(
        SignIn,
        "the issuer with a slash",
        "id_token.wrong_issuer",
        |world| {
            world.claims["iss"] = json!(format!("{}/oidc/", world.play.base));
        },
    ),
    case(SignIn, "no issuer", "id_token.wrong_issuer", |world| {
        without(world, "iss")
    }),
    case(
        SignIn,
        "another audience",
        "id_token.wrong_audience",
        |world| {
            world.claims["aud"] = json!("another-shop");
        },
    ),
    case(
        SignIn,
        "an audience that begins like us",
        "id_token.wrong_audience",
        |world| {
            world.claims["aud"] = json!(format!("{CLIENT_ID}-2"));
        },
    ),
    case(SignIn, "no audience", "id_token.wrong_audience", |world| {
        without(world, "aud")
    }),
    case(
        SignIn,
        "a number among the audience",
        "id_token.wrong_audience",
        |world| {
            world.claims["aud"] = json!([CLIENT_ID, 1]);
        },
    ),
    case(
        SignIn,
        "several audiences and no authorized party",
        "id_token.wrong_authorized_party",
        |world| world.claims["aud"] = json!([CLIENT_ID, "another-shop"]),
    ),
    case(
        SignIn,
        "another authorized party",
        "id_token.wrong_authorized_party",
        |world| world.claims["azp"] = json!("another-shop"),
    ),
    case(SignIn, "no subject", "id_token.bad_subject", |world| {
        without(world, "sub")
    }),
    case(
        SignIn,
        "an empty subject",
        "id_token.bad_subject",
        |world| {
            world.claims["sub"] = json!("");
        },
    ),
    case(
        SignIn,
        "a subject of 256 bytes",
        "id_token.bad_subject",
        |world| {
            world.claims["sub"] = json!("a".repeat(256));
        },
    ),
    case(
        SignIn,
        "a subject that is a number",
        "id_token.bad_subject",
        |world| {
            world.claims["sub"] = json!(1);
        },
    ),
    case(
        SignIn,
        "a subject with a line break",
        "id_token.bad_subject",
        |world| {
            world.claims["sub"] = json!("ann-0001\nadmin");
        },
    ),
];

const TIMES: &[Case] = &[
    case(SignIn, "no expiry", "id_token.no_expiry", |world| {
        without(world, "exp")
    }),
    case(
        SignIn,
        "an expiry that is a text",
        "id_token.no_expiry",
        |world| {
            world.claims["exp"] = json!((NOW + 300).to_string());
        },
    ),
    case(
        SignIn,
        "an expiry beyond all years",
        "id_token.no_expiry",
        |world| {
            world.claims["exp"] = json!(1e300);
        },
    ),
    case(SignIn, "run out", "id_token.expired", |world| {
        world.claims["exp"] = json!(NOW - 60);
    }),
    case(
        SignIn,
        "no time of issue",
        "id_token.no_issue_time",
        |world| {
            without(world, "iat");
        },
    ),
    case(
        SignIn,
        "a time of issue in milliseconds",
        "id_token.no_issue_time",
        |world| {
            world.claims["iat"] = json!(NOW * 1000);
        },
    ),
    case(
        SignIn,
        "issued in the future",
        "id_token.issued_in_future",
        |world| {
            world.claims["iat"] = json!(NOW + 120);
        },
    ),
    case(
        SignIn,
        "issued long ago",
        "id_token.issued_long_ago",
        |world| {
            world.claims["iat"] = json!(NOW - 700);
        },
    ),
    case(SignIn, "not valid yet", "id_token.not_yet_valid", |world| {
        world.claims["nbf"] = json!(NOW + 61);
    }),
    case(
        SignIn,
        "a beginning that is no time",
        "id_token.not_yet_valid",
        |world| {
            world.claims["nbf"] = json!("now");
        },
    ),
    case(
        SignIn,
        "our clock two minutes behind",
        "id_token.clock_behind",
        |world| {
            world.date = "Fri, 15 Jan 2027 08:02:00 GMT";
            world.claims["iat"] = json!(NOW + 120);
            world.claims["exp"] = json!(NOW + 420);
        },
    ),
    case(
        SignIn,
        "our clock two minutes ahead",
        "id_token.clock_ahead",
        |world| {
            world.date = "Fri, 15 Jan 2027 07:58:00 GMT";
            world.claims["iat"] = json!(NOW - 120);
            world.claims["exp"] = json!(NOW - 60);
        },
    ),
    case(
        SignIn,
        "our clock two minutes ahead, seen by a fresh sign-in",
        "id_token.clock_ahead",
        |world| {
            world.claims["iat"] = json!(NOW - 122);
            world.claims["auth_time"] = json!(NOW - 130);
        },
    ),
];

const SIGN_INS: &[Case] = &[
    case(SignIn, "another nonce", "id_token.wrong_nonce", |world| {
        world.claims["nonce"] = json!("nonce-2");
    }),
    case(SignIn, "no nonce", "id_token.wrong_nonce", |world| {
        without(world, "nonce")
    }),
    case(
        SignIn,
        "the nonce of an earlier attempt",
        "id_token.wrong_nonce",
        |world| {
            world.nonce = "nonce-of-today";
        },
    ),
    case(
        SignIn,
        "the hash of another token",
        "id_token.wrong_access_token_hash",
        |world| {
            world.claims["at_hash"] = json!(half_hash("another-token"));
        },
    ),
    case(
        SignIn,
        "another access token",
        "id_token.wrong_access_token_hash",
        |world| {
            world.answer["access_token"] = json!(format!("{ACCESS_TOKEN}-2"));
        },
    ),
    case(
        SignIn,
        "a hash that is no text",
        "id_token.wrong_access_token_hash",
        |world| {
            world.claims["at_hash"] = json!(null);
        },
    ),
    case(
        SignIn,
        "no time of sign-in",
        "id_token.no_auth_time",
        |world| {
            without(world, "auth_time");
        },
    ),
    case(
        SignIn,
        "signed in before it was asked",
        "id_token.old_auth_time",
        |world| {
            world.claims["auth_time"] = json!(NOW - 600);
        },
    ),
    case(
        SignIn,
        "asked again since",
        "id_token.old_auth_time",
        |world| {
            world.signed_in_since = Some(now() + jiff::SignedDuration::from_secs(51));
        },
    ),
];
