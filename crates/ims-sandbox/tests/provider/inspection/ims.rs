//! A sign-in at IMS: the access token with its certificate, profile, membership, the later check.

use data_encoding::BASE64;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use reqwest::StatusCode;
use serde_json::Value;

use super::{
    Findings, claims_of, header_of,
    identity::{inspect_id_token, inspect_token, now},
};
use crate::actor::{Actor, At, find};

/// The end of a certificate that has run out, as it is written in one.
const LONG_OVER: &[u8] = b"010101000000Z";

pub(super) async fn inspect(actor: &Actor, findings: &mut Findings) {
    let callback = actor.authorize(At::Ims, &[]).await;
    let Some(code) = find(&callback, "code") else {
        return;
    };
    let answer = actor.redeem(At::Ims, code).await;
    let tokens: Value = answer.json().await.unwrap_or_default();
    let Some(access) = tokens["access_token"].as_str() else {
        return;
    };
    if access.contains('\n') {
        return;
    }
    inspect_access_token(actor, findings, access).await;
    if let Some(id_token) = tokens["id_token"].as_str() {
        inspect_token(actor, findings, At::Ims, id_token, "JWT").await;
        inspect_id_token(findings, id_token, access);
    }
    inspect_profile(actor, findings, access).await;
    let path = "/0123456789ABCDEF01234567@AdobeOrg/membership";
    let member = actor.get_with_token(path, access).await;
    let member = member.text().await.unwrap();
    findings.expect(member == "true", "ims.membership");
    findings.expect(member != "false", "ims.not_member");
    inspect_validity(actor, findings, access).await;
}

async fn inspect_access_token(actor: &Actor, findings: &mut Findings, token: &str) {
    let header = header_of(token);
    let x5u = header["x5u"].as_str().unwrap_or_default();
    let plain = x5u.ends_with(".cer") && !x5u.contains('/');
    findings.expect(plain, "ims.x5u");
    if plain {
        let answer = actor.get(&format!("/keys/prod/{x5u}")).await;
        findings.expect(answer.status() == StatusCode::OK, "ims.certificate");
        let certificate = answer.text().await.unwrap();
        inspect_certificate(findings, &certificate, token);
    }
    let claims = claims_of(token);
    let created = read_milliseconds(&claims["created_at"]);
    let lasts = read_milliseconds(&claims["expires_in"]);
    let now = now() * 1000;
    findings.expect(created.is_some(), "ims.created_at");
    findings.expect(lasts.is_some(), "ims.expires_in");
    if let (Some(created), Some(lasts)) = (created, lasts) {
        findings.expect(created < now + 30_000, "ims.early");
        findings.expect(created > now - 30_000, "ims.late");
        findings.expect(created + lasts > now, "ims.expired");
        findings.expect(lasts < 86_400_000, "ims.long");
    }
    findings.expect(claims["client_id"] == "sandbox-client", "ims.client_id");
    findings.expect(claims["as"] == "ims-na1", "ims.as");
    let subject = claims["user_id"].as_str().unwrap_or_default();
    findings.expect(!subject.is_empty(), "ims.user_id");
}

fn inspect_certificate(findings: &mut Findings, certificate: &str, token: &str) {
    let lines: String = certificate
        .lines()
        .filter(|line| !line.starts_with('-'))
        .collect();
    let der = BASE64.decode(lines.as_bytes()).unwrap_or_default();
    let over = der.windows(LONG_OVER.len()).any(|part| part == LONG_OVER);
    findings.expect(!over, "ims.certificate_time");
    let mut validation = Validation::new(Algorithm::RS256);
    validation.required_spec_claims.clear();
    validation.validate_aud = false;
    let verified = DecodingKey::from_rsa_pem(certificate.as_bytes())
        .and_then(|key| decode::<Value>(token, &key, &validation));
    findings.expect(verified.is_ok(), "ims.signature");
}

async fn inspect_profile(actor: &Actor, findings: &mut Findings, access: &str) {
    let answer = actor.get_with_token("/ims/profile/v1", access).await;
    let said: Value = answer.json().await.unwrap_or_default();
    let same = said["userId"] == claims_of(access)["user_id"];
    findings.expect(said["userId"].is_string(), "profile.user_id");
    findings.expect(same, "profile.same");
    findings.expect(said["email"] == "ann@shop.test", "profile.email");
    findings.expect(said["emailVerified"] == "true", "profile.verified");
}

async fn inspect_validity(actor: &Actor, findings: &mut Findings, access: &str) {
    let form = [
        ("token", access),
        ("type", "access_token"),
        ("client_id", "sandbox-client"),
    ];
    let answer = actor.post("/ims/validate_token/v1", &form).await;
    let said: Value = answer.json().await.unwrap_or_default();
    findings.expect(said["valid"] == true, "ims.valid");
}

fn read_milliseconds(value: &Value) -> Option<i64> {
    value.as_str()?.parse().ok()
}
