//! A sign-in at the plain OpenID provider: callback, tokens, userinfo, and what follows.

use reqwest::{
    StatusCode,
    header::{CONTENT_TYPE, HeaderMap},
};
use serde_json::{Value, json};

use super::{
    Findings, claims_of,
    identity::{inspect_id_token, inspect_token},
};
use crate::actor::{Actor, At, Callback, STATE, find};

pub(super) async fn inspect(actor: &Actor, findings: &mut Findings) {
    let callback = actor.authorize(At::OpenId, &[]).await;
    inspect_callback(actor, findings, &callback);
    let Some(code) = find(&callback, "code") else {
        return;
    };
    let answer = actor.redeem(At::OpenId, code).await;
    let status = answer.status();
    findings.expect(status == StatusCode::OK, "tokens.status");
    findings.expect(is_json(answer.headers()), "tokens.type");
    let tokens: Value = answer.json().await.unwrap_or_default();
    findings.expect(tokens.is_object(), "tokens.object");
    if status == StatusCode::OK {
        inspect_tokens(actor, findings, &tokens).await;
    }
}

fn inspect_callback(actor: &Actor, findings: &mut Findings, callback: &Callback) {
    let issuer = actor.sandbox.open_id_issuer();
    findings.expect(find(callback, "state") == Some(STATE), "callback.state");
    findings.expect(
        find(callback, "iss") == Some(issuer.as_str()),
        "callback.iss",
    );
    let code = find(callback, "code").unwrap_or_default();
    findings.expect(code.starts_with("sandbox-code-"), "callback.code");
    let error = callback.iter().any(|(name, _)| name == "error");
    findings.expect(!error, "callback.error");
    let html = callback.iter().any(|(_, value)| value.contains('<'));
    findings.expect(!html, "callback.html");
}

async fn inspect_tokens(actor: &Actor, findings: &mut Findings, tokens: &Value) {
    findings.expect(tokens["token_type"] == "bearer", "tokens.token_type");
    let access = tokens["access_token"].as_str().unwrap_or_default();
    findings.expect(!access.is_empty(), "tokens.access_token");
    findings.expect(!access.contains('\n'), "tokens.line_break");
    let id_token = tokens["id_token"].as_str().unwrap_or_default();
    findings.expect(claims_of(id_token).is_object(), "tokens.id_token");
    if access.is_empty() || access.contains('\n') {
        return;
    }
    inspect_token(actor, findings, At::OpenId, access, "at+jwt").await;
    inspect_token(actor, findings, At::OpenId, id_token, "JWT").await;
    inspect_id_token(findings, id_token, access);
    inspect_userinfo(actor, findings, access, id_token).await;
    findings.expect(actor.is_active(access).await, "introspection");
    inspect_refresh(actor, findings, tokens, id_token).await;
}

async fn inspect_userinfo(actor: &Actor, findings: &mut Findings, access: &str, id_token: &str) {
    let answer = actor.get_with_token("/oidc/userinfo", access).await;
    let said: Value = answer.json().await.unwrap_or_default();
    findings.expect(said.is_object(), "userinfo.object");
    findings.expect(said["sub"].is_string(), "userinfo.sub");
    findings.expect(said["sub"] == claims_of(id_token)["sub"], "userinfo.same");
    for said in [said, claims_of(id_token)] {
        findings.expect(said["email"] == "ann@shop.test", "userinfo.email");
        findings.expect(said["email_verified"] == true, "userinfo.verified");
        findings.expect(said["groups"] == json!(["admins"]), "userinfo.groups");
    }
}

async fn inspect_refresh(actor: &Actor, findings: &mut Findings, tokens: &Value, id_token: &str) {
    let token = tokens["refresh_token"].as_str().unwrap_or_default();
    let form = [("grant_type", "refresh_token"), ("refresh_token", token)];
    let answer = actor.post_as_client(At::OpenId.token(), &form).await;
    findings.expect(answer.status() == StatusCode::OK, "refresh.status");
    let renewed: Value = answer.json().await.unwrap_or_default();
    if let Some(renewed) = renewed["id_token"].as_str() {
        let same = claims_of(renewed)["sub"] == claims_of(id_token)["sub"];
        findings.expect(same, "refresh.same");
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    headers
        .get(CONTENT_TYPE)
        .is_some_and(|value| value == "application/json")
}
