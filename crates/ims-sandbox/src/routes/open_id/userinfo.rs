//! `GET` and `POST /oidc/userinfo`: who a token stands for (OpenID Connect Core 1.0, section 5.3).

use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Json, Response},
};
use serde_json::json;

use crate::{
    provider::SharedProvider,
    realm::Realm,
    routes::{bearer_token, invalid_token},
    twist,
};

pub(in crate::routes) async fn get(
    State(provider): State<SharedProvider>,
    headers: HeaderMap,
) -> Response {
    let Some(grant) =
        bearer_token(&headers).and_then(|token| provider.find_token(Realm::OpenId, token))
    else {
        let challenge = [(header::WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")];
        return (challenge, invalid_token()).into_response();
    };
    let mut claims = grant.person.to_claims();
    claims.insert("sub".to_owned(), json!(grant.person.user_id()));
    Json(twist::profile(provider.twist(), claims)).into_response()
}
