//! What Adobe IMS, or somebody in its name, could say.

use serde_json::json;

use super::{Case, case};
use crate::{
    keys::{EC, OTHER_RSA},
    play::Canned,
    world::{
        Door::{AdobeBearer, AdobeSignIn},
        NOW, ORGANIZATION, Signer, World,
    },
};

fn named(world: &mut World, certificate: &str) {
    world.header["x5u"] = json!(certificate);
}

pub(crate) const CASES: &[&[Case]] = &[SIGN_INS, TOKENS, CERTIFICATES, ANSWERS];

const SIGN_INS: &[Case] = &[
    case(
        AdobeSignIn,
        "an ID token of another nonce",
        "id_token.wrong_nonce",
        |world| {
            world.claims["nonce"] = json!("nonce-2");
        },
    ),
    case(
        AdobeSignIn,
        "an ID token of another client",
        "id_token.wrong_audience",
        |world| {
            world.claims["aud"] = json!("another-shop");
        },
    ),
    case(
        AdobeSignIn,
        "an ID token of another issuer",
        "id_token.wrong_issuer",
        |world| {
            world.claims["iss"] = json!("https://ims-na1.adobelogin.com");
        },
    ),
    case(
        AdobeSignIn,
        "a profile of somebody else",
        "profile.other_subject",
        |world| {
            world.profile["userId"] = json!("eve-0002");
        },
    ),
    case(
        AdobeSignIn,
        "a profile of nobody",
        "profile.bad_subject",
        |world| {
            world.profile.as_object_mut().unwrap().remove("userId");
        },
    ),
    case(AdobeSignIn, "no profile", "profile.denied", |world| {
        world.pages.insert("/ims/profile/v1", Canned::status(401));
    }),
    case(
        AdobeSignIn,
        "no member",
        "organization.not_member",
        |world| {
            world.membership = "false";
        },
    ),
    case(
        AdobeSignIn,
        "membership in quotes",
        "provider.unexpected",
        |world| {
            world.membership = "\"true\"";
        },
    ),
    case(
        AdobeSignIn,
        "membership as a number",
        "provider.unexpected",
        |world| {
            world.membership = "1";
        },
    ),
    case(
        AdobeSignIn,
        "an empty membership",
        "provider.unexpected",
        |world| {
            world.membership = "";
        },
    ),
    case(
        AdobeSignIn,
        "membership is down",
        "provider.unexpected",
        |world| {
            let path = format!("/{ORGANIZATION}@AdobeOrg/membership");
            world.pages.insert(path.leak(), Canned::status(503));
        },
    ),
];

const TOKENS: &[Case] = &[
    case(
        AdobeBearer,
        "a refresh token",
        "bearer.not_access_token",
        |world| {
            world.claims["type"] = json!("refresh_token");
        },
    ),
    case(
        AdobeBearer,
        "another client's",
        "bearer.wrong_audience",
        |world| {
            world.claims["client_id"] = json!("another-shop");
        },
    ),
    case(
        AdobeBearer,
        "a13 milliseconds as a number",
        "bearer.bad_times",
        |world| {
            world.claims["created_at"] = json!((NOW - 60) * 1000);
        },
    ),
    case(
        AdobeBearer,
        "a13 no lifetime",
        "bearer.bad_times",
        |world| {
            world.claims.as_object_mut().unwrap().remove("expires_in");
        },
    ),
    case(
        AdobeBearer,
        "a13 a lifetime in seconds",
        "bearer.expired",
        |world| {
            world.claims["created_at"] = json!(format!("{}000", NOW - 600));
            world.claims["expires_in"] = json!("86400");
        },
    ),
    case(
        AdobeBearer,
        "a13 issued in seconds",
        "bearer.expired",
        |world| {
            world.claims["created_at"] = json!((NOW - 60).to_string());
        },
    ),
    case(
        AdobeBearer,
        "a13 older than a day",
        "bearer.too_old",
        |world| {
            world.claims["created_at"] = json!(format!("{}000", NOW - 86_400));
            world.claims["expires_in"] = json!("999999999");
        },
    ),
    case(
        AdobeBearer,
        "issued in the future",
        "bearer.issued_in_future",
        |world| {
            world.claims["created_at"] = json!(format!("{}000", NOW + 120));
        },
    ),
    case(AdobeBearer, "another key", "token.bad_signature", |world| {
        world.signer = Signer::Key(&OTHER_RSA, jsonwebtoken::Algorithm::RS256);
    }),
    case(
        AdobeBearer,
        "another algorithm",
        "token.algorithm_not_accepted",
        |world| {
            world.header["alg"] = json!("ES256");
            world.signer = Signer::Key(&EC, jsonwebtoken::Algorithm::ES256);
        },
    ),
    case(AdobeBearer, "an opaque token", "token.malformed", |world| {
        world.token_text = |_| "opaque".to_owned();
    }),
];

const CERTIFICATES: &[Case] = &[
    case(
        AdobeBearer,
        "a14 no certificate",
        "token.bad_certificate_name",
        |world| {
            world.header.as_object_mut().unwrap().remove("x5u");
        },
    ),
    case(
        AdobeBearer,
        "a14 a way up",
        "token.bad_certificate_name",
        |world| {
            named(world, "../prod/ims-1.cer");
        },
    ),
    case(
        AdobeBearer,
        "a14 another place",
        "token.bad_certificate_name",
        |world| {
            named(world, "https://evil.test/ims-1.cer");
        },
    ),
    case(
        AdobeBearer,
        "a14 another host",
        "token.bad_certificate_name",
        |world| {
            named(world, "@evil.test/ims-1.cer");
        },
    ),
    case(
        AdobeBearer,
        "a14 a made-up name",
        "token.unknown_key",
        |world| {
            named(world, "ims-2.cer");
        },
    ),
    case(
        AdobeBearer,
        "no certificate there",
        "keys.certificate_malformed",
        |world| {
            world.certificate = "<html>".to_owned();
        },
    ),
    case(
        AdobeBearer,
        "another kind of key",
        "keys.certificate_malformed",
        |world| {
            world.certificate = EC.certificate(2026, 2028);
        },
    ),
    case(
        AdobeBearer,
        "run out",
        "keys.certificate_outdated",
        |world| {
            world.certificate = crate::keys::RSA.certificate(2024, 2026);
        },
    ),
    case(
        AdobeBearer,
        "not valid yet",
        "keys.certificate_outdated",
        |world| {
            world.certificate = crate::keys::RSA.certificate(2028, 2030);
        },
    ),
    case(
        AdobeBearer,
        "certificates are down",
        "provider.unexpected",
        |world| {
            world
                .pages
                .insert("/keys/prod/ims-1.cer", Canned::status(500));
        },
    ),
];

const ANSWERS: &[Case] = &[
    case(AdobeBearer, "not honoured", "bearer.revoked", |world| {
        world.validation = json!({"valid": false, "reason": "bad_signature"});
    }),
    case(
        AdobeBearer,
        "an empty validation",
        "provider.unexpected",
        |world| {
            world
                .pages
                .insert("/ims/validate_token/v1", Canned::status(200));
        },
    ),
    case(
        AdobeBearer,
        "a validation in quotes",
        "provider.unexpected",
        |world| {
            world.validation = json!({"valid": "true"});
        },
    ),
    case(
        AdobeBearer,
        "validated for somebody else",
        "bearer.other_subject",
        |world| {
            world.validation["token"]["user_id"] = json!("eve-0002");
        },
    ),
    case(
        AdobeBearer,
        "a profile of somebody else",
        "bearer.other_subject",
        |world| {
            world.profile["userId"] = json!("eve-0002");
        },
    ),
    case(
        AdobeBearer,
        "a24 no member",
        "organization.not_member",
        |world| {
            world.membership = "false";
        },
    ),
];
