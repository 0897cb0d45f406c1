//! Answers of the token endpoint, and what is said of a token later.

use axum::{
    http::{StatusCode, header},
    response::{Html, IntoResponse, Json, Response},
};
use serde_json::{Map, Value, json};

use super::Twist;

/// The answer with the tokens.
pub(crate) fn token_answer(twist: Option<Twist>, mut said: Map<String, Value>) -> Response {
    let mut set = |name: &str, value| {
        said.insert(name.to_owned(), value);
    };
    match twist {
        Some(Twist::TokenTypeMac) => set("token_type", json!("mac")),
        Some(Twist::NoTokenType) => drop(said.remove("token_type")),
        Some(Twist::NoAccessToken) => drop(said.remove("access_token")),
        Some(Twist::AccessTokenLineBreak) => set("access_token", json!("token\r\nX-Evil: yes")),
        Some(Twist::NoIdToken) => drop(said.remove("id_token")),
        Some(Twist::IdTokenNonsense) => set("id_token", json!("not.a.token")),
        Some(Twist::TokenNotJson) => {
            let form = [(header::CONTENT_TYPE, "application/x-www-form-urlencoded")];
            return (form, "access_token=token&token_type=bearer").into_response();
        }
        Some(Twist::TokenArray) => return Json(json!([said])).into_response(),
        Some(Twist::TokenEmpty) => return StatusCode::OK.into_response(),
        Some(Twist::TokenRedirect) => {
            let elsewhere = [(header::LOCATION, "https://evil.test/token")];
            return (StatusCode::TEMPORARY_REDIRECT, elsewhere).into_response();
        }
        _ => (),
    }
    let fresh = [(header::CACHE_CONTROL, "no-store")];
    (fresh, Json(said)).into_response()
}

/// Whether somebody belongs to an organization.
pub(crate) fn membership(twist: Option<Twist>, member: bool) -> Response {
    match twist {
        Some(Twist::NotMember) => Json(false).into_response(),
        Some(Twist::MembershipNotJson) => Html("<p>true</p>").into_response(),
        Some(Twist::MembershipString) => Json("true").into_response(),
        Some(Twist::MembershipNumber) => Json(1).into_response(),
        Some(Twist::MembershipEmpty) => StatusCode::OK.into_response(),
        _ => Json(member).into_response(),
    }
}

/// Whether a token holds, as `valid` (IMS) or as `active` (RFC 7662).
pub(crate) fn validity(twist: Option<Twist>, name: &str, said: Value) -> Response {
    match twist {
        Some(Twist::ValidateSaysRevoked) => {
            Json(json!({ name: false, "reason": "revoked" })).into_response()
        }
        Some(Twist::ValidateEmpty) => StatusCode::OK.into_response(),
        Some(Twist::ValidateString) => Json(json!({ name: "true" })).into_response(),
        _ => Json(said).into_response(),
    }
}
