//! `GET /ims/profile/v1`: who a token stands for.

use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Json, Response},
};
use serde::Serialize;

use super::{bearer_token, invalid_token};
use crate::provider::SharedProvider;

#[derive(Serialize)]
struct Profile {
    #[serde(rename = "userId")]
    user_id: String,
    email: String,
    email_verified: bool,
    first_name: String,
    last_name: String,
    name: String,
}

pub(super) async fn get(State(provider): State<SharedProvider>, headers: HeaderMap) -> Response {
    let Some(person) = bearer_token(&headers).and_then(|token| provider.find_token(token)) else {
        return invalid_token();
    };
    Json(Profile {
        user_id: person.user_id(),
        name: format!("{} {}", person.first_name, person.last_name),
        email: person.email,
        email_verified: true,
        first_name: person.first_name,
        last_name: person.last_name,
    })
    .into_response()
}
