//! What is wrong with a token of any kind, before its claims are looked at.

use serde_json::json;

use super::{Case, case};
use crate::{
    keys::{EC, ED, OTHER_RSA, RSA},
    world::{Door::SignIn, Signer, World},
};
use jsonwebtoken::Algorithm::{self, ES256, EdDSA, RS256};

fn signed_by(world: &mut World, algorithm: Algorithm, key: &'static crate::keys::Key) {
    world.signer = Signer::Key(key, algorithm);
    world.header["alg"] = json!(format!("{algorithm:?}"));
}

pub(crate) const CASES: &[&[Case]] = &[FORM, HEADER, KEYS];

const FORM: &[Case] = &[
    case(SignIn, "two parts", "token.malformed", |world| {
        world.token_text = |token| token.rsplit_once('.').unwrap().0.to_owned();
    }),
    case(SignIn, "four parts", "token.malformed", |world| {
        world.token_text = |token| format!("{token}.e30");
    }),
    case(
        SignIn,
        "five parts, as if encrypted",
        "token.malformed",
        |world| {
            world.token_text = |token| format!("{token}.e30.e30");
        },
    ),
    case(SignIn, "no token at all", "token.malformed", |world| {
        world.token_text = |_| "x".to_owned();
    }),
    case(SignIn, "padding", "token.malformed", |world| {
        world.token_text = |token| token.replacen('.', "=.", 1);
    }),
    case(
        SignIn,
        "base64 of the other alphabet",
        "token.malformed",
        |world| {
            world.token_text = |token| format!("+/{token}");
        },
    ),
    case(
        SignIn,
        "claims that are a list",
        "token.malformed",
        |world| {
            world.claims_text = |claims| format!("[{claims}]");
        },
    ),
    case(
        SignIn,
        "claims with something behind",
        "token.malformed",
        |world| {
            world.claims_text = |claims| format!("{claims}{{}}");
        },
    ),
    case(
        SignIn,
        "a header that is a text",
        "token.malformed",
        |world| {
            world.header_text = |_| "\"RS256\"".to_owned();
        },
    ),
    case(
        SignIn,
        "a key ID that is a number",
        "token.malformed",
        |world| {
            world.header["kid"] = json!(1);
        },
    ),
    case(SignIn, "seventeen KiB", "token.too_large", |world| {
        world.claims["more"] = json!("x".repeat(13 * 1024));
    }),
    case(SignIn, "two subjects", "token.duplicate_member", |world| {
        world.claims_text = |claims| claims.replacen('{', "{\"sub\":\"eve\",", 1);
    }),
    case(
        SignIn,
        "two algorithms",
        "token.duplicate_member",
        |world| {
            world.header_text = |header| header.replacen('{', "{\"alg\":\"none\",", 1);
        },
    ),
    case(
        SignIn,
        "two members deep within",
        "token.duplicate_member",
        |world| {
            world.claims_text = |claims| claims.replacen('{', "{\"a\":[{\"b\":1,\"b\":2}],", 1);
        },
    ),
];

const HEADER: &[Case] = &[
    case(
        SignIn,
        "alg none",
        "token.algorithm_not_accepted",
        |world| {
            world.header["alg"] = json!("none");
            world.signer = Signer::Nobody;
        },
    ),
    case(
        SignIn,
        "alg None",
        "token.algorithm_not_accepted",
        |world| {
            world.header["alg"] = json!("None");
            world.signer = Signer::Nobody;
        },
    ),
    case(SignIn, "no alg", "token.algorithm_not_accepted", |world| {
        world.header.as_object_mut().unwrap().remove("alg");
    }),
    case(
        SignIn,
        "HS256 with the public key as secret",
        "token.algorithm_not_accepted",
        |world| {
            world.header["alg"] = json!("HS256");
            world.signer = Signer::Secret(RSA.public_pem().into_bytes());
        },
    ),
    case(
        SignIn,
        "HS256 with the client secret",
        "token.algorithm_not_accepted",
        |world| {
            world.header["alg"] = json!("HS256");
            world.signer = Signer::Secret(crate::world::CLIENT_SECRET.into());
        },
    ),
    case(
        SignIn,
        "an algorithm that the provider does not announce",
        "token.algorithm_not_accepted",
        |world| {
            world.header["alg"] = json!("RS512");
            world.signer = Signer::Key(&RSA, Algorithm::RS512);
        },
    ),
    case(
        SignIn,
        "an extension",
        "token.critical_extension",
        |world| {
            world.header["crit"] = json!(["b64"]);
        },
    ),
    case(
        SignIn,
        "an empty list of extensions",
        "token.critical_extension",
        |world| {
            world.header["crit"] = json!([]);
        },
    ),
    case(SignIn, "compression", "token.compressed", |world| {
        world.header["zip"] = json!("DEF");
    }),
];

const KEYS: &[Case] = &[
    case(SignIn, "another key", "token.bad_signature", |world| {
        signed_by(world, RS256, &OTHER_RSA);
    }),
    case(
        SignIn,
        "another key that it brings along",
        "token.bad_signature",
        |world| {
            world.header["jwk"] = OTHER_RSA.published("one");
            signed_by(world, RS256, &OTHER_RSA);
        },
    ),
    case(
        SignIn,
        "another key, and where to find it",
        "token.bad_signature",
        |world| {
            let place = format!("{}/evil", world.play.base);
            world.header["jku"] = json!(place);
            world.header["x5u"] = json!(place);
            signed_by(world, RS256, &OTHER_RSA);
        },
    ),
    case(SignIn, "no signature", "token.bad_signature", |world| {
        world.signer = Signer::Nobody;
    }),
    case(
        SignIn,
        "claims altered after signing",
        "token.bad_signature",
        |world| {
            world.token_text = |token| {
                let mut parts: Vec<_> = token.split('.').map(str::to_owned).collect();
                let claims = data_encoding::BASE64URL_NOPAD
                    .decode(parts[1].as_bytes())
                    .unwrap();
                let claims = String::from_utf8(claims)
                    .unwrap()
                    .replace("ann-0001", "eve-0001");
                parts[1] = data_encoding::BASE64URL_NOPAD.encode(claims.as_bytes());
                parts.join(".")
            };
        },
    ),
    case(
        SignIn,
        "a key that is not published",
        "token.unknown_key",
        |world| {
            world.header["kid"] = json!("two");
        },
    ),
    case(SignIn, "an empty key set", "token.unknown_key", |world| {
        world.jwks = json!({"keys": []});
    }),
    case(
        SignIn,
        "a secret as published key",
        "token.unknown_key",
        |world| {
            world.jwks = json!({"keys": [{"kty": "oct", "kid": "one", "k": "c2VjcmV0"}]});
        },
    ),
    case(
        SignIn,
        "no key ID where two would fit",
        "token.no_key_id",
        |world| {
            world.header.as_object_mut().unwrap().remove("kid");
            world.jwks = json!({"keys": [RSA.published("one"), OTHER_RSA.published("two")]});
        },
    ),
    case(
        SignIn,
        "a key of another type",
        "token.unfit_key",
        |world| {
            world.jwks = json!({"keys": [EC.published("one")]});
        },
    ),
    case(SignIn, "a key for encrypting", "token.unfit_key", |world| {
        world.jwks["keys"][0]["use"] = json!("enc");
    }),
    case(
        SignIn,
        "a key that may not verify",
        "token.unfit_key",
        |world| {
            world.jwks["keys"][0]["key_ops"] = json!(["encrypt"]);
        },
    ),
    case(
        SignIn,
        "a key for another algorithm",
        "token.unfit_key",
        |world| {
            world.jwks["keys"][0]["alg"] = json!("PS256");
        },
    ),
    case(SignIn, "a key of 1024 bits", "token.unfit_key", |world| {
        world.jwks["keys"][0]["n"] = json!(data_encoding::BASE64URL_NOPAD.encode(&[0xc5; 128]));
    }),
    case(
        SignIn,
        "a curve of another name",
        "token.unfit_key",
        |world| {
            signed_by(world, ES256, &EC);
            world.jwks = json!({"keys": [EC.published("one")]});
            world.jwks["keys"][0]["crv"] = json!("P-384");
        },
    ),
    case(
        SignIn,
        "an Edwards key for an elliptic signature",
        "token.unfit_key",
        |world| {
            signed_by(world, EdDSA, &ED);
            world.jwks = json!({"keys": [EC.published("one")]});
        },
    ),
];
