//! What a token says, whichever kind it is.

use data_encoding::BASE64URL_NOPAD;
use jsonwebtoken::{Algorithm, Validation, decode};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Findings, claims_of, header_of, key_of};
use crate::actor::{Actor, At, NONCE};

/// How far a clock may be off, in seconds.
const LEEWAY: i64 = 30;

/// The header, the signature, the issuer, the audience and the times.
pub(super) async fn inspect_token(
    actor: &Actor,
    findings: &mut Findings,
    at: At,
    token: &str,
    typ: &str,
) {
    let header = header_of(token);
    findings.expect(header["alg"] == "RS256", "token.alg");
    findings.expect(header["typ"] == typ, "token.typ");
    findings.expect(header["kid"].is_string(), "token.kid");
    findings.expect(header.get("crit").is_none(), "token.crit");
    findings.expect(header.get("jku").is_none(), "token.jku");
    findings.expect(header.get("jwk").is_none(), "token.jwk");
    let key = key_of(actor, at, token).await;
    findings.expect(key.is_some(), "token.key");
    let mut validation = Validation::new(Algorithm::RS256);
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    validation.validate_aud = false;
    let verified = key.and_then(|key| decode::<Value>(token, &key, &validation).ok());
    findings.expect(verified.is_some(), "token.signature");

    let claims = claims_of(token);
    let issuer = match at {
        At::Ims => actor.sandbox.url(),
        At::OpenId => actor.sandbox.open_id_issuer(),
    };
    findings.expect(claims["iss"] == issuer, "token.iss");
    findings.expect(claims["aud"] == "sandbox-client", "token.aud");
    findings.expect(claims.get("azp").is_none(), "token.azp");
    inspect_times(findings, &claims);
}

fn inspect_times(findings: &mut Findings, claims: &Value) {
    let now = now();
    let issued = claims["iat"].as_i64();
    let ends = claims["exp"].as_i64();
    let begins = claims["nbf"].as_i64().unwrap_or(0);
    findings.expect(issued.is_some_and(|iat| iat <= now + LEEWAY), "token.early");
    findings.expect(issued.is_some_and(|iat| iat > now - LEEWAY), "token.late");
    findings.expect(ends.is_some_and(|exp| exp > now), "token.exp");
    findings.expect(ends.is_some_and(|exp| exp < now + 100_000), "token.long");
    findings.expect(begins <= now, "token.nbf");
}

/// What only ID tokens say.
pub(super) fn inspect_id_token(findings: &mut Findings, id_token: &str, access_token: &str) {
    let claims = claims_of(id_token);
    findings.expect(claims["nonce"] == NONCE, "id_token.nonce");
    let subject = claims["sub"].as_str().unwrap_or_default();
    findings.expect(!subject.is_empty(), "id_token.sub");
    let half = &Sha256::digest(access_token.as_bytes())[..16];
    let half = BASE64URL_NOPAD.encode(half);
    findings.expect(claims["at_hash"] == half, "id_token.at_hash");
    let told = claims["auth_time"].as_i64();
    findings.expect(told.is_some(), "id_token.no_auth_time");
    let fresh = told.is_none_or(|told| told > now() - LEEWAY - 120);
    findings.expect(fresh, "id_token.auth_time");
}

pub(super) async fn inspect_logout_tokens(actor: &Actor, findings: &mut Findings) {
    let token = || actor.sandbox.logout_token("ann@shop.test", Some("s"));
    let (token, other) = (token().unwrap(), token().unwrap());
    inspect_token(actor, findings, At::OpenId, &token, "logout+jwt").await;
    let claims = claims_of(&token);
    let event = json!({ "http://schemas.openid.net/event/backchannel-logout": {} });
    findings.expect(claims["events"] == event, "logout.events");
    findings.expect(claims.get("nonce").is_none(), "logout.nonce");
    findings.expect(claims["jti"].is_string(), "logout.jti");
    findings.expect(claims["jti"] != claims_of(&other)["jti"], "logout.same_jti");
    findings.expect(claims["sid"] == "s", "logout.sid");
}

pub(super) fn now() -> i64 {
    let since = std::time::UNIX_EPOCH.elapsed().unwrap();
    i64::try_from(since.as_secs()).unwrap()
}
