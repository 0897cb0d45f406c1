//! `GET /ims/profile/v1`: who a token stands for.

use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Json, Response},
};
use serde_json::{Map, Value, json};

use super::{bearer_token, invalid_token};
use crate::{person::Person, provider::SharedProvider, realm::Realm, twist};

pub(super) async fn get(State(provider): State<SharedProvider>, headers: HeaderMap) -> Response {
    let Some(grant) =
        bearer_token(&headers).and_then(|token| provider.find_token(Realm::Ims, token))
    else {
        return invalid_token();
    };
    Json(twist::profile(provider.twist(), describe(&grant.person))).into_response()
}

/// As IMS does: whether the address is verified is a word, and the account type is that of somebody
/// who has an Adobe ID of their own.
fn describe(person: &Person) -> Map<String, Value> {
    let fields = [
        ("userId", json!(person.user_id())),
        ("account_type", json!("type1")),
        ("email", json!(person.email)),
        ("emailVerified", json!(person.email_verified.to_string())),
        ("email_verified", json!(person.email_verified)),
        ("first_name", json!(person.first_name)),
        ("last_name", json!(person.last_name)),
        ("name", json!(person.name())),
        ("displayName", json!(person.name())),
    ];
    fields
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}
