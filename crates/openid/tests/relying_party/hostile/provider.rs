//! What is wrong with a provider's description of itself and its keys.

use serde_json::json;

use super::{Case, case};
use crate::{
    keys::RSA,
    play::Canned,
    world::{Door::SignIn, World},
};

fn without(world: &mut World, member: &str) {
    world.metadata.as_object_mut().unwrap().remove(member);
}

pub(crate) const CASES: &[&[Case]] = &[DESCRIPTIONS, ENDPOINTS, KEYS];

const DISCOVERY: &str = "/oidc/.well-known/openid-configuration";
const DESCRIPTIONS: &[Case] = &[
    case(SignIn, "another issuer", "metadata.wrong_issuer", |world| {
        world.metadata["issuer"] = json!("https://evil.test/oidc");
    }),
    case(
        SignIn,
        "the issuer with a slash",
        "metadata.wrong_issuer",
        |world| {
            world.metadata["issuer"] = json!(format!("{}/oidc/", world.play.base));
        },
    ),
    case(SignIn, "no issuer", "metadata.wrong_issuer", |world| {
        without(world, "issuer")
    }),
    case(
        SignIn,
        "plain PKCE only",
        "metadata.no_pkce_s256",
        |world| {
            world.metadata["code_challenge_methods_supported"] = json!(["plain"]);
        },
    ),
    case(SignIn, "no code flow", "metadata.no_code_flow", |world| {
        world.metadata["response_types_supported"] = json!(["id_token"]);
    }),
    case(
        SignIn,
        "shared secrets only",
        "metadata.no_accepted_algorithm",
        |world| {
            world.metadata["id_token_signing_alg_values_supported"] = json!(["HS256", "none"]);
        },
    ),
    case(
        SignIn,
        "no known client authentication",
        "metadata.no_client_authentication",
        |world| {
            world.metadata["token_endpoint_auth_methods_supported"] = json!(["tls_client_auth"]);
        },
    ),
    case(SignIn, "no description", "provider.unexpected", |world| {
        world.pages.insert(DISCOVERY, Canned::status(404));
    }),
    case(
        SignIn,
        "a description without end",
        "provider.unexpected",
        |world| {
            let mut endless = Canned::json(&world.metadata);
            endless.body.resize(300 * 1024, b' ');
            world.pages.insert(DISCOVERY, endless);
        },
    ),
    case(
        SignIn,
        "two token endpoints",
        "provider.unexpected",
        |world| {
            let mut twice = Canned::json(&world.metadata);
            twice
                .body
                .splice(1..1, b"\"token_endpoint\":\"x\",".iter().copied());
            world.pages.insert(DISCOVERY, twice);
        },
    ),
    case(
        SignIn,
        "the description moved",
        "provider.unexpected",
        |world| {
            let mut moved = Canned::status(301);
            moved
                .headers
                .push(("location", format!("{}/elsewhere", world.play.base)));
            world.pages.insert(DISCOVERY, moved);
        },
    ),
];

const ENDPOINTS: &[Case] = &[
    case(SignIn, "no key set", "metadata.bad_endpoint", |world| {
        without(world, "jwks_uri")
    }),
    case(
        SignIn,
        "no token endpoint",
        "metadata.bad_endpoint",
        |world| {
            without(world, "token_endpoint");
        },
    ),
    case(
        SignIn,
        "plain http to another machine",
        "metadata.bad_endpoint",
        |world| {
            world.metadata["token_endpoint"] = json!("http://idp.test/token");
        },
    ),
    case(
        SignIn,
        "keys from a file",
        "metadata.bad_endpoint",
        |world| {
            world.metadata["jwks_uri"] = json!("file:///etc/passwd");
        },
    ),
    case(
        SignIn,
        "a user name in front",
        "metadata.bad_endpoint",
        |world| {
            world.metadata["userinfo_endpoint"] = json!("https://idp.test@evil.test/userinfo");
        },
    ),
    case(
        SignIn,
        "an endpoint that is no text",
        "metadata.bad_endpoint",
        |world| {
            world.metadata["end_session_endpoint"] = json!(1);
        },
    ),
    case(SignIn, "a fragment", "metadata.bad_endpoint", |world| {
        world.metadata["authorization_endpoint"] =
            json!(format!("{}/authorize#x", world.play.base));
    }),
];

const KEYS: &[Case] = &[
    case(SignIn, "no list of keys", "keys.malformed", |world| {
        world.jwks = json!({"key": []});
    }),
    case(SignIn, "keys that are texts", "keys.malformed", |world| {
        world.jwks = json!({"keys": ["one"]});
    }),
    case(SignIn, "101 keys", "keys.too_many", |world| {
        world.jwks = json!({"keys": vec![RSA.published("one"); 101]});
    }),
    case(SignIn, "no key set there", "provider.unexpected", |world| {
        world.pages.insert("/jwks", Canned::status(502));
    }),
    case(
        SignIn,
        "a key set without end",
        "provider.unexpected",
        |world| {
            let mut endless = Canned::json(&world.jwks);
            endless.body.resize(300 * 1024, b' ');
            world.pages.insert("/jwks", endless);
        },
    ),
];
